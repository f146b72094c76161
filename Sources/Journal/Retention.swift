/// How much of a stream is kept; a bound that is nil does not bind.
public struct Retention: Sendable, Hashable {
    /// At most so many bytes of bodies.
    public var bytes: Int64?
    /// Nothing with a position time before this one, in RFC 3339.
    ///
    /// Times are compared as text: write them all in UTC and to the same fraction of a second.
    public var since: String?
    /// Nothing from this sequence number on is dropped, however old.
    public var keepFrom: Int64?

    /// Creates limits.
    public init(bytes: Int64? = nil, since: String? = nil, keepFrom: Int64? = nil) {
        self.bytes = bytes
        self.since = since
        self.keepFrom = keepFrom
    }

    /// Whether the oldest entry, `n`, goes while the stream holds `bytes`.
    package func drops(_ n: Int64, time: String, held bytes: Int64) -> Bool {
        if let keepFrom, n >= keepFrom { return false }
        if let limit = self.bytes, bytes > limit { return true }
        if let since, time < since { return true }
        return false
    }
}
