/// How far an origin was consumed.
public struct Progress: Sendable, Hashable {
    /// Epoch of the origin's stream.
    public var epoch: String
    /// Every task up to this sequence number is settled.
    public var cursor: Int64
    /// Tasks beyond the cursor that are settled already.
    public var settled: Set<Int64>
    /// Attempts at tasks beyond the cursor that are not settled, where there was more than none.
    public var attempts: [Int64: Int]

    /// Creates a progress.
    public init(epoch: String, cursor: Int64, settled: Set<Int64> = [], attempts: [Int64: Int] = [:]) {
        self.epoch = epoch
        self.cursor = cursor
        self.settled = settled
        self.attempts = attempts
    }
}
