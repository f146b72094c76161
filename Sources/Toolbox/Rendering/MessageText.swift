import Wire

/// A message of a stream as a person reads it.
enum MessageText {
    /// The view of a message.
    /// - Parameters:
    ///   - message: What to show.
    ///   - least: The check-worthiness from which a claim is shown.
    ///   - layout: What to fit it to.
    /// - Returns: Lines, each closed by a line feed.
    /// - Throws: `WireError` where the body is not what its stream carries.
    static func render(
        _ message: StreamMessage, from least: Double = AnalysisText.least, layout: Layout
    ) throws(WireError) -> String {
        if let text = erased(message, layout) { return text }
        if (try? Topic(message.topic))?.isNotice == true { return try notice(message, layout) }
        return switch StreamName(rawValue: message.position.s) {
        case .raw: try article(message, layout)
        case .deadLetters: try deadLetter(message, layout)
        case .results, nil:
            try analysis(message, from: least, layout)
        }
    }

    /// `2024-05-31 08:15:30Z 42 erased on 2024-06-30 08:15:30Z URI`; nil for a message whose content is there.
    private static func erased(_ message: StreamMessage, _ layout: Layout) -> String? {
        struct Remains: Decodable {
            var erased: String?
            var subject: String?
        }
        guard let remains = try? JSON.decode(Remains.self, from: message.body), let time = remains.erased else {
            return nil
        }
        var text = heading(message)
        text.add("erased on \(Clock.text(time))", .alert)
        text.add(remains.subject ?? "", .faint)
        return text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
            + (message.position.s == "raw" ? "" : "\n")
    }

    /// An analysis; one of a later or an earlier version says so.
    private static func analysis(
        _ message: StreamMessage, from least: Double, _ layout: Layout
    ) throws(WireError) -> String {
        let analysis = try payload(Analysis.self, of: message)
        let text = AnalysisText.render(analysis, time: message.position.ts, from: least, layout: layout)
        let replacement = try? JSON.decode(Replacement.self, from: message.body)
        guard replacement?.supersedes != nil || replacement?.supersededby != nil else { return text }
        var line = StyledText()
        line.add(
            replacement?.supersededby != nil
                ? "version \(analysis.article.version), which a later one had replaced before it came"
                : "version \(analysis.article.version), in place of an earlier one", .alert)
        return line.folded(width: layout.width, isColored: layout.isColored) + text
    }

    /// `2024-05-31 08:15:30Z 42 HEADLINE URI`.
    private static func article(_ message: StreamMessage, _ layout: Layout) throws(WireError) -> String {
        let article = try payload(Article.self, of: message)
        var text = heading(message)
        text.add(article.headline.isEmpty ? "(no headline)" : article.headline, .strong)
        if (try? JSON.decode(Replacement.self, from: message.body))?.supersedes != nil {
            text.add("(version \(article.version))")
        }
        text.add(article.uri, .faint)
        return text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
    }

    /// `2024-05-31 08:15:30Z 42 withdrawn (canceled) URI`.
    private static func notice(_ message: StreamMessage, _ layout: Layout) throws(WireError) -> String {
        let notice = try payload(Notice.self, of: message)
        var text = heading(message)
        switch notice.kind {
        case Notice.Kind.withdrawal:
            text.add("withdrawn", .alert)
            if let reason = notice.reason { text.add("(\(reason))", .strong) }
        case Notice.Kind.duplicate:
            text.add("same text as", .strong)
            text.add("article \(notice.targets.first.map { String($0.n) } ?? "?"):", .strong)
            text.add(notice.headline ?? "(no headline)")
        default: text.add(notice.kind, .strong)
        }
        text.add(notice.uri, .faint)
        return text.folded(width: layout.width, hanging: 2, isColored: layout.isColored)
            + (message.position.s == "raw" ? "" : "\n")
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

    /// What an event says of the version that it replaces.
    private struct Replacement: Decodable {
        var supersedes: String?
        var supersededby: String?
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
