/// A stretch of a text's pieces that the encoder reads at once.
struct Window: Equatable {
    /// The pieces that are read.
    var pieces: Range<Int>
    /// Those of them that the window answers for; what stands beside is context.
    var core: Range<Int>

    /// The most pieces of context on each side.
    static let context = 64

    /// Windows of at most `size` pieces, whose cores follow one another.
    ///
    /// A core ends before the first piece of a paragraph wherever one is in reach; the context is whole paragraphs.
    static func windows(_ features: [PieceFeatures], size: Int) -> [Window] {
        let cuts = [0] + features.indices.dropFirst().filter { features[$0].space == 2 } + [features.count]
        var windows: [Window] = []
        var (start, next) = (0, 0)
        while start < features.count {
            // The first cut that is near enough to begin the context, and then those that can end core and context.
            while cuts[next] < start - context { next += 1 }
            let before = min(cuts[next], start)
            let limit = before + size
            var (end, after) = (start, start)
            for cut in cuts[next...] where cut > start {
                guard cut <= limit else { break }
                if cut == features.count || cut <= limit - context || end == start { end = cut }
                if cut <= end + context { after = cut }
            }
            if end == start { (end, after) = (min(limit, features.count), limit) }
            windows.append(Window(pieces: before..<min(max(after, end), features.count), core: start..<end))
            start = end
        }
        return windows
    }
}
