extension Analysis {
    /// What an analysis does not tell, and why.
    public struct Remark: Sendable, Hashable, Codable {
        /// The kind, such as `other-language`; there may be others than those of `Code`.
        public var code: String
        /// What it is, for a person.
        public var text: String
        /// Where it is, as far as that is named; nil for the whole article.
        public var spans: [Span]?

        /// The kinds that this release makes.
        public enum Code: String, Sendable {
            /// The article is in a language that is not read.
            case otherLanguage = "other-language"
            /// The article is in capitals throughout, which tell no names.
            case capitals
            /// What stands in quotation marks is longer than is told as one quote, or than a speaker is found for.
            case longQuotation = "long-quotation"
            /// The analysis is longer than the protocol carries; its end is left out.
            case leftOut = "left-out"
        }
    }

    /// Adds a remark.
    ///
    /// - Parameters:
    ///   - code: The kind.
    ///   - text: What it is, for a person.
    ///   - spans: Where it is; none for the whole article.
    public mutating func remark(_ code: Remark.Code, _ text: String, spans: [Span] = []) {
        remarks = (remarks ?? []) + [Remark(code: code.rawValue, text: text, spans: spans.isEmpty ? nil : spans)]
    }

    /// Quotes and claims below which no analysis is too long.
    private static let fewParts = 1_000

    /// Leaves out the end of an analysis that would take more bytes of JSON, and says so.
    public mutating func fit(into limit: Int) {
        guard quotes.count + claims.count + entities.reduce(0, { $0 + $1.mentions.count }) > Self.fewParts else {
            return
        }
        func size(_ value: some Encodable) -> Int { (try? JSON.encode(value).count) ?? 0 }
        // Part by part: the whole would take many times the memory of its JSON while it is written. What is said of the whole article
        // stays; of the rest as much as fits, in the order of the text.
        var bare = self
        (bare.quotes, bare.claims, bare.entities, bare.boilerplate) = ([], [], [], [])
        let named = entities.map { entity in
            var entity = entity
            entity.mentions = []
            return entity
        }
        let parts =
            quotes.map { ($0.content.start, size($0) + 1) }
            + claims.map { ($0.spans.first?.start ?? 0, size($0) + 1) }
            + (entities.flatMap(\.mentions) + boilerplate).map { ($0.start, size($0) + 1) }
        let fixed = size(bare) + named.reduce(0) { $0 + size($1) + 1 }
        // A list has a comma less than parts.
        let lists = [quotes.count, claims.count, entities.count, boilerplate.count] + entities.map(\.mentions.count)
        let whole = fixed + parts.reduce(0) { $0 + $1.1 } - lists.count { $0 > 0 }
        guard whole > limit else { return }
        var left = limit - fixed - 1_000
        var end = 0
        for (start, bytes) in parts.sorted(by: { $0 < $1 }) {
            end = start
            left -= bytes
            if left < 0 { break }
        }
        cut(at: end)
        remark(
            .leftOut,
            "from code point \(end) on nothing is told: the whole would take \(whole) bytes, and \(limit) are carried; split the article"
        )
    }

    /// Leaves out what begins at a place or behind it, and what refers to that.
    private mutating func cut(at end: Int) {
        quotes.removeAll { $0.content.start >= end }
        let known = Set(quotes.map(\.id))
        for index in quotes.indices where quotes[index].nested.map({ !known.contains($0) }) == true {
            quotes[index].nested = nil
        }
        claims.removeAll { ($0.spans.first?.start ?? 0) >= end || $0.quote.map { !known.contains($0) } == true }
        let stated = Set(claims.map(\.id))
        for index in claims.indices {
            if let origin = claims[index].origin, !known.contains(origin) { claims[index].origin = nil }
            if let first = claims[index].repeats, !stated.contains(first) { claims[index].repeats = nil }
        }
        let used = Set(quotes.compactMap { $0.speaker?.entity } + claims.compactMap(\.claimant.entity))
        entities.removeAll { !used.contains($0.id) }
        for index in entities.indices { entities[index].mentions.removeAll { $0.start >= end } }
        boilerplate.removeAll { $0.start >= end }
    }
}

extension Analysis.Passage {
    fileprivate var start: Int { spans.first?.start ?? 0 }
}
