/// One message of a stream, as it crosses the wire live, replayed and as a task: topic, position, CloudEvent.
public struct StreamMessage: Sendable, Hashable {
    /// The first frame: a `Topic` in its written form.
    public var topic: String
    /// The second frame.
    public var position: Position
    /// The third frame: a CloudEvent in structured JSON, byte for byte as the journal holds it.
    public var body: [UInt8]

    /// Creates a message.
    public init(topic: String, position: Position, body: [UInt8]) {
        self.topic = topic
        self.position = position
        self.body = body
    }
}
