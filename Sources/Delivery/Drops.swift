import Journal
import Service
import Wire

/// Drops the oldest entries of a stream, and tells what it dropped, once a minute at most.
struct Drops {
    private static let pause: Int64 = 60_000

    let stream: String
    private let journal: any Journal
    /// The oldest entry that was not yet told to be dropped.
    private var first: (n: Int64, time: String?)?
    private var oldest: Int64 = 0
    private var since: String?
    private var told: Int64?

    init(of stream: String, in journal: any Journal) {
        self.stream = stream
        self.journal = journal
    }

    /// Drops what is beyond the limits; how many entries that were.
    mutating func drop(within limits: Retention) throws(JournalError) -> Int64 {
        if first == nil {
            oldest = try journal.state(of: stream).oldest
            first = (oldest, try journal.time(of: oldest, in: stream))
        }
        let before = oldest
        oldest = try journal.retain(stream, within: limits).oldest
        since = limits.since
        return max(0, oldest - before)
    }

    /// Tells what was dropped since it last did.
    mutating func tell(_ log: Log, at now: Int64, isLast: Bool = false) throws(JournalError) {
        guard let first, oldest > first.n, isLast || told.map({ now - $0 >= Self.pause }) ?? true else { return }
        let next = try journal.time(of: oldest, in: stream)
        let isOld = since.flatMap { since in first.time.map { $0 < since } } ?? false
        log.info(
            "messages past retention were dropped",
            [
                "stream": stream, "count": oldest - first.n, "from": first.n, "through": oldest - 1,
                "oldest": first.time ?? "unknown", "kept": next ?? "nothing",
                "because": isOld ? "--retain-age" : "--retain-bytes",
            ])
        self.first = (oldest, next)
        told = now
    }
}

extension Journal {
    /// When an entry became durable; nil where the stream has none from there on.
    func time(of n: Int64, in stream: String) throws(JournalError) -> String? {
        try read(stream, from: n, prefix: "", maxCount: 1, maxBytes: 1).first?.position.ts
    }
}
