/// Pieces that belong to one attribution.
struct PieceAttribution: Equatable, Sendable {
    var content: [Range<Int>] = []
    var source: [Range<Int>] = []
    var cue: [Range<Int>] = []
}

/// Groups tagged spans by the cue they point to.
enum Assembly {
    static let content = 0
    static let source = 1
    static let cue = 2

    /// The attributions of a window, in the order of their anchors.
    ///
    /// A content or source span goes where its pieces point to on average: to the first piece of a cue, or of another
    /// span where there is no cue. `score(from, to)` is a logarithm of a probability up to a constant for each `from`.
    static func attributions(
        _ spans: [(kind: Int, pieces: Range<Int>)], score: (Int, Int) -> Float
    ) -> [PieceAttribution] {
        var groups: [Int: PieceAttribution] = [:]
        let cues = spans.filter { $0.kind == cue }.map(\.pieces)
        for pieces in cues { groups[pieces.lowerBound] = PieceAttribution(cue: [pieces]) }
        let anchors = spans.map(\.pieces.lowerBound)
        for (kind, pieces) in spans where kind != cue {
            let voters = voters(of: pieces)
            var best: (anchor: Int, votes: Float)?
            for anchor in anchors {
                let votes = voters.reduce(Float(0)) { $0 + score($1, anchor) }
                if best.map({ votes > $0.votes }) ?? true { best = (anchor, votes) }
            }
            guard let anchor = best?.anchor else { continue }
            let part = kind == content ? \PieceAttribution.content : \.source
            groups[anchor, default: PieceAttribution()][keyPath: part].append(pieces)
        }
        for pieces in cues where groups[pieces.lowerBound]?.content.isEmpty ?? false {
            let from = pieces.lowerBound
            let target = cues.map(\.lowerBound).max { score(from, $0) < score(from, $1) } ?? from
            guard target != from, groups[target] != nil, let joined = groups.removeValue(forKey: from) else { continue }
            groups[target]?.cue += joined.cue
            groups[target]?.source += joined.source
        }
        return groups.sorted { $0.key < $1.key }.map(\.value).filter { !$0.content.isEmpty }
    }

    /// The pieces that say where a span points to: every piece of a long span would add time and no certainty.
    static func voters(of span: Range<Int>) -> [Int] {
        Array(stride(from: span.lowerBound, to: span.upperBound, by: max(1, span.count / 16)))
    }
}
