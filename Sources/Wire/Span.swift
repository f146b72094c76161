/// A half-open range of Unicode code points of an article's published body, written in JSON as `[start, end]`.
///
/// Code points are the unit that the W3C Web Annotation text selectors demand, and the one that every language can count.
public struct Span: Sendable, Hashable {
    /// Offset of the first code point.
    public var start: Int
    /// Offset behind the last code point.
    public var end: Int

    /// Creates a span from `start` up to, but not including, `end`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// Number of code points.
    public var count: Int { end - start }
}

extension Span: Codable {
    /// Reads `[start, end]`; a negative start or an end before it is an error.
    public init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        start = try pair.decode(Int.self)
        end = try pair.decode(Int.self)
        guard start >= 0, end >= start else {
            throw DecodingError.dataCorruptedError(
                in: pair, debugDescription: "a span runs from start >= 0 to end >= start")
        }
    }

    /// Writes `[start, end]`.
    public func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(start)
        try pair.encode(end)
    }
}
