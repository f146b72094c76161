public import Wire

/// How far an origin's stream was consumed: every entry up to `n`, and points by which its history is known.
public struct Cursor: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// Every entry up to this sequence number is settled.
    public var n: Int64
    /// Points of the stream up to `n`, as far as they are known.
    public var trail: Trail

    /// Creates a cursor.
    public init(_ n: Int64, trail: Trail = Trail()) {
        self.n = n
        self.trail = trail
    }

    /// A cursor without points.
    public init(integerLiteral value: Int64) { self.init(value) }
}
