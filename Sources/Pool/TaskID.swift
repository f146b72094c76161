/// Names a task: an entry of the stream of one origin.
public struct TaskID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Index of the origin in the head's configuration.
    public let origin: Int
    /// Sequence number in the origin's stream.
    public let n: Int64

    /// Creates a task's name.
    public init(origin: Int, n: Int64) {
        self.origin = origin
        self.n = n
    }

    /// Reads `description` back; nil for anything else.
    public init?(_ frame: [UInt8]) {
        let parts = String(decoding: frame, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let origin = Int(parts[0]), let n = Int64(parts[1]) else { return nil }
        self.init(origin: origin, n: n)
    }

    /// Origin and sequence number, `0.4711`: the task frame of the pool protocol.
    public var description: String { "\(origin).\(n)" }

    /// The task frame of the pool protocol.
    public var frame: [UInt8] { Array(description.utf8) }

    /// Orders by sequence number first, so that several origins take turns.
    public static func < (left: TaskID, right: TaskID) -> Bool { (left.n, left.origin) < (right.n, right.origin) }
}
