/// Names a task: an entry of the stream of one origin, in one epoch.
///
/// The epoch is part of the name because workers outlive heads: a late result must never count for another journal's entry
/// that happens to have the same number. Where the stream has links, a part of the link is there for the same reason: a journal
/// that was set back gives a number of the same epoch twice.
public struct TaskID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Index of the origin in the head's configuration.
    public let origin: Int
    /// The epoch of the origin's stream as a number.
    public let epoch: UInt64
    /// Sequence number in the origin's stream.
    public let n: Int64
    /// The first digits of the message's link as a number, 0 where it has none.
    public let history: UInt32

    /// Creates a task's name.
    public init(origin: Int, epoch: UInt64 = 0, n: Int64, history: UInt32 = 0) {
        self.origin = origin
        self.epoch = epoch
        self.n = n
        self.history = history
    }

    /// Reads `description` back; nil for anything else.
    public init?(_ frame: [UInt8]) {
        let parts = String(decoding: frame, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), let origin = Int(parts[0]), let epoch = UInt64(parts[1], radix: 16),
            let n = Int64(parts[2]), let history = parts.count == 3 ? 0 : UInt32(parts[3], radix: 16)
        else { return nil }
        self.init(origin: origin, epoch: epoch, n: n, history: history)
    }

    /// Origin, epoch, sequence number and link, `0.9f86d081884c7d65.4711.d08a1c22`: the task frame of the pool protocol.
    public var description: String {
        let end = history == 0 ? "" : "." + String(history, radix: 16)
        return "\(origin).\(String(epoch, radix: 16)).\(n)\(end)"
    }

    /// The task frame of the pool protocol.
    public var frame: [UInt8] { Array(description.utf8) }

    /// Orders by sequence number first, so that several origins take turns.
    public static func < (left: TaskID, right: TaskID) -> Bool {
        (left.n, left.origin, left.epoch, left.history) < (right.n, right.origin, right.epoch, right.history)
    }
}
