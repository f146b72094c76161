extension CloudEvent where Payload == Article {
    /// The event that an article is published as, on the stream `raw`.
    ///
    /// - Parameters:
    ///   - article: The article.
    ///   - id: Its identifier where that is known already; otherwise that of the article with its version.
    ///   - source: Who publishes it, as a URI reference.
    ///   - time: When, in RFC 3339.
    ///   - traceparent: The trace that it belongs to, or nil for one of its own.
    public init(of article: Article, id: String? = nil, source: String, time: String, traceparent: String? = nil) {
        let id = id ?? article.identifier()
        self.init(
            id: id, source: source, type: EventType.article, time: time, subject: article.uri,
            dataschema: EventSchema.article, partitionkey: article.uri,
            traceparent: traceparent ?? "00-\(id)-\(id.prefix(16))-01", data: article)
    }
}

extension CloudEvent where Payload == Analysis {
    /// The event that an analysis is published as, on the stream `res`.
    ///
    /// - Parameters:
    ///   - analysis: The analysis.
    ///   - raw: The event of the article.
    ///   - n: The number of the article's message, nil where it is none.
    ///   - source: Who publishes it, as a URI reference.
    ///   - time: When, in RFC 3339.
    public init(
        of analysis: Analysis, from raw: CloudEvent<Article>, n: Int64? = nil, source: String, time: String
    ) {
        self.init(
            id: analysis.id, source: source, type: EventType.analysis, time: time, subject: analysis.article.uri,
            dataschema: EventSchema.analysis, partitionkey: analysis.article.uri, traceparent: raw.traceparent,
            causationid: raw.id, data: analysis)
        causationnumber = n.map { String($0) }
        supersedes = raw.supersedes
        supersededby = raw.supersededby
    }
}

extension CloudEvent where Payload == DeadLetter {
    /// The event that a dead letter is published as, on the stream `dlq`.
    ///
    /// - Parameters:
    ///   - letter: The dead letter.
    ///   - traceparent: The trace of the article's event, or nil.
    ///   - source: Who publishes it, as a URI reference.
    ///   - time: When, in RFC 3339.
    public init(of letter: DeadLetter, traceparent: String? = nil, source: String, time: String) {
        self.init(
            id: letter.id, source: source, type: EventType.deadLetter, time: time, subject: letter.uri,
            dataschema: EventSchema.deadLetter, partitionkey: letter.uri, traceparent: traceparent,
            causationid: letter.raw.id, data: letter)
    }

    /// The event as the body of a message: without the article where it would be too big with it.
    ///
    /// - Throws: An error of `JSON.encode`.
    public func body() throws(WireError) -> [UInt8] {
        let bytes = try JSON.encode(self)
        guard bytes.count > Limits.bodyBytes else { return bytes }
        var smaller = self
        smaller.data.article = nil
        return try JSON.encode(smaller)
    }
}

/// The `dataschema` attribute of the events that the services publish: the `$id` of a file in `protocols/schemas`.
public enum EventSchema {
    /// Of an article.
    public static let article = "https://onrecord.example/schemas/1/article.json"
    /// Of an analysis.
    public static let analysis = "https://onrecord.example/schemas/1/analysis.json"
    /// Of a dead letter.
    public static let deadLetter = "https://onrecord.example/schemas/1/dead-letter.json"
    /// Of a notice.
    public static let notice = "https://onrecord.example/schemas/1/notice.json"
}
