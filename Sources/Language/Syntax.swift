extension Reading {
    /// The words of a sentence and the dependency tree over them, in Universal Dependencies.
    public struct Syntax: Sendable, Equatable {
        /// Where each word stands, in code points.
        public var words: [Range<Int>]
        /// The part of speech of each word.
        public var parts: [PartOfSpeech]
        /// The kind of name that each word belongs to, or nil.
        public var names: [NameKind?]
        /// The index of each word's head; the root is its own.
        public var heads: [Int]
        /// The relation of each word to its head, such as `nsubj:pass`; `root` of the root.
        public var relations: [String]
        /// How sure each word's head and relation are: the logarithm of their probability, at least -3.
        public var sure: [Float]
    }
}

extension Tagger {
    /// The most pieces of a sentence that is parsed.
    private static let longest = 160

    /// The tree over a sentence of an encoded window, nil where it is too long.
    func syntax(_ window: EncodedWindow, _ judged: WindowReading.Judged, _ sides: SyntaxScores) -> Reading.Syntax? {
        let rows = judged.rows
        guard rows.count <= Self.longest else { return nil }
        let (continuation, root) = (heads.relations.continuation, heads.relations.root)
        let first = rows.indices.filter { row in
            let at = row - rows.lowerBound
            guard at > 0, window.features[window.features.startIndex + row - 1].space == 1 else { return true }
            if window.isWithinWord(row - 1) { return false }
            let scores = sides.heads.scores(row, rows)
            guard scores.indices.max(by: { scores[$0] < scores[$1] }) == at - 1 else { return true }
            let relation = heads.relations.scores(sides.relations, piece: row, head: row - 1)
            return relation.indices.max { relation[$0] < relation[$1] } != continuation
        }
        guard let last = rows.last else { return nil }
        let arcs = first.map { row in
            let scores = sides.heads.scores(row, rows)
            var arcs = first.map { scores[$0 - rows.lowerBound] }
            let sum = logOfSum(arcs[...])
            for at in arcs.indices { arcs[at] -= sum }
            return arcs
        }
        let tree = SpanningTree.heads(arcs)
        var syntax = Reading.Syntax(words: [], parts: [], names: [], heads: tree, relations: [], sure: [])
        for (word, row) in first.enumerated() {
            let end = word + 1 < first.count ? first[word + 1] - 1 : last
            syntax.words.append(window.place(row - 1..<end))
            syntax.parts.append(Reading.PartOfSpeech(rawValue: sides.parts.best(row)) ?? .other)
            let name = sides.names.best(row)
            syntax.names.append(name > 0 ? Reading.NameKind(rawValue: (name - 1) / 2) : nil)
            let head = tree[word]
            guard head != word else {
                syntax.relations.append("root")
                syntax.sure.append(max(-3, arcs[word][word]))
                continue
            }
            let relation = heads.relations.scores(sides.relations, piece: row, head: first[head])
            let sum = logOfSum(relation[...])
            let best =
                relation.indices
                .filter { $0 != continuation && $0 != root }
                .max { relation[$0] < relation[$1] } ?? 0
            syntax.relations.append(heads.relations.labels[best])
            syntax.sure.append(max(-3, arcs[word][head] + relation[best] - sum))
        }
        return syntax
    }
}

/// The scores of a window that trees are made from.
struct SyntaxScores {
    let heads: Arrows
    let relations: (child: Scores, parent: Scores)
    let parts: Scores
    let names: Scores
}
