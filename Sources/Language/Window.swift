/// A stretch of a text's pieces that the encoder reads at once.
struct Window: Equatable {
    /// The pieces that are read.
    var pieces: Range<Int>
    /// Those of them that the window answers for; what stands beside is context.
    var core: Range<Int>

    /// The most pieces of context on each side.
    static let context = 32

    /// Windows of at most `size` pieces, whose cores follow one another.
    ///
    /// A core ends before the first piece of a paragraph wherever one is in reach; the context is whole paragraphs.
    /// Of all ways to cut the text the cheapest is taken.
    static func windows(_ features: [PieceFeatures], size: Int) -> [Window] {
        guard !features.isEmpty else { return [] }
        let cuts = Cut.cuts(features, size: size)
        // The cheapest way to each cut: what it costs, and where its last window begins.
        var best = [(cost: Int, start: Int)](repeating: (0, 0), count: cuts.count)
        for (end, cut) in cuts.enumerated().dropFirst() {
            best[end] = (best[end - 1].cost + cut.cost, end - 1)
            for start in (0..<end).reversed() {
                guard cut.at - cuts[start].at <= size else { break }
                let cost = best[start].cost + cut.cost
                if cost <= best[end].cost, cut.after - cuts[start].before <= size { best[end] = (cost, start) }
            }
        }
        var windows: [Window] = []
        var end = cuts.count - 1
        while end > 0 {
            let start = best[end].start
            let first = max(cuts[start].before, cuts[end].at - size)
            windows.append(
                Window(pieces: first..<min(cuts[end].after, first + size), core: cuts[start].at..<cuts[end].at))
            end = start
        }
        return windows.reversed()
    }
}

/// A place between two pieces where a core may end.
private struct Cut {
    /// The piece behind it.
    let at: Int
    /// Where the context in front of it begins.
    var before: Int
    /// Where the context behind it ends.
    var after: Int
    /// What cutting here costs, in pieces that are read.
    var cost = 0

    /// So much context is worth having on each side, and what it costs to go without a piece of it.
    private static let wanted = 24
    private static let lack = 4
    /// What it costs to cut where somebody's words may go on.
    private static let quotation = 200

    /// The beginnings of paragraphs and the text's end; pieces of `size` of what is longer.
    static func cuts(_ features: [PieceFeatures], size: Int) -> [Cut] {
        var places = [0]
        for at in 1...features.count where at == features.count || features[at].space == 2 {
            while at - places[places.count - 1] > size { places.append(places[places.count - 1] + size) }
            places.append(at)
        }
        var (first, last) = (0, 0)
        return places.map { at in
            while places[first] < at - Window.context { first += 1 }
            while last + 1 < places.count, places[last + 1] <= at + Window.context { last += 1 }
            var cut = Cut(at: at, before: places[first], after: max(at, places[last]))
            guard at < features.count, at > 0 else { return cut }
            let lacking = max(0, wanted - (at - cut.before)) + max(0, wanted - (cut.after - at))
            let isWithinWords =
                features[at].quote == QuoteState.opening.rawValue
                || features[at - 1].quote == QuoteState.leftOpen.rawValue
            cut.cost = cut.after - cut.before + lack * lacking + (isWithinWords ? quotation : 0)
            return cut
        }
    }
}
