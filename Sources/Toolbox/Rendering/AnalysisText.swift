import Presentation
import Wire

/// An analysis as a person reads it: the headline, who said what, and what is worth checking.
enum AnalysisText {
    /// The check-worthiness from which a claim is shown; of the others only the number is told.
    static let least = 0.5
    /// So many places that were left out are named.
    private static let mostPlaces = 3

    /// The view.
    /// - Parameters:
    ///   - analysis: What to show.
    ///   - time: When it was published, in RFC 3339, or nil where it never was.
    ///   - least: The check-worthiness from which a claim is shown.
    ///   - layout: What to fit it to.
    /// - Returns: Lines, and an empty one behind them.
    static func render(
        _ analysis: Analysis, time: String? = nil, from least: Double = least, layout: Layout
    ) -> String {
        var lines = heading(of: analysis.article, time: time, layout)
        let roles = Dictionary(analysis.entities.map { ($0.id, $0.role) }) { first, _ in first }
        for quote in analysis.quotes { lines += line(quote, roles, layout) }
        let claims = analysis.distinctClaims
        let speakers = Dictionary(analysis.quotes.map { ($0.id, $0.speaker?.name) }) { first, _ in first }
        for claim in claims where claim.checkWorthiness >= least {
            lines += line(claim, from: claim.origin.flatMap { speakers[$0] ?? nil }, layout)
        }
        let others = claims.filter { $0.checkWorthiness < least }.count
        if others > 0 {
            var rest = StyledText()
            rest.add("\(others) less checkable \(others == 1 ? "statement" : "statements")", .faint)
            lines += rest.folded(width: layout.width, indent: 2, isColored: layout.isColored)
        }
        if analysis.quotes.isEmpty, analysis.claims.isEmpty {
            var nothing = StyledText()
            nothing.add("no quotes, no claims", .faint)
            lines += nothing.folded(width: layout.width, indent: 2, isColored: layout.isColored)
        }
        if !analysis.boilerplate.isEmpty {
            var furniture = StyledText()
            let size = analysis.boilerplate.reduce(0) { $0 + $1.end - $1.start }
            let places = analysis.boilerplate.prefix(Self.mostPlaces).map { "\($0.start)–\($0.end)" }
            furniture.add(
                "left out as no part of the article: \(size) characters at \(places.joined(separator: ", "))"
                    + (analysis.boilerplate.count > Self.mostPlaces ? " and elsewhere" : ""), .faint)
            lines += furniture.folded(width: layout.width, indent: 2, isColored: layout.isColored)
        }
        for remark in analysis.remarks ?? [] {
            var text = StyledText()
            text.add("note:", .faint)
            text.add(remark.text, .alert)
            lines += text.folded(width: layout.width, indent: 2, hanging: 4, isColored: layout.isColored)
        }
        return lines + "\n"
    }

    private static func heading(of article: Analysis.ArticleReference, time: String?, _ layout: Layout) -> String {
        var headline = StyledText()
        if let time { headline.add(Clock.text(time), .faint) }
        headline.add(article.headline.isEmpty ? "(no headline)" : article.headline, .strong)
        var origin = StyledText()
        if let source = article.source, !source.isEmpty { origin.add("\(source),", .faint) }
        if let published = article.published { origin.add("\(published.prefix(10)),", .faint) }
        origin.add(article.uri, .faint)
        return headline.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
            + origin.folded(width: layout.width, indent: 2, hanging: 2, isColored: layout.isColored)
    }

    /// `  Justin Trudeau (Canadian Prime Minister): “…” [direct]`; an act other than a statement stands behind the kind.
    private static func line(_ quote: Analysis.Quote, _ roles: [String: String?], _ layout: Layout) -> String {
        var text = StyledText()
        if let speaker = quote.speaker {
            text.add(speaker.name, .name)
            if case .some(.some(let role)) = roles[speaker.entity], !role.isEmpty { text.add("(\(role))") }
        } else {
            text.add(quote.source?.text ?? "unknown speaker", .name)
        }
        // "Officials did not say: how many had died" is no quote of theirs.
        if !quote.isSaid, let cue = quote.cue { text.add(cue.text) }
        text.attach(":")
        text.add(quote.content.text)
        text.add(form: quote.kind.rawValue, act: quote.act)
        return text.folded(width: layout.width, indent: 2, hanging: 4, isColored: layout.isColored)
    }

    /// `  claim 0.87 Justin Trudeau: …`, or `Justin Trudeau, from police: …` where he passes on what they said.
    private static func line(_ claim: Analysis.Claim, from origin: String?, _ layout: Layout) -> String {
        var text = StyledText()
        text.add("claim", .faint)
        text.add(Score.text(claim.checkWorthiness), .alert)
        switch claim.claimant.kind {
        case .article: text.add("the article")
        case .speaker: text.add(claim.claimant.name ?? "unknown speaker", .name)
        }
        if let origin {
            text.attach(",")
            text.add("from")
            text.add(origin, .name)
        }
        text.attach(":")
        text.add(claim.text)
        return text.folded(width: layout.width, indent: 2, hanging: 4, isColored: layout.isColored)
    }
}

extension StyledText {
    /// Adds `[indirect]`, or `[indirect, denial]` where the act is another than a statement.
    mutating func add(form: String, act: String?) {
        let act = act.map { $0 == "statement" ? "" : ", \($0)" } ?? ""
        add("[\(form)\(act)]", .faint)
    }
}
