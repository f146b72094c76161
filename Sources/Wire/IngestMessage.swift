/// A message between a producer's ingest socket and a program that hands it articles: `"NWP1" | CMD | REQ | ARGS | article`.
///
/// The frames are those that a DEALER sends and receives; the routing identity that a ROUTER adds is not part of them.
public struct IngestMessage: Sendable, Hashable {
    /// Identifier that the client chose for its request, at most `Limits.requestBytes`; the answer carries it too.
    public var request: [UInt8]
    /// What is asked or answered.
    public var command: Command

    /// Creates a message.
    public init(request: [UInt8] = [], _ command: Command) {
        self.request = request
        self.command = command
    }

    /// What is asked or answered.
    public enum Command: Sendable, Hashable {
        /// Client: opens the conversation, or goes on after a refusal that does not last.
        case hello(ControlMessage.Hello)
        /// Server: answers `hello`.
        case welcome(Welcome)
        /// Client: an article to be published, in JSON.
        case put(Put, article: [UInt8])
        /// Server: the article is durable.
        case ack(Ack)
        /// Either: asks for a sign of life.
        case ping
        /// Either: gives one.
        case pong
        /// Either: ends the conversation.
        case bye
        /// Either: says what was wrong with the request.
        case error(ErrorReply)
    }

    /// The arguments of `WELCOME`.
    public struct Welcome: Sendable, Hashable, Codable {
        /// Version of NWP that is spoken from now on.
        public var v: Int
        /// PUTs that may be unanswered at a time.
        public var credit: Int
        /// Bytes of an article at most.
        public var bytes: Int
        /// Who the server is, for logs.
        public var server: String

        /// Creates the arguments.
        public init(v: Int = ProtocolVersion.newest, credit: Int, bytes: Int, server: String) {
            self.v = v
            self.credit = credit
            self.bytes = bytes
            self.server = server
        }

        func checked() throws(WireError) -> Welcome {
            guard credit >= 1, bytes >= 1 else {
                throw WireError(400, "bad-args", "WELCOME wants credit and bytes of at least 1")
            }
            return self
        }
    }

    /// The arguments of `PUT`.
    public struct Put: Sendable, Hashable, Codable {
        /// The W3C trace that the article belongs to, or nil.
        public var traceparent: String?

        /// Creates the arguments.
        public init(traceparent: String? = nil) {
            self.traceparent = traceparent
        }
    }

    /// The arguments of `ACK`.
    public struct Ack: Sendable, Hashable, Codable {
        /// Identifier of the article's event.
        public var id: String
        /// Epoch of the stream `raw`, where the article has a new place there.
        public var e: String?
        /// Its number there, where it is new.
        public var n: Int64?
        /// Whether it was there before; nil stands for false.
        public var known: Bool?
        /// What was left out of it, for a person; at most ten.
        public var remarks: [String]?

        /// Creates the arguments for an article at `position`, or, where that is nil, one that was known.
        public init(id: String, at position: Position?, remarks: [String] = []) {
            self.id = id
            e = position?.e
            n = position?.n
            known = position == nil ? true : nil
            self.remarks = remarks.isEmpty ? nil : remarks.prefix(10).map { $0.clipped(to: 400) }
        }
    }
}

extension IngestMessage {
    /// Reads a message.
    ///
    /// - Throws: `unknown-command` (501, which is not fatal) or what is malformed.
    public init(frames: [Frame]) throws(WireError) {
        let envelope = try Envelope(frames, tagLimit: Limits.requestBytes)
        self.init(request: envelope.tag, try Command(envelope))
    }

    /// The message as frames.
    ///
    /// - Throws: `too-big` or what else the peer would refuse.
    public func frames() throws(WireError) -> [Frame] {
        let frames = Envelope.Writer(tag: request, limit: Limits.requestBytes)
        return switch command {
        case .hello(let hello): try frames("HELLO", hello)
        case .welcome(let welcome): try frames("WELCOME", try welcome.checked())
        case .put(let put, let article): try frames("PUT", put, [article])
        case .ack(let ack): try frames("ACK", ack)
        case .ping: try frames("PING", NoArguments())
        case .pong: try frames("PONG", NoArguments())
        case .bye: try frames("BYE", NoArguments())
        case .error(let reply): try frames("ERR", reply)
        }
    }
}

extension IngestMessage.Command {
    init(_ envelope: Envelope) throws(WireError) {
        switch envelope.command {
        case "HELLO": self = .hello(try envelope.decode(ControlMessage.Hello.self))
        case "WELCOME": self = .welcome(try envelope.decode(IngestMessage.Welcome.self).checked())
        case "PUT":
            guard let article = envelope.payload.first else {
                throw WireError(400, "frame-count", "PUT without an article in its fifth frame")
            }
            guard !article.isEmpty else { throw WireError(400, "empty-body", "PUT with an empty article") }
            self = .put(try envelope.decode(IngestMessage.Put.self), article: article)
        case "ACK": self = .ack(try envelope.decode(IngestMessage.Ack.self))
        case "PING", "PONG", "BYE":
            try envelope.expectObject()
            self = envelope.command == "PING" ? .ping : envelope.command == "PONG" ? .pong : .bye
        case "ERR": self = .error(try envelope.decode(ErrorReply.self))
        default: throw WireError(501, "unknown-command", "no ingest command has this name")
        }
    }
}
