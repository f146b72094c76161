/// Finds the best sequence of O, B and I tags in which I only continues its own kind.
///
/// Tag 0 is O, 2k + 1 begins kind k and 2k + 2 continues it.
enum Viterbi {
    /// The best legal sequence for rows of scores.
    static func path(_ scores: [[Float]]) -> [Int] {
        guard let first = scores.first else { return [] }
        let tags = first.indices
        var best = tags.map { $0 > 0 && $0 % 2 == 0 ? -Float.infinity : first[$0] }
        var back: [[Int]] = []
        back.reserveCapacity(scores.count)
        for row in scores.dropFirst() {
            let free = tags.max { best[$0] < best[$1] } ?? 0
            let from = tags.map { tag in
                guard tag > 0, tag % 2 == 0 else { return free }
                return best[tag] > best[tag - 1] ? tag : tag - 1
            }
            best = tags.map { best[from[$0]] + row[$0] }
            back.append(from)
        }
        var path = [tags.max { best[$0] < best[$1] } ?? 0]
        for from in back.reversed() { path.append(from[path[path.count - 1]]) }
        return path.reversed()
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
