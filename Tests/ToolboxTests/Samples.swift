import Wire

/// Articles, analyses and messages to show.
enum Samples {
    /// What a publisher hears of a subscriber to a stream and its notices.
    static func subscriptions(of stream: String) -> Set<[[UInt8]]?> {
        Set(["0", "1"].map { [[1] + Array("\(stream)/\($0)/".utf8)] })
    }

    static let article = Article(
        uri: "urn:test:ferry", headline: "Ferry to reopen in May", language: "en", published: "2024-04-30T06:00:00Z",
        source: "harbour.example", body: "“The ferry is safe,” Ines Duarte said.")

    static let analysis: Analysis = {
        let duarte = Analysis.Entity(id: "e1", name: "Ines Duarte", type: .person, role: "harbour master")
        let crew = Analysis.Entity(id: "e2", name: "most of the crew", type: .group)
        func passage(_ text: String) -> Analysis.Passage { Analysis.Passage(text: text, spans: [Span(0, text.count)]) }
        func quote(
            _ kind: Analysis.QuoteKind, _ text: String, source: String? = nil, _ speaker: Analysis.Entity? = nil
        ) -> Analysis.Quote {
            Analysis.Quote(
                id: "q", kind: kind, content: passage(text), source: source.map(passage),
                speaker: speaker.map { Analysis.Speaker($0) }, confidence: 1)
        }
        func claim(_ worth: Double, _ text: String, _ speaker: Analysis.Entity? = nil) -> Analysis.Claim {
            Analysis.Claim(
                id: "c \(text)", text: text, spans: [Span(0, text.count)],
                claimant: Analysis.Claimant(kind: speaker == nil ? .article : .speaker, name: speaker?.name),
                checkWorthiness: worth)
        }
        return Analysis(
            id: "a", article: Analysis.ArticleReference(to: article),
            pipeline: Analysis.Pipeline(name: "extract-en", version: "1.0.0"), entities: [duarte, crew],
            quotes: [
                quote(.direct, "“The ferry is safe,”", duarte), quote(.indirect, "they would sail at once", crew),
                quote(.mixed, "it was “a close call”", source: "a witness"), quote(.direct, "“Never again.”"),
            ],
            claims: [
                claim(0.25, "the ferry is safe", duarte), claim(0.875, "more than 300 people used it daily"),
                claim(0.25, "it will reopen"), claim(1, "it sank twice", crew),
            ])
    }()

    static let epoch = "00000000000000e1"

    /// A message of a stream.
    static func message(_ n: Int64, _ stream: String, _ body: [UInt8]) -> StreamMessage {
        StreamMessage(
            topic: "\(stream)/1/en/harbour.example/",
            position: Position(s: stream, e: epoch, n: n, p: 0, id: "id-\(n)", ts: "2024-05-01T08:15:30.250Z"),
            body: body)
    }

    static func raw(_ n: Int64, _ article: Article = article) throws -> StreamMessage {
        message(
            n, "raw",
            try JSON.encode(CloudEvent(of: article, source: "urn:test", time: "2024-05-01T08:15:30.250Z")))
    }

    static func results(_ n: Int64, _ analysis: Analysis = analysis) throws -> StreamMessage {
        let cause = CloudEvent(of: article, source: "urn:test", time: "2024-05-01T08:15:30.250Z")
        return message(
            n, "res",
            try JSON.encode(
                CloudEvent(of: analysis, from: cause, source: "urn:test", time: "2024-05-01T08:15:31.000Z")))
    }

    static func deadLetter(_ n: Int64, text: String = "the worker was killed", uri: String? = "urn:test:ferry") throws
        -> StreamMessage
    {
        let letter = DeadLetter(
            class: .fatal, code: "worker-gone", text: text, uri: uri, pipeline: "extract-en/1.0.0",
            raw: DeadLetter.RawReference(n: 7, id: "id-7", origin: "tcp://127.0.0.1:5556"))
        return message(
            n, "dlq",
            try JSON.encode(CloudEvent(of: letter, source: "urn:test", time: "2024-05-01T08:15:31.000Z")))
    }
}
