/// Names a task: an entry of the stream of one origin, in one epoch.
///
/// The epoch is part of the name because workers outlive heads: a late result must never count for another journal's entry
/// that happens to have the same number.
public struct TaskID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Index of the origin in the head's configuration.
    public let origin: Int
    /// The epoch of the origin's stream as a number.
    public let epoch: UInt64
    /// Sequence number in the origin's stream.
    public let n: Int64

    /// Creates a task's name.
    public init(origin: Int, epoch: UInt64 = 0, n: Int64) {
        self.origin = origin
        self.epoch = epoch
        self.n = n
    }

    /// Reads `description` back; nil for anything else.
    public init?(_ frame: [UInt8]) {
        let parts = String(decoding: frame, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let origin = Int(parts[0]), let epoch = UInt64(parts[1], radix: 16),
            let n = Int64(parts[2])
        else { return nil }
        self.init(origin: origin, epoch: epoch, n: n)
    }

    /// Origin, epoch and sequence number, `0.9f86d081884c7d65.4711`: the task frame of the pool protocol.
    public var description: String { "\(origin).\(String(epoch, radix: 16)).\(n)" }

    /// The task frame of the pool protocol.
    public var frame: [UInt8] { Array(description.utf8) }

    /// Orders by sequence number first, so that several origins take turns.
    public static func < (left: TaskID, right: TaskID) -> Bool {
        (left.n, left.origin, left.epoch) < (right.n, right.origin, right.epoch)
    }
}
