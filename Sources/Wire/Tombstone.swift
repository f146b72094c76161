/// What stands in place of a message whose content was erased: the same event without what anybody said or is.
///
/// It has the number, id, topic and link of the message, so that no stream has a hole and no follower starts anew; URI and version
/// say what was there. `erased` says when it was done.
public enum Tombstone {
    /// Makes the body of the tombstone of a message.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - time: When it is erased, in RFC 3339.
    /// - Returns: The body; nil for a message that is a tombstone already, says nothing, or is no event of this protocol.
    public static func body(of message: StreamMessage, at time: String) -> [UInt8]? {
        if (try? Topic(message.topic))?.isNotice == true {
            // Only one of an article that came under another address says anything of it.
            let notice = try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data
            guard notice?.headline != nil else { return nil }
            return made(of: message, at: time) { (event: inout CloudEvent<Notice>) in event.data.headline = nil }
        }
        switch message.position.s {
        case "raw":
            return made(of: message, at: time) { (event: inout CloudEvent<Article>) in
                event.data = Article(
                    uri: event.data.uri, version: event.data.version, language: event.data.language, body: "")
            }
        case "res":
            return made(of: message, at: time) { (event: inout CloudEvent<Analysis>) in
                var analysis = Analysis(id: event.data.id, article: event.data.article, pipeline: event.data.pipeline)
                analysis.article.headline = ""
                (analysis.article.source, analysis.article.published) = (nil, nil)
                // The digest of a text tells whoever has a text whether it was that one.
                analysis.article.sha256 = String(repeating: "0", count: 64)
                event.data = analysis
            }
        default:
            return made(of: message, at: time) { (event: inout CloudEvent<DeadLetter>) in
                event.data.article = nil
                event.data.attempts = []
                event.data.text = "the article was erased"
            }
        }
    }

    private static func made<Payload>(
        of message: StreamMessage, at time: String, _ empty: (inout CloudEvent<Payload>) -> Void
    ) -> [UInt8]? {
        guard var event = try? JSON.decode(CloudEvent<Payload>.self, from: message.body), event.erased == nil else {
            return nil
        }
        empty(&event)
        event.erased = time
        return try? JSON.encode(event)
    }
}

extension Notice {
    /// The `reason` of a withdrawal whose targets were erased: whoever keeps what was made of them is to erase it, too.
    public static let erased = "erased"

    /// Whether it says that its targets were erased.
    public var isErasure: Bool { kind == Kind.withdrawal && reason == Self.erased }
}
