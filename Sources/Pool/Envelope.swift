import Wire

/// The attributes of an article's event that dispatch needs; the article itself is the worker's business.
struct Envelope: Decodable {
    var subject: String?
    var partitionkey: String?
    var erased: String?

    /// Whether the message is the tombstone of one whose content was erased.
    static func isErased(_ message: StreamMessage) -> Bool {
        (try? JSON.decode(Envelope.self, from: message.body))?.erased != nil
    }

    /// The article's URI, nil where the message cannot be read or names none.
    static func uri(of message: StreamMessage) -> String? {
        let envelope = try? JSON.decode(Envelope.self, from: message.body)
        return envelope?.subject ?? envelope?.partitionkey
    }

    /// What orders a message: its partition key, or its own id where it has none or cannot be read.
    static func key(of message: StreamMessage) -> String {
        let envelope = try? JSON.decode(Envelope.self, from: message.body)
        return envelope?.partitionkey ?? envelope?.subject ?? message.position.id
    }
}
