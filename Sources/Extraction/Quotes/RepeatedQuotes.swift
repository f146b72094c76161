import Wire

/// Quotations that stand alone and are said again with their speaker, as headlines, crossheads and captions do.
struct RepeatedQuotes {
    /// Fewer words may be a coincidence; more alone ones than this are not looked for.
    private static let (leastWords, most) = (3, 16)

    private let document: Document

    init(_ document: Document) { self.document = document }

    /// For each attribution without cue and source the one that holds its words, or nil.
    func originals(of attributions: [Attribution]) -> [Int: Int] {
        let alone = attributions.indices.filter {
            attributions[$0].cue.isEmpty && attributions[$0].source.isEmpty && !attributions[$0].isTurn
        }
        guard !alone.isEmpty else { return [:] }
        let spoken = attributions.indices.filter { !attributions[$0].source.isEmpty }.map {
            ($0, words(of: attributions[$0]))
        }
        var found: [Int: Int] = [:]
        for index in alone.prefix(Self.most) {
            let words = words(of: attributions[index])
            guard words.split(separator: " ").count >= Self.leastWords else { continue }
            if let original = spoken.first(where: { $0.1.contains(words) }) { found[index] = original.0 }
        }
        return found
    }

    /// The words of what is said in lower case, each between spaces.
    private func words(of attribution: Attribution) -> String {
        let tokens = attribution.content.flatMap { span -> [Token] in
            guard let first = document.token(at: span.start) else { return [] }
            let end = document.token(at: span.end) ?? document.tokens.count
            return Array(document.tokens[Range.between(first, end)])
        }
        return " "
            + tokens.filter { $0.kind == .word || $0.kind == .number }.map { document.word($0) }.joined(separator: " ")
            + " "
    }
}
