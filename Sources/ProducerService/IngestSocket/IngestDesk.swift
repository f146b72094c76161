import Wire

/// Decides what becomes of the commands of programs that hand over articles: a value without sockets or clocks.
///
/// Each PUT is answered once. A client has at most `credit` of them unanswered, and after one that was not taken for the moment
/// none is taken until it says HELLO, so that its articles keep their order.
struct IngestDesk: Sendable {
    /// Bounds of a desk.
    struct Settings: Sendable {
        /// Clients at a time.
        var clients = 64
        /// PUTs of a client that may be unanswered.
        var credit = 512
        /// Bytes of an article.
        var bytes = Limits.putBytes
        /// Milliseconds of silence after which a client makes room for another.
        var patience: Int64 = 60_000
    }

    /// What is to be done about a command.
    enum Verdict: Sendable, Hashable {
        /// Answer with this.
        case answer(IngestMessage.Command)
        /// Read the article, have it recorded, and answer with what `settled` gives.
        case take
        /// Nothing.
        case ignore
    }

    private struct Client: Sendable {
        var name = ""
        var unanswered = 0
        /// Whether an article was not taken, so that those behind it must not be either.
        var isHeld = false
        var seen: Int64 = 0
    }

    private let settings: Settings
    private let server: String
    private var clients: [Frame: Client] = [:]

    init(server: String, settings: Settings = Settings()) {
        self.server = server
        self.settings = settings
    }

    /// Takes a command from `peer` at `now`, in milliseconds.
    mutating func receive(
        _ command: IngestMessage.Command, from peer: Frame, now: Int64
    ) throws(WireError) -> Verdict {
        switch command {
        case .hello(let hello):
            let version = try ProtocolVersion.negotiate(min: hello.vmin, max: hello.vmax)
            guard admit(peer, now: now) else { return .answer(.error(tooManyClients)) }
            clients[peer]?.name = hello.client
            clients[peer]?.isHeld = false
            return .answer(
                .welcome(
                    IngestMessage.Welcome(
                        v: version, credit: settings.credit, bytes: settings.bytes, server: server)))
        case .put(_, let article):
            guard admit(peer, now: now), var client = clients[peer] else { return .answer(.error(tooManyClients)) }
            guard !client.isHeld else {
                return .answer(
                    .error(
                        ErrorReply(
                            code: 503,
                            text: "an earlier article was not taken: say HELLO, then repeat that and those behind it",
                            retry: true)))
            }
            guard client.unanswered < settings.credit else {
                clients[peer]?.isHeld = true
                return .answer(
                    .error(
                        ErrorReply(
                            code: 429, text: "more than \(settings.credit) articles are unanswered: wait for answers",
                            retry: true)))
            }
            guard article.count <= settings.bytes else {
                return .answer(
                    .error(
                        ErrorReply(
                            code: 413, text: "an article of \(article.count) bytes, more than \(settings.bytes)",
                            retry: false)))
            }
            client.unanswered += 1
            clients[peer] = client
            return .take
        case .ping: return .answer(.pong)
        case .bye:
            clients[peer] = nil
            return .ignore
        case .pong, .error: return .ignore
        case .welcome, .ack: throw WireError(400, "wrong-direction", "a client sends no such command")
        }
    }

    /// Notes that a PUT that was taken is answered with `command`, and holds back those behind one that is to be repeated.
    mutating func settled(_ peer: Frame, with command: IngestMessage.Command) {
        clients[peer]?.unanswered -= 1
        if case .error(let reply) = command, reply.retry == true { clients[peer]?.isHeld = true }
    }

    /// What a client calls itself, for logs.
    func name(of peer: Frame) -> String { clients[peer].map(\.name) ?? "" }

    /// Those who are here.
    var peers: [Frame] { Array(clients.keys) }

    /// Forgets a client that has gone.
    mutating func forget(_ peer: Frame) { clients[peer] = nil }

    private var tooManyClients: ErrorReply {
        ErrorReply(code: 429, text: "\(settings.clients) clients are here; try again later", retry: true)
    }

    /// Makes room for a client, if there is any.
    private mutating func admit(_ peer: Frame, now: Int64) -> Bool {
        if clients[peer] == nil {
            if clients.count >= settings.clients {
                clients = clients.filter { now - $0.value.seen < settings.patience || $0.value.unanswered > 0 }
            }
            guard clients.count < settings.clients else { return false }
            clients[peer] = Client()
        }
        clients[peer]?.seen = now
        return true
    }
}
