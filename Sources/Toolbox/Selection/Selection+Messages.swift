import Wire

extension Selection {
    /// What of a message of analyses is wanted, nil for nothing.
    ///
    /// Of one that takes another's place, its article remains at least, with `keepsReplacements`: what it replaces would else seem to
    /// stand.
    /// - Throws: `WireError` for a message that is no analysis.
    func apply(to message: StreamMessage, keepsReplacements: Bool = true) throws(WireError) -> StreamMessage? {
        guard !isEverything, try !Topic(message.topic).isNotice else { return message }
        var event = try JSON.decode(CloudEvent<Analysis>.self, from: message.body)
        if let analysis = apply(to: event.data) {
            event.data = analysis
        } else if keepsReplacements, event.supersedes != nil || event.supersededby != nil {
            (event.data.quotes, event.data.claims, event.data.entities) = ([], [], [])
        } else {
            return nil
        }
        var message = message
        message.body = try JSON.encode(event)
        return message
    }

    /// What is asked for in one line, nil for everything: the same for the same.
    var summary: String? {
        guard !isEverything else { return nil }
        func list(_ name: String, _ values: [String]) -> [String] { values.sorted().map { "--\(name) \($0)" } }
        return
            (list("speaker", speakers) + list("source", sources) + list("language", languages)
            + list("kind", kinds.map(\.rawValue)) + list("act", acts.map(\.rawValue))
            + list("min-check-worthiness", [leastWorth?.description].compactMap(\.self))
            + list("min-confidence", [leastConfidence?.description].compactMap(\.self))
            + list("since", [since.map(Timestamp.format)].compactMap(\.self))
            + list("until", [until.map(Timestamp.format)].compactMap(\.self))).joined(separator: " ")
    }
}
