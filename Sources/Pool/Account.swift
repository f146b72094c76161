/// Which entries of an origin's stream are settled: all up to a cursor, and some beyond it.
struct Account: Sendable, Hashable {
    /// Epoch of the origin's stream, nil before the first contact.
    var epoch: String?
    /// Every entry up to this one is settled.
    private(set) var cursor: Int64
    private var beyond: Set<Int64>
    private var lost: [ClosedRange<Int64>] = []

    init(epoch: String? = nil, cursor: Int64 = 0, settled: Set<Int64> = []) {
        self.epoch = epoch
        self.cursor = cursor
        beyond = settled.filter { $0 > cursor }
        advance()
    }

    /// Number of settled entries beyond the cursor.
    var settledBeyond: Int { beyond.count }

    func isSettled(_ n: Int64) -> Bool { n <= cursor || beyond.contains(n) || lost.contains { $0.contains(n) } }

    mutating func settle(_ n: Int64) {
        guard n > cursor else { return }
        beyond.insert(n)
        advance()
    }

    /// Settles entries that are past retention, and so can never be had.
    mutating func lose(_ range: ClosedRange<Int64>) {
        guard range.upperBound > cursor else { return }
        lost.append(range)
        advance()
    }

    private mutating func advance() {
        while true {
            if let range = lost.first(where: { $0.contains(cursor + 1) }) {
                cursor = range.upperBound
                lost.removeAll { $0.upperBound <= cursor }
                beyond = beyond.filter { $0 > cursor }
            } else if beyond.remove(cursor + 1) != nil {
                cursor += 1
            } else {
                return
            }
        }
    }
}
