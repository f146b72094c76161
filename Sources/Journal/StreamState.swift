/// Epoch and bounds of a stream.
public struct StreamState: Sendable, Hashable {
    /// 16 hexadecimal digits, made at random with the stream.
    public var epoch: String
    /// Sequence number of the oldest entry still held; `last + 1` if none is.
    public var oldest: Int64
    /// Sequence number of the newest entry, 0 if there never was one.
    public var last: Int64

    /// Creates a state.
    public init(epoch: String, oldest: Int64, last: Int64) {
        self.epoch = epoch
        self.oldest = oldest
        self.last = last
    }
}

extension StreamState {
    /// The epoch of a new stream.
    static func newEpoch() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
