/// Cuts a text's pieces into stretches that the encoder reads at once.
enum Window {
    /// Ranges of at most `size` pieces that end before the first piece of a paragraph wherever one is in reach.
    static func ranges(_ features: [PieceFeatures], size: Int) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var (start, best) = (0, 0)
        func take(_ cut: Int) {
            while cut - start > size {
                let end = best > start ? best : start + size
                out.append(start..<end)
                start = end
            }
            best = cut
        }
        for i in features.indices.dropFirst() where features[i].space == 2 { take(i) }
        take(features.count)
        if best > start { out.append(start..<best) }
        return out
    }
}
