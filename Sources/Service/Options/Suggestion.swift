/// Finds what was probably meant by a mistyped word.
public enum Suggestion {
    /// The candidate that fewest edits turn `word` into, if they are few for its length.
    public static func closest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, min(word.count, 12) / 3)
        return candidates.map { (candidate: $0, distance: distance(word, $0)) }
            .filter { $0.distance <= limit || (word.count >= 3 && $0.candidate.hasPrefix(word)) }
            .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
            .candidate
    }

    /// Number of insertions, deletions, replacements and swaps of neighbours that turn `first` into `second`.
    ///
    /// Only the first 64 characters of each count, so that the work is bounded.
    static func distance(_ first: String, _ second: String) -> Int {
        let rows = Array(first.prefix(64)), columns = Array(second.prefix(64))
        var beforeLast = [Int](repeating: 0, count: columns.count + 1)
        var last = Array(0...columns.count)
        for row in rows.indices {
            var current = [row + 1]
            for column in columns.indices {
                let replaced = last[column] + (rows[row] == columns[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, rows[row] == columns[column - 1], rows[row - 1] == columns[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[columns.count]
    }
}
