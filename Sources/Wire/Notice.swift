/// What happened to an article that was published before: the payload of a notice, on topics of major version 0.
///
/// `protocols/schemas/notice.json` is its JSON Schema.
public struct Notice: Sendable, Hashable, Codable {
    /// The kinds of notices that this release makes; there may be others, which a reader passes over.
    public enum Kind {
        /// The article was retracted: what was made of its targets is withdrawn.
        public static let withdrawal = "withdrawal"
        /// The article has the text of its target, so nothing is made of it.
        public static let duplicate = "duplicate"
    }

    /// What happened; a value of `Kind`, or a later one.
    public var kind: String
    /// The article's URI.
    public var uri: String
    /// The events of articles that it is about.
    public var targets: [Target]
    /// Why, as a short token such as `canceled`, `gone` or `deleted`.
    public var reason: String?
    /// The headline under which a duplicate came.
    public var headline: String?
    /// The version by which the source took the article back, where it said one.
    public var version: String?

    /// The event of an article.
    public struct Target: Sendable, Hashable, Codable {
        /// Its identifier.
        public var id: String
        /// Its number in `raw`.
        public var n: Int64

        /// Creates a target.
        public init(id: String, n: Int64) {
            self.id = id
            self.n = n
        }
    }

    /// Creates a notice.
    public init(
        kind: String, uri: String, targets: [Target], reason: String? = nil, headline: String? = nil,
        version: String? = nil
    ) {
        self.kind = kind
        self.uri = uri
        self.targets = targets
        self.reason = reason
        self.headline = headline
        self.version = version
    }

    /// The identifier of its event: the same notice has the same one.
    public var identifier: String {
        // Without targets it says only up to which version the article is taken back.
        Digest.identifier(["nwp1", "notice", kind, uri] + (targets.isEmpty ? ["", version ?? ""] : targets.map(\.id)))
    }
}

extension CloudEvent where Payload == Notice {
    /// The event that a notice is published as, on the stream `raw`.
    ///
    /// - Parameters:
    ///   - notice: The notice.
    ///   - source: Who publishes it, as a URI reference.
    ///   - time: When, in RFC 3339.
    public init(of notice: Notice, source: String, time: String) {
        self.init(
            id: notice.identifier, source: source, type: EventType.notice, time: time, subject: notice.uri,
            dataschema: EventSchema.notice, partitionkey: notice.uri, data: notice)
    }

    /// The event that passes a notice on to the readers of a pipeline's results, on the stream `res`.
    ///
    /// - Parameters:
    ///   - raw: The notice's event on `raw`.
    ///   - pipeline: Identity of the pipeline.
    ///   - source: Who publishes it, as a URI reference.
    ///   - time: When, in RFC 3339.
    public init(passing raw: CloudEvent<Notice>, of pipeline: String, source: String, time: String) {
        self.init(
            id: Digest.identifier(["nwp1", "notice", raw.id, pipeline]), source: source, type: EventType.notice,
            time: time, subject: raw.subject, dataschema: EventSchema.notice, partitionkey: raw.partitionkey,
            causationid: raw.id, data: raw.data)
    }
}
