/// Where a message stands in its stream: the second frame of every live message and replayed item.
public struct Position: Sendable, Hashable, Codable {
    /// Version of this structure; 1.
    public var v: Int
    /// Name of the stream: `raw`, `res` or `dlq`.
    public var s: String
    /// Epoch of the stream's journal, 16 hexadecimal digits; another one where it was replaced or restored.
    public var e: String
    /// Sequence number in the stream: 1, 2, 3 … without holes.
    public var n: Int64
    /// Sequence number of the previous message with the same topic, 0 if there is none.
    public var p: Int64
    /// Unique identifier of the message, equal to the CloudEvent's `id`.
    public var id: String
    /// When the journal made the message durable, in RFC 3339.
    public var ts: String
    /// Link of the message; nil from servers that keep no links.
    public var h: Link?

    /// Creates a position.
    public init(v: Int = 1, s: String, e: String, n: Int64, p: Int64, id: String, ts: String, h: Link? = nil) {
        self.v = v
        self.s = s
        self.e = e
        self.n = n
        self.p = p
        self.id = id
        self.ts = ts
        self.h = h
    }
}

/// What `mark/<stream>/1/` says each second: how far the stream goes, so that a follower notices a lost tail.
public struct Mark: Sendable, Hashable, Codable {
    /// Version of this structure; 1.
    public var v: Int
    /// Name of the stream.
    public var s: String
    /// Epoch of the stream's journal.
    public var e: String
    /// Sequence number of the newest message, 0 for an empty stream.
    public var n: Int64
    /// Sequence number of the oldest message still kept; `n + 1` if none is.
    public var lo: Int64
    /// When the mark was made, in RFC 3339.
    public var ts: String
    /// Link of the newest message; nil from servers that keep no links.
    public var h: Link?

    /// Creates a mark.
    public init(v: Int = 1, s: String, e: String, n: Int64, lo: Int64, ts: String, h: Link? = nil) {
        self.v = v
        self.s = s
        self.e = e
        self.n = n
        self.lo = lo
        self.ts = ts
        self.h = h
    }
}
