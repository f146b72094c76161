/// An event in the structured JSON of CloudEvents 1.0: the third frame of every message.
public struct CloudEvent<Payload: Codable & Sendable>: Sendable, Encodable {
    /// Version of the specification; `1.0`.
    public var specversion: String
    /// Unique identifier, equal to the position's `id`.
    public var id: String
    /// Who made the event, as a URI reference.
    public var source: String
    /// What happened; see `EventType`.
    public var type: String
    /// When it happened, in RFC 3339.
    public var time: String
    /// What it is about: the article's URI.
    public var subject: String?
    /// Media type of `data`; `application/json`.
    public var datacontenttype: String
    /// JSON Schema of `data`.
    public var dataschema: String?
    /// Extension "partitioning": events with the same key stay in order; the article's URI.
    public var partitionkey: String?
    /// Extension "distributed tracing": a W3C trace parent.
    public var traceparent: String?
    /// Identifier of the event that caused this one: for a result, the raw message's id.
    public var causationid: String?
    /// Of an analysis: the number of the article's message on the stream `raw` that it was read from, in decimal digits.
    public var causationnumber: String?
    /// Of an article: the `id` of the event of the version that it replaces; of what was made of it, the same.
    public var supersedes: String?
    /// Of an article that came late: the `id` of the event of the version that replaces it.
    public var supersededby: String?
    /// When the content was erased, in RFC 3339; nil where it is there.
    public var erased: String?
    /// The payload.
    public var data: Payload

    /// Creates an event.
    public init(
        id: String, source: String, type: String, time: String, subject: String? = nil, dataschema: String? = nil,
        partitionkey: String? = nil, traceparent: String? = nil, causationid: String? = nil, data: Payload
    ) {
        specversion = "1.0"
        datacontenttype = "application/json"
        self.id = id
        self.source = source
        self.type = type
        self.time = time
        self.subject = subject
        self.dataschema = dataschema
        self.partitionkey = partitionkey
        self.traceparent = traceparent
        self.causationid = causationid
        self.data = data
    }
}

/// The `type` attribute of the events that the services publish.
public enum EventType {
    /// An article, on the stream `raw`.
    public static let article = "org.onrecord.article.v1"
    /// An analysis, on the stream `res`.
    public static let analysis = "org.onrecord.analysis.v1"
    /// A dead letter, on the stream `dlq`.
    public static let deadLetter = "org.onrecord.deadletter.v1"
    /// A notice, on topics of major version 0.
    public static let notice = "org.onrecord.notice.v1"
}
