import Wire

/// The events of the streams.
enum Events {
    /// What decodes is the same after another round.
    private static func round<Payload: Codable & Equatable & Sendable>(_ type: Payload.Type, _ input: [UInt8]) {
        guard let event = try? JSON.decode(CloudEvent<Payload>.self, from: input) else { return }
        guard let bytes = try? JSON.encode(event) else { return }
        let again = try? JSON.decode(CloudEvent<Payload>.self, from: bytes)
        require(again?.data == event.data, "\(event) is another after another round")
    }

    static let article: Fuzz.Target = { round(Article.self, $0) }
    static let analysis: Fuzz.Target = { round(Analysis.self, $0) }
    static let deadLetter: Fuzz.Target = { round(DeadLetter.self, $0) }
}
