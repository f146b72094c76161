/// An entry to be appended to a stream.
public struct NewEntry: Sendable, Hashable {
    /// Unique within the stream, over its whole life.
    public var id: String
    /// The topic it is published on.
    public var topic: String
    /// What it is about, the article's URI.
    public var key: String
    /// What it is to be found by, too, such as the digest of its text.
    public var otherKeys: [String] = []
    /// The CloudEvent.
    public var body: [UInt8]
    /// The time of its position, in RFC 3339.
    public var time: String

    /// Creates an entry.
    public init(id: String, topic: String, key: String, body: [UInt8], time: String) {
        self.id = id
        self.topic = topic
        self.key = key
        self.body = body
        self.time = time
    }
}
