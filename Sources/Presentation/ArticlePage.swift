import FoundationEssentials
package import Wire

/// Articles with their analyses as one page of HTML that needs nothing else: no script, no font, no picture.
///
/// Words of a speaker lie on the speaker's colour, what is worth checking is underlined, and the margins tell who speaks and what is stated.
/// Where there is no margin, the number behind a claim opens its note.
package struct ArticlePage {
    /// The check-worthiness from which a claim is shown.
    package static let least = 0.5
    /// How many of them are listed before the text.
    private static let first = 5

    /// The page until the first article.
    package static func head(title: String) -> String {
        var page = Markup()
        page.literal("<!doctype html>\n")
        // What a page may load and run: its own style sheet, known by its digest.
        let policy =
            "default-src 'none'; style-src 'sha256-\(digest(of: Stylesheet.text))'; base-uri 'none'; form-action 'none'"
        page.void("html", ["lang": "en"])
        page.literal("\n<head>\n<meta charset=\"utf-8\">\n")
        page.void("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
        page.literal(
            """

            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">

            """)
        page.element("title", (title.isEmpty ? "Article" : title) + " – who said what")
        page.literal("\n<style>")
        return page.html + Stylesheet.text + "</style>\n</head>\n<body>\n"
    }

    /// The page behind the last article.
    package static let foot = "</body>\n</html>\n"

    private static func digest(of text: String) -> String {
        let hexadecimal = Array(Digest.sha256(Array(text.utf8)).utf8)
        let bytes = stride(from: 0, to: hexadecimal.count, by: 2).compactMap {
            UInt8(String(decoding: hexadecimal[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }

    /// What ids begin with.
    let prefix: String
    private let article: Article
    let analysis: Analysis
    let cast: Cast
    private let text: AnnotatedText
    private let person: (@Sendable (String) -> String)?
    /// The numbers of shown claims, as they stand in the text.
    let numbers: [Int: Int]
    /// Where claims stand among the claims, by their ids.
    let places: [String: Int]

    /// - Parameters:
    ///   - article: An article.
    ///   - analysis: Its analysis.
    ///   - number: Its place on the page.
    ///   - person: The address of a speaker's own page, where speakers have one.
    package init(
        _ article: Article, _ analysis: Analysis, number: Int, person: (@Sendable (String) -> String)? = nil
    ) {
        self.person = person
        prefix = "a\(number)-"
        self.article = article
        self.analysis = analysis
        places = Dictionary(analysis.claims.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        cast = Cast(analysis)
        text = AnnotatedText(article.body, analysis) { $0.checkWorthiness >= Self.least }
        let shown = analysis.claims.indices.filter { analysis.claims[$0].checkWorthiness >= Self.least }
        numbers = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($0.element, $0.offset + 1) })
    }

    /// The fragment of a quote or a claim, by its identifier; nil for what is not shown.
    package func place(of id: String) -> String? {
        if let quote = analysis.quotes.firstIndex(where: { $0.id == id }) { return "\(prefix)q\(quote)" }
        return places[id].flatMap { numbers[$0] == nil ? nil : "\(prefix)c\($0)" }
    }

    /// The article as an element of the page.
    package func html() -> String {
        var page = Markup()
        write(&page)
        return page.html
    }

    /// Writes the article as an element of a page.
    package func write(_ page: inout Markup) {
        var paragraphs = text.paragraphs[...]
        page.begin("article", ["id": "\(prefix)top"])
        page.begin("header")
        origin(&page)
        if let title = paragraphs.first, article.headline.isEmpty || isHeadline(title) {
            paragraphs.removeFirst()
            page.begin("h1")
            write(title, &page)
            page.end()
        } else {
            page.element("h1", article.headline)
        }
        for remark in analysis.remarks ?? [] { page.element("p", ["class": "origin remark"], "Note: \(remark.text).") }
        page.element("p", ["class": "sum"], summary)
        page.end()
        page.literal("\n")
        speakers(&page)
        page.begin("div", ["class": "text"])
        checkFirst(&page)
        for paragraph in paragraphs {
            page.begin("p", ["class": text.isLeftOut(paragraph) ? "left-out" : nil])
            write(paragraph, &page)
            page.end()
            page.literal("\n")
        }
        page.end()
        footer(&page)
        page.end()
        page.literal("\n")
    }

    private func isHeadline(_ paragraph: Range<Int>) -> Bool {
        text.text(paragraph).split(whereSeparator: \.isWhitespace)
            == article.headline.split(whereSeparator: \.isWhitespace)
    }

    // MARK: - Around the text

    private func origin(_ page: inout Markup) {
        let facts = [article.source ?? "", article.published.map { String($0.prefix(10)) } ?? ""].filter { !$0.isEmpty }
        page.begin("p", ["class": "origin"])
        for fact in facts {
            page.element("bdi", fact)
            page.text(" · ")
        }
        page.address(article.uri)
        page.end()
    }

    private var summary: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        return [
            "\(count(analysis.quotes.count, "quote")) by \(count(cast.members.count, "speaker"))",
            "\(count(numbers.count, "statement")) worth checking",
        ].joined(separator: ", ")
    }

    private func speakers(_ page: inout Markup) {
        guard !cast.members.isEmpty else { return }
        page.begin("nav", ["class": "cast", "aria-label": "Who speaks"])
        page.element("h2", "Who speaks")
        page.begin("ol")
        for (index, member) in cast.members.enumerated() {
            page.begin("li", ["class": member.style, "id": "\(prefix)s\(index)"])
            page.element("span", ["class": "who", "aria-hidden": "true"], member.initials)
            page.begin("span")
            name(of: member, &page)
            if let role = member.role, !role.isEmpty { page.element("bdi", ["class": "role"], role) }
            page.begin("span", ["class": "places"])
            page.text(member.quotes.count == 1 ? "quote" : "quotes")
            for quote in member.quotes {
                page.text(" ")
                page.element("a", ["href": "#\(prefix)q\(quote)"], "\(quote + 1)")
            }
            page.end()
            page.end()
            page.end()
        }
        page.end()
        page.literal(
            """
            <p class="key"><span class="q s1">On colour</span>: a speaker’s own words. <span class="q s1 reported">Paler</span>: words \
            reported. <span class="q s1 unsaid">Dashed</span>: denied, or not said. <span class="c w3">Underlined</span>: worth checking, the heavier the more.</p>
            """)
        page.end()
        page.literal("\n")
    }

    private func name(of member: Cast.Member, _ page: inout Markup) {
        guard let person, member.isNamed else { return page.element("bdi", ["class": "name"], member.name) }
        page.begin("a", ["class": "name", "href": person(member.name)])
        page.element("bdi", member.name)
        page.end()
    }

    private func checkFirst(_ page: inout Markup) {
        let strongest = analysis.distinctClaims.compactMap { places[$0.id] }.filter { numbers[$0] != nil }
        guard strongest.count > 1 else { return }
        page.begin("section", ["class": "first"])
        page.element("h2", "Check first")
        page.begin("ol")
        for index in strongest.prefix(Self.first) {
            page.begin("li")
            page.begin("a", ["href": "#\(prefix)c\(index)"])
            page.element("bdi", analysis.claims[index].text)
            page.end()
            page.text(" ")
            claimant(index, &page)
            page.end()
        }
        page.end()
        page.end()
        page.literal("\n")
    }

    private func footer(_ page: inout Markup) {
        page.begin("footer")
        page.text(
            "Found by a program (\(analysis.pipeline.name) \(analysis.pipeline.version)), which errs: read every quote in its place before you publish it."
        )
        page.end()
    }

    // MARK: - Text

    /// Writes a paragraph: claims around quotes around numbers, and a note behind each claim.
    private func write(_ paragraph: Range<Int>, _ page: inout Markup) {
        let runs = text.runs(of: paragraph)
        for (index, run) in runs.enumerated() {
            let before = index > 0 ? runs[index - 1] : nil
            let next = index + 1 < runs.count ? runs[index + 1] : nil
            if let claim = run.claim, claim != before?.claim {
                let isFirst = isStart(of: analysis.claims[claim].spans, run)
                page.begin(
                    "span", ["class": "c \(weight(claim))", "id": isFirst ? "\(prefix)c\(claim)" : nil])
            }
            if let quote = run.quote, quote != before?.quote || run.claim != before?.claim {
                beginQuote(quote, run, &page)
            }
            if run.isValue { page.element("b", text.text(run.text)) } else { page.text(text.text(run.text)) }
            if run.quote != nil, run.quote != next?.quote || run.claim != next?.claim { page.end() }
            if let claim = run.claim, claim != next?.claim {
                page.end()
                if (analysis.claims[claim].spans.last?.end ?? 0) <= run.text.upperBound { note(claim, &page) }
            }
        }
    }

    private func isStart(of spans: [Span], _ run: AnnotatedText.Run) -> Bool {
        spans.first?.start == run.text.lowerBound
    }

    private func beginQuote(_ index: Int, _ run: AnnotatedText.Run, _ page: inout Markup) {
        let quote = analysis.quotes[index]
        let speaker = cast.members[cast.speakers[index]]
        let isFirst = isStart(of: quote.content.spans, run)
        let look = (quote.kind == .indirect ? " reported" : "") + (quote.isSaid ? "" : " unsaid")
        page.begin(
            "span",
            [
                "class": "q \(speaker.style)\(look)",
                "id": isFirst ? "\(prefix)q\(index)" : nil,
            ])
        guard isFirst else { return }
        let stance = quote.isSaid ? nil : ["denial": "denied", "question": "asked"][quote.act ?? ""] ?? "not said"
        let title = [speaker.name, speaker.role, stance].compactMap { $0 }.joined(separator: ", ")
        page.element(
            "a",
            [
                "class": "who", "href": "#\(prefix)s\(cast.speakers[index])", "title": title,
                "aria-label": "\(title):",
            ], speaker.initials)
    }
}
