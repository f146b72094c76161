/// The likeliest tree over words.
enum SpanningTree {
    /// The head of each word: one root, which is its own head, and no cycle.
    ///
    /// Takes each word's best head, and breaks each cycle where that costs least.
    ///
    /// - Parameter scores: Logarithms of probabilities, `scores[word][head]`; on the diagonal that of being the root.
    /// - Returns: Indices of heads.
    static func heads(_ scores: [[Float]]) -> [Int] {
        guard scores.count > 1 else { return scores.isEmpty ? [] : [0] }
        let others = scores.indices.map { word in
            scores.indices.filter { $0 != word }.max { scores[word][$0] < scores[word][$1] } ?? 0
        }
        let root =
            scores.indices.max {
                scores[$0][$0] - scores[$0][others[$0]] < scores[$1][$1] - scores[$1][others[$1]]
            } ?? 0
        var heads = others
        heads[root] = root
        while let cycle = cycle(heads, root) {
            let below = descendants(of: cycle, heads)
            var best: (cost: Float, word: Int, head: Int)?
            for word in cycle {
                for head in scores.indices where !below[head] {
                    let gain = scores[word][head] - scores[word][heads[word]]
                    if gain > best?.cost ?? -.infinity { best = (gain, word, head) }
                }
            }
            guard let best else { break }
            heads[best.word] = best.head
        }
        return heads
    }

    private static func descendants(of cycle: [Int], _ heads: [Int]) -> [Bool] {
        var below = [Bool](repeating: false, count: heads.count)
        for word in cycle { below[word] = true }
        var grows = true
        while grows {
            grows = false
            for word in heads.indices where !below[word] && below[heads[word]] && heads[word] != word {
                below[word] = true
                grows = true
            }
        }
        return below
    }

    private static func cycle(_ heads: [Int], _ root: Int) -> [Int]? {
        /// The number of the walk that came by.
        var seen = [Int](repeating: 0, count: heads.count)
        for start in heads.indices {
            var word = start
            while seen[word] == 0 {
                seen[word] = start + 1
                word = heads[word]
            }
            guard seen[word] == start + 1, word != root else { continue }
            var cycle = [word]
            while heads[cycle[cycle.count - 1]] != word { cycle.append(heads[cycle[cycle.count - 1]]) }
            return cycle
        }
        return nil
    }
}
