/// Finds the best sequence of O, B and I tags in which I only continues its own kind.
///
/// Tag 0 is O, 2k + 1 begins kind k and 2k + 2 continues it.
enum Viterbi {
    /// The best legal sequence of `rows` tags, of which there are `tags`; `score` is one's in a row.
    @inline(__always)
    static func path(rows: Int, tags: Int, score: (Int, Int) -> Float) -> [Int] {
        guard rows > 0, tags > 0 else { return [] }
        var best = (0..<tags).map { $0 > 0 && $0 % 2 == 0 ? -Float.infinity : score(0, $0) }
        var next = best
        var back = [UInt8](repeating: 0, count: rows * tags)
        for row in 1..<max(1, rows) {
            var free = 0
            for tag in 1..<max(1, tags) where best[tag] > best[free] { free = tag }
            for tag in 0..<tags {
                var from = free
                if tag > 0, tag % 2 == 0 { from = best[tag] > best[tag - 1] ? tag : tag - 1 }
                next[tag] = best[from] + score(row, tag)
                back[row * tags + tag] = UInt8(truncatingIfNeeded: from)
            }
            swap(&best, &next)
        }
        var path = [Int](repeating: 0, count: rows)
        for tag in best.indices where best[tag] > best[path[rows - 1]] { path[rows - 1] = tag }
        for row in stride(from: rows - 1, to: 0, by: -1) { path[row - 1] = Int(back[row * tags + path[row]]) }
        return path
    }

    /// The runs of a legal sequence: kind and range of pieces.
    static func spans(_ path: [Int]) -> [(kind: Int, pieces: Range<Int>)] {
        var out: [(kind: Int, pieces: Range<Int>)] = []
        for (at, tag) in path.enumerated() {
            if tag % 2 == 1 {
                out.append(((tag - 1) / 2, at..<(at + 1)))
            } else if tag > 0, let last = out.indices.last {
                out[last].pieces = out[last].pieces.lowerBound..<(at + 1)
            }
        }
        return out
    }
}
