/// A raw message that no analysis came of, and why: the payload of the `dlq` stream.
///
/// `protocols/schemas/dead-letter.json` is its JSON Schema.
public struct DeadLetter: Sendable, Hashable, Codable {
    /// Identifier: `DeadLetter.identifier` of the raw message and the pipeline.
    public var id: String
    /// The class of the last failure.
    public var `class`: FailureClass
    /// The kind of the last failure as a short token such as `worker-gone`.
    public var code: String
    /// What happened last, for a person.
    public var text: String
    /// The article's URI, or nil where the message could not be read.
    public var uri: String?
    /// The article's version, or nil where the message could not be read.
    public var version: String?
    /// Identity of the pipeline that gave up.
    public var pipeline: String
    /// Where the raw message stands, to be fetched again.
    public var raw: RawReference
    /// What was tried, in order; empty where the message was refused before any worker saw it.
    public var attempts: [Attempt]
    /// The identifier of the dead letter that this one follows, where the article was tried again; else nil.
    public var previous: String?
    /// The article, or nil where it could not be read or is too big to be repeated here.
    public var article: Article?

    /// Creates a dead letter.
    public init(
        class: FailureClass, code: String, text: String, uri: String? = nil, version: String? = nil, pipeline: String,
        raw: RawReference, attempts: [Attempt] = [], article: Article? = nil, previous: String? = nil
    ) {
        id = DeadLetter.identifier(of: raw, by: pipeline, after: previous)
        self.class = `class`
        self.code = code
        self.text = text.clipped(to: Limits.textBytes)
        self.uri = uri ?? article?.uri
        self.version = version ?? article?.version
        self.pipeline = pipeline
        self.raw = raw
        self.attempts = attempts
        self.previous = previous
        self.article = article
    }

    /// The identifier of the dead letter of a raw message and a pipeline: 32 hexadecimal digits.
    ///
    /// It is the same wherever the message stands: in a journal that was restored, it may come under another epoch and number.
    /// That of an article that was tried again depends on the `previous` dead letter, so that each has its own.
    public static func identifier(of raw: RawReference, by pipeline: String, after previous: String? = nil) -> String {
        Digest.identifier(
            ["nwp1", "dead-letter", raw.id, pipeline] + (previous.map { [$0] } ?? []))
    }
}

extension DeadLetter {
    /// Where a raw message stands.
    public struct RawReference: Sendable, Hashable, Codable {
        /// Epoch of its stream, or nil where it is not known.
        public var e: String?
        /// Sequence number in its stream.
        public var n: Int64
        /// Its identifier.
        public var id: String
        /// Where its stream is to be had, such as the producer's endpoint.
        public var origin: String

        /// Creates a reference.
        public init(e: String? = nil, n: Int64, id: String, origin: String) {
            self.e = e
            self.n = n
            self.id = id
            self.origin = origin
        }
    }

    /// One attempt that failed.
    public struct Attempt: Sendable, Hashable, Codable {
        /// Its number, from 1 on.
        public var attempt: Int
        /// Who tried, such as `host:4711`.
        public var worker: String
        /// When it began, in RFC 3339.
        public var started: String
        /// When it ended, in RFC 3339.
        public var ended: String
        /// The kind of failure as a short token.
        public var code: String
        /// What happened, for a person.
        public var text: String

        /// Creates an attempt.
        public init(attempt: Int, worker: String, started: String, ended: String, code: String, text: String) {
            self.attempt = attempt
            self.worker = worker
            self.started = started
            self.ended = ended
            self.code = code
            self.text = text.clipped(to: Limits.textBytes)
        }
    }
}
