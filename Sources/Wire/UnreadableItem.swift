/// An ITEM whose message cannot be read, with as much of its place as can be.
public struct UnreadableItem: Error, Sendable, Hashable {
    /// The message's topic, nil where that is none.
    public var topic: String?
    /// Where the message stands, nil where that cannot be read.
    public var position: Position?
    /// What is wrong with it.
    public var error: WireError

    /// Creates an item.
    public init(topic: String? = nil, position: Position? = nil, error: WireError) {
        self.topic = topic
        self.position = position
        self.error = error
    }

    /// Looks at frames that are no control message; nil where they are no ITEM either.
    ///
    /// - Parameters:
    ///   - frames: The frames as they came.
    ///   - error: Why they are none.
    public init?(frames: [Frame], error: WireError) {
        guard frames.count >= 3, frames[0] == Envelope.magic, frames[1] == Array("ITEM".utf8) else { return nil }
        let message = frames.dropFirst(4)
        if let frame = message.first, let text = String(validating: frame, as: UTF8.self) {
            topic = (try? Topic(text))?.text
        }
        if let frame = message.dropFirst().first,
            let place = try? JSON.decode(Position.self, from: frame, limit: Limits.positionBytes),
            (try? place.check()) != nil
        {
            position = place
        }
        self.error = error
    }
}
