import Wire

/// Quotations that stand alone and are said again with their speaker, as headlines, crossheads and captions do.
struct RepeatedQuotes {
    /// Fewer words may be a coincidence, and more are no headline.
    private static let words = 2...40
    /// The most that are looked for.
    private static let most = 16

    private let document: Document

    init(_ document: Document) { self.document = document }

    /// For each attribution without cue and source the one that holds its words; linear in the text.
    func originals(of attributions: [Attribution]) -> [Int: Int] {
        let alone = attributions.indices.lazy.filter {
            let attribution = attributions[$0]
            return attribution.cue.isEmpty && attribution.source.isEmpty && !attribution.isTurn
        }.map { (index: $0, words: words(of: attributions[$0])) }.filter { Self.words.contains($0.words.count) }
        let wanted = Array(alone.prefix(Self.most))
        guard !wanted.isEmpty else { return [:] }
        var found: [Int: Int] = [:]
        for original in attributions.indices where !attributions[original].source.isEmpty {
            let spoken = words(of: attributions[original])
            for (index, words) in wanted where found[index] == nil && Self.holds(spoken, words) {
                found[index] = original
            }
        }
        return found
    }

    /// Whether `words` stand one after another in `spoken`: by a rolling sum, so that repetition costs nothing.
    private static func holds(_ spoken: [String], _ words: [String]) -> Bool {
        guard spoken.count >= words.count else { return false }
        let hashes = spoken.map { UInt(bitPattern: $0.hashValue) }
        let sum = words.reduce(0) { $0 &+ UInt(bitPattern: $1.hashValue) }
        var window = hashes.prefix(words.count).reduce(0, &+)
        for start in 0...(spoken.count - words.count) {
            if window == sum, spoken[start..<(start + words.count)].elementsEqual(words) { return true }
            if start + words.count < spoken.count { window = window &- hashes[start] &+ hashes[start + words.count] }
        }
        return false
    }

    /// The words of what is said, in lower case.
    private func words(of attribution: Attribution) -> [String] {
        attribution.content.flatMap { span -> [String] in
            guard let first = document.token(at: span.start) else { return [] }
            let end = document.token(at: span.end) ?? document.tokens.count
            return Range.between(first, end).filter { [.word, .number].contains(document.tokens[$0].kind) }
                .map { document.words[$0] }
        }
    }
}
