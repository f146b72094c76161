import Journal
import Wire

/// Which entries of an origin's stream are settled: all up to a cursor, and some beyond it.
struct Account: Sendable, Hashable {
    /// Epoch of the origin's stream, nil before the first contact.
    var epoch: String?
    /// The epoch that the stream began with, nil where its server does not say.
    var journal: String?
    /// Every entry up to this one is settled.
    var cursor: Int64 { reach.n }
    /// The cursor, with points by which the stream's history is known.
    private(set) var reach: Cursor

    private var beyond: Set<Int64>
    private var lost: [ClosedRange<Int64>] = []
    /// Links of entries beyond the cursor that were heard of, or settled by a head before.
    private var links: [Int64: Link]

    init(
        epoch: String? = nil, journal: String? = nil, cursor: Cursor = 0, settled: Set<Int64> = [],
        links: [Int64: Link] = [:]
    ) {
        self.epoch = epoch
        self.journal = journal
        reach = cursor
        beyond = settled.filter { $0 > cursor.n }
        self.links = links.filter { $0.key > cursor.n }
        advance()
    }

    /// Number of settled entries beyond the cursor.
    var settledBeyond: Int { beyond.count }

    func isSettled(_ n: Int64) -> Bool { n <= cursor || beyond.contains(n) || lost.contains { $0.contains(n) } }

    /// Takes note of an entry that comes; one that another had been settled for, before the journal was set back, is open.
    mutating func hear(of n: Int64, link: Link?) {
        guard n > cursor, let link else { return }
        if let known = links.updateValue(link, forKey: n), known != link { beyond.remove(n) }
    }

    mutating func settle(_ n: Int64) {
        guard n > cursor else { return }
        beyond.insert(n)
        advance()
    }

    /// The link of an entry beyond the cursor, where it is known.
    func link(of n: Int64) -> Link? { links[n] }

    /// Settles entries that are past retention, and so can never be had.
    mutating func lose(_ range: ClosedRange<Int64>) {
        guard range.upperBound > cursor else { return }
        lost.append(range)
        advance()
    }

    private mutating func advance() {
        while true {
            if let range = lost.first(where: { $0.contains(cursor + 1) }) {
                let end = range.upperBound
                reach.n = end
                lost.removeAll { $0.upperBound <= end }
                beyond = beyond.filter { $0 > end }
                links = links.filter { $0.key > end }
            } else if beyond.remove(cursor + 1) != nil {
                reach.n += 1
                if let link = links.removeValue(forKey: cursor) {
                    reach.trail.add(Trail.Point(n: cursor, link: link))
                }
            } else {
                return
            }
        }
    }
}
