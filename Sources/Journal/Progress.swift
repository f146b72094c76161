public import Wire

/// How far an origin was consumed.
public struct Progress: Sendable, Hashable {
    /// Epoch of the origin's stream.
    public var epoch: String
    /// The epoch that the stream began with, nil where its server did not say.
    public var journal: String?
    /// Up to where every task is settled.
    public var cursor: Cursor
    /// Tasks beyond the cursor that are settled already.
    public var settled: Set<Int64>
    /// Links of those, where they are known.
    public var links: [Int64: Link]
    /// Attempts at tasks beyond the cursor that are not settled, where there was more than none.
    public var attempts: [Int64: Int]

    /// Creates a progress.
    public init(
        epoch: String, journal: String? = nil, cursor: Cursor, settled: Set<Int64> = [], links: [Int64: Link] = [:],
        attempts: [Int64: Int] = [:]
    ) {
        self.epoch = epoch
        self.journal = journal
        self.cursor = cursor
        self.settled = settled
        self.links = links
        self.attempts = attempts
    }
}
