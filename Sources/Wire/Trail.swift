/// Points of a stream that a follower has passed: its newest, and others ever further apart.
///
/// With them, a server finds the last message up to which the follower and its journal agree, or one not much before it: at
/// any distance there is a point less than eight times as far back. There are at most `Trail.limit` of them.
public struct Trail: Sendable, Hashable {
    /// A message's number and its link; `[4711, "9f86…"]` in JSON.
    public struct Point: Sendable, Hashable {
        /// Number of the message.
        public var n: Int64
        /// Link of the message.
        public var link: Link

        /// Creates a point.
        public init(n: Int64, link: Link) {
            self.n = n
            self.link = link
        }
    }

    /// The most points of a trail.
    public static let limit = 60

    /// The points, the oldest first.
    public private(set) var points: [Point] = []

    /// Creates a trail without points.
    public init() {}

    /// The newest point, nil where there is none.
    public var newest: Point? { points.last }

    /// The link at `n`, where that is a point.
    public func link(at n: Int64) -> Link? { points.last { $0.n == n }?.link }

    /// Adds a point, which has to be beyond the newest one, and drops those that are no longer needed.
    public mutating func add(_ point: Point) {
        guard point.n > newest?.n ?? 0 else { return }
        points.removeAll { !Self.isKept($0.n, at: point.n) }
        points.append(point)
    }

    /// Drops the points beyond `n`.
    public mutating func cut(to n: Int64) { points.removeAll { $0.n > n } }

    /// Whether `n` is one of the two last multiples of a power of four up to `end`.
    ///
    /// What is kept at `end` was kept at each number before: no point is ever missed that was dropped.
    private static func isKept(_ n: Int64, at end: Int64) -> Bool {
        var step: Int64 = 1
        while step <= end {
            let last = end / step * step
            if n == last || n == last - step { return true }
            guard step <= .max / 4 else { return false }
            step *= 4
        }
        return false
    }
}

extension Trail.Point: Codable {
    /// Reads number and link.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(n: try container.decode(Int64.self), link: try container.decode(Link.self))
    }

    /// Writes number and link.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(n)
        try container.encode(link)
    }
}

extension Trail: Codable {
    /// Reads an array of points; what is out of order or too much is left out.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd, points.count < Self.limit {
            let point = try container.decode(Point.self)
            if point.n > newest?.n ?? 0 { points.append(point) }
        }
    }

    /// Writes an array of points.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for point in points { try container.encode(point) }
    }
}
