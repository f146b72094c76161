import Sink
import Wire

/// What of the analyses is wanted: by article, by quote and by claim.
struct Selection: Sendable, Hashable {
    /// Kinds of quotes by their name on the command line.
    enum Kind: String, CaseIterable, Sendable {
        case direct, mixed, indirect
    }

    /// Acts of quotes by their name on the wire.
    enum Act: String, CaseIterable, Sendable {
        case statement, belief, intention, evidence, decree, denial, silence, question
    }

    /// Parts of names, of which a speaker's holds one.
    var speakers: [String] = []
    /// Publishers.
    var sources: [String] = []
    /// Languages: `en` holds `en-GB`, too.
    var languages: [String] = []
    var kinds: [Kind] = []
    var acts: [Act] = []
    /// The least check-worthiness of a claim.
    var leastWorth: Double?
    /// The least confidence of quotes, speakers and propositions.
    var leastConfidence: Double?
    /// The first moment of publication, in milliseconds from 1970.
    var since: Int64?
    /// The moment of publication before which articles are wanted, in milliseconds from 1970.
    var until: Int64?

    /// Whether it leaves nothing out.
    var isEverything: Bool { self == Selection() }

    /// Whether something of the analysis itself is asked for, and not of its article alone.
    var concernsContent: Bool {
        !(speakers.isEmpty && kinds.isEmpty && acts.isEmpty) || leastWorth != nil || leastConfidence != nil
    }

    /// Whether articles of that kind are wanted; one without a date is not where dates count.
    func includes(language: String, source: String?, published: String?) -> Bool {
        func isOf(_ wanted: String) -> Bool {
            let (tag, wanted) = (language.lowercased(), wanted.lowercased())
            return tag == wanted || tag.hasPrefix("\(wanted)-")
        }
        guard languages.isEmpty || languages.contains(where: isOf) else { return false }
        guard sources.isEmpty || sources.contains(where: { Self.folded($0) == source.map(Self.folded) }) else {
            return false
        }
        guard since != nil || until != nil else { return true }
        guard let moment = published.flatMap(Timestamp.published) else { return false }
        return moment >= since ?? .min && moment < until ?? .max
    }

    /// What is wanted of an analysis, or nil where that is nothing.
    ///
    /// A claim that a quote carries goes with it. A speaker who is less sure than asked for is not named.
    func apply(to analysis: Analysis) -> Analysis? {
        let article = analysis.article
        guard includes(language: article.language, source: article.source, published: article.published) else {
            return nil
        }
        guard concernsContent else { return analysis }
        var selected = analysis
        selected.quotes = analysis.quotes.compactMap(quote)
        let kept = Dictionary(selected.quotes.map { ($0.id, $0) }) { first, _ in first }
        selected.claims = analysis.claims.compactMap { claim($0, carriedBy: kept) }
        let named = Set(
            selected.quotes.compactMap { $0.speaker?.entity } + selected.claims.compactMap { $0.claimant.entity })
        selected.entities = analysis.entities.filter { named.contains($0.id) }
        return selected.quotes.isEmpty && selected.claims.isEmpty ? nil : selected
    }

    private func quote(_ quote: Analysis.Quote) -> Analysis.Quote? {
        var quote = quote
        if let leastConfidence {
            guard quote.confidence >= leastConfidence else { return nil }
            if let speaker = quote.speaker?.confidence, speaker < leastConfidence { quote.speaker = nil }
        }
        guard kinds.isEmpty || kinds.contains(where: { $0.rawValue == quote.kind.rawValue }),
            acts.isEmpty || acts.contains(where: { $0.rawValue == quote.act }), isWanted(quote.speaker?.name)
        else { return nil }
        return quote
    }

    private func claim(_ claim: Analysis.Claim, carriedBy quotes: [String: Analysis.Quote]) -> Analysis.Claim? {
        var claim = claim
        if let id = claim.quote {
            guard let quote = quotes[id] else { return nil }
            if quote.speaker == nil { (claim.claimant.entity, claim.claimant.name) = (nil, nil) }
            if let origin = claim.origin, quotes[origin] == nil { claim.origin = nil }
        } else {
            guard kinds.isEmpty, acts.isEmpty else { return nil }
        }
        guard isWanted(claim.claimant.name), claim.checkWorthiness >= leastWorth ?? 0 else { return nil }
        if let leastConfidence {
            claim.propositions.removeAll { $0.confidence.map { $0 < leastConfidence } ?? false }
        }
        return claim
    }

    private func isWanted(_ speaker: String?) -> Bool {
        guard !speakers.isEmpty else { return true }
        guard let name = speaker.map(Self.folded) else { return false }
        return speakers.contains { name.contains(Self.folded($0)) }
    }

    /// A name as keyboards have its letters: without case and accents, and with the straight apostrophe.
    private static func folded(_ name: String) -> String {
        FullText.fold(name).lowercased().replacing("’", with: "'")
    }
}
