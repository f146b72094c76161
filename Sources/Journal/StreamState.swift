public import Wire

/// Epoch and bounds of a stream.
public struct StreamState: Sendable, Hashable {
    /// 16 hexadecimal digits, made at random with the stream, and again when its journal is restored.
    public var epoch: String
    /// Sequence number of the oldest entry still held; `last + 1` if none is.
    public var oldest: Int64
    /// Sequence number of the newest entry, 0 if there never was one.
    public var last: Int64
    /// The epoch that the stream began with.
    public var journal: String
    /// Link of the newest entry.
    public var link: Link

    /// Creates a state.
    public init(epoch: String, oldest: Int64, last: Int64, journal: String, link: Link) {
        self.epoch = epoch
        self.oldest = oldest
        self.last = last
        self.journal = journal
        self.link = link
    }
}

extension StreamState {
    /// So many links below the oldest entry are kept, for followers that were away for long.
    package static let linksBelow: Int64 = 100_000

    /// The epoch of a new stream.
    package static func newEpoch() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
