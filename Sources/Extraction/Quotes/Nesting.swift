import Wire

/// Which attributions stand within the words of another one.
enum Nesting {
    /// For each attribution the innermost other whose content holds its cue and its content, or nil.
    ///
    /// - Parameter attributions: In the order of the text, an outer one before those within it.
    /// - Returns: Indices of attributions.
    static func outer(of attributions: [Attribution]) -> [Int?] {
        var stretches: [(span: Span, index: Int)] = []
        for (index, attribution) in attributions.enumerated() {
            stretches += attribution.content.map { ($0, index) }
        }
        stretches.sort { ($0.span.start, -$0.span.end, $0.index) < ($1.span.start, -$1.span.end, $1.index) }
        var open: [(span: Span, index: Int)] = []
        var next = 0
        var outer = [Int?](repeating: nil, count: attributions.count)
        let byPlace = attributions.indices.filter { !attributions[$0].cue.isEmpty }
            .map { (index: $0, hull: hull(of: attributions[$0])) }.sorted { $0.hull.start < $1.hull.start }
        for (index, hull) in byPlace {
            while next < stretches.count, stretches[next].span.start <= hull.start {
                open.removeAll { $0.span.end <= stretches[next].span.start }
                open.append(stretches[next])
                next += 1
            }
            outer[index] =
                open.last { $0.index != index && $0.span.start <= hull.start && hull.end <= $0.span.end }?.index
        }
        return outer
    }

    /// From the first word of the cue and content to the last.
    private static func hull(of attribution: Attribution) -> Span {
        let all = attribution.isCited ? Array(attribution.content.prefix(1)) : attribution.content + attribution.cue
        return Span(all.map(\.start).min() ?? 0, all.map(\.end).max() ?? 0)
    }
}
