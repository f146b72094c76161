/// A message between a stream's server and whoever replays it: `"NWP1" | CMD | REQ | ARGS | payload…`.
///
/// The frames are those that a DEALER sends and receives; the routing identity that a ROUTER adds is not part of them.
public struct ControlMessage: Sendable, Hashable {
    /// Identifier that the client chose for its request, at most `Limits.requestBytes`; the answers carry it too.
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
        /// Client: opens the conversation.
        case hello(Hello)
        /// Server: answers `hello`.
        case welcome(Welcome)
        /// Client: asks for a stretch of a stream.
        case fetch(Fetch)
        /// Client: allows so many more items for the request.
        case credit(Int)
        /// Server: one message of the stretch, as it was sent live.
        case item(StreamMessage)
        /// Server: the request is complete, or its bytes are used up.
        case end(End)
        /// Server: the stretch begins past retention; fetch again from what is still kept.
        case gone(Gone)
        /// Client: asks how the server is.
        case status
        /// Server: says how it is, with its numbers in Prometheus text format.
        case report(Report, metrics: [UInt8])
        /// Either: asks for a sign of life.
        case ping
        /// Either: gives one.
        case pong
        /// Either: ends the conversation.
        case bye
        /// Either: says what was wrong with the request.
        case error(ErrorReply)
    }
}

extension ControlMessage {
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
        case .welcome(let welcome): try frames("WELCOME", welcome)
        case .fetch(let fetch): try frames("FETCH", try fetch.checked())
        case .credit(let n): try frames("CREDIT", CreditArguments(n: n))
        case .item(let message): try frames("ITEM", NoArguments(), try message.frames())
        case .end(let end): try frames("END", try end.checked())
        case .gone(let gone): try frames("GONE", try gone.checked())
        case .status: try frames("STATUS", NoArguments())
        case .report(let report, let metrics): try frames("REPORT", report, [metrics])
        case .ping: try frames("PING", NoArguments())
        case .pong: try frames("PONG", NoArguments())
        case .bye: try frames("BYE", NoArguments())
        case .error(let reply): try frames("ERR", reply)
        }
    }

    /// The request identifier of a message that may be malformed, so that an error can still be answered to it.
    public static func request(in frames: [Frame]) -> [UInt8] {
        frames.count > 2 && frames[2].count <= Limits.requestBytes ? frames[2] : []
    }
}

extension ControlMessage.Command {
    init(_ envelope: Envelope) throws(WireError) {
        switch envelope.command {
        case "HELLO": self = .hello(try envelope.decode(ControlMessage.Hello.self))
        case "WELCOME": self = .welcome(try envelope.decode(ControlMessage.Welcome.self))
        case "FETCH": self = .fetch(try envelope.decode(ControlMessage.Fetch.self).checked())
        case "CREDIT": self = .credit(try envelope.decode(CreditArguments.self).checked())
        case "ITEM":
            try envelope.expectObject()
            self = .item(try StreamMessage(frames: envelope.payload))
        case "END": self = .end(try envelope.decode(ControlMessage.End.self).checked())
        case "GONE": self = .gone(try envelope.decode(ControlMessage.Gone.self).checked())
        case "STATUS":
            try envelope.expectObject()
            self = .status
        case "REPORT":
            guard let metrics = envelope.payload.first else {
                throw WireError(400, "frame-count", "REPORT without its numbers")
            }
            self = .report(try envelope.decode(ControlMessage.Report.self), metrics: metrics)
        case "PING", "PONG", "BYE":
            try envelope.expectObject()
            self = envelope.command == "PING" ? .ping : envelope.command == "PONG" ? .pong : .bye
        case "ERR": self = .error(try envelope.decode(ErrorReply.self))
        default: throw WireError(501, "unknown-command", "no control command has this name")
        }
    }
}
