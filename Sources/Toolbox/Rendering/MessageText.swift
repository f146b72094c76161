import Wire

/// A message of a stream as a person reads it.
enum MessageText {
    /// The view of a message.
    /// - Parameters:
    ///   - message: What to show.
    ///   - layout: What to fit it to.
    /// - Returns: Lines, each closed by a line feed.
    /// - Throws: `WireError` where the body is not what its stream carries.
    static func render(_ message: StreamMessage, layout: Layout) throws(WireError) -> String {
        switch StreamName(rawValue: message.position.s) {
        case .raw: try article(message, layout)
        case .deadLetters: try deadLetter(message, layout)
        case .results, nil:
            AnalysisText.render(
                try payload(Analysis.self, of: message), time: message.position.ts, layout: layout)
        }
    }

    /// `2024-05-31 08:15:30Z 42 HEADLINE URI`.
    private static func article(_ message: StreamMessage, _ layout: Layout) throws(WireError) -> String {
        let article = try payload(Article.self, of: message)
        var text = heading(message)
        text.add(article.headline.isEmpty ? "(no headline)" : article.headline, .strong)
        text.add(article.uri, .faint)
        return text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
    }

    /// `2024-05-31 08:15:30Z 42 fatal worker-gone: REASON URI`.
    private static func deadLetter(_ message: StreamMessage, _ layout: Layout) throws(WireError) -> String {
        let letter = try payload(DeadLetter.self, of: message)
        var text = heading(message)
        text.add(letter.class.rawValue, .alert)
        text.add(letter.code, .strong)
        text.attach(":")
        text.add(letter.text)
        text.add(letter.uri ?? "(no article could be read)", .faint)
        return text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
    }

    private static func heading(_ message: StreamMessage) -> StyledText {
        var text = StyledText()
        text.add(Clock.text(message.position.ts), .faint)
        text.add(String(message.position.n), .faint)
        return text
    }

    private static func payload<Payload: Codable & Sendable>(
        _ type: Payload.Type, of message: StreamMessage
    ) throws(WireError) -> Payload {
        try JSON.decode(CloudEvent<Payload>.self, from: message.body).data
    }
}
