public import Journal
public import Wire
public import ZeroMQ

/// Publishes the streams of a journal: live on an XPUB socket, complete on a control socket.
///
/// A message goes out live only once the journal holds it, and never waits for a slow subscriber: what a subscriber missed,
/// it fetches. The publisher belongs to one thread, which calls `run`; other threads only use a `LoopSignal`.
public struct StreamPublisher: ~Copyable, Sendable {
    /// Bounds and periods of a publisher.
    public struct Settings: Sendable {
        /// Milliseconds between marks.
        public var markPeriod: Int64 = 1_000
        /// Messages queued for one subscriber before newer ones pass it by.
        public var subscriberQueue = 10_000
        /// FETCH requests served at a time, one a connection; further ones are told to slow down.
        public var fetches = 1_000
        /// FETCH requests of one key, or one address without CURVE, served at a time.
        public var fetchesOfOne = 100
        /// Messages queued for one connection that fetches and does not read.
        public var replyQueue = 512
        /// Milliseconds for which FETCH may keep live messages waiting.
        public var fetchTurn: Int64 = 20
        /// Messages read from the journal at a time.
        public var batch = 128
        /// Bytes of bodies read from the journal at a time.
        public var batchBytes = 4 << 20
        /// Milliseconds after which a FETCH whose client gives no credit is forgotten.
        public var fetchPatience: Int64 = 60_000

        /// The settings of the protocol.
        public init() {}
    }

    /// What happened, for logs and counters.
    public enum Report: Sendable {
        /// So many messages of a stream went out live.
        case published(stream: String, count: Int)
        /// So many messages of a stream went out as answers to FETCH.
        case replayed(stream: String, count: Int)
        /// A peer sent something that the protocol forbids.
        case malformed(WireError)
        /// A follower knows a history that the journal does not have beyond `same`: one of the two was set back.
        case otherHistory(stream: String, client: String, same: Int64, through: Int64)
        /// The journal was set back while it was published: it ends at `last` now, and was published up to `sent`.
        case setBack(stream: String, sent: Int64, last: Int64)
        /// The journal failed; the publisher tries again.
        case journal(JournalError)
        /// A mark was due: the publisher lives.
        case turned
        /// The journal has so much of a stream.
        case extent(stream: String, StreamState)
    }

    /// How the service is, for whoever asks by STATUS.
    public struct Status: Sendable {
        /// What it waits for, and what is stuck.
        public var waits, stuck: [String]
        /// Its numbers in Prometheus text format.
        public var metrics: String

        /// Creates a status.
        public init(waits: [String] = [], stuck: [String] = [], metrics: String = "") {
            self.waits = waits
            self.stuck = stuck
            self.metrics = metrics
        }
    }

    struct Stream: Sendable {
        var state: StreamState
        var sent: Int64
        /// Link of the message sent last.
        var link: Link?

        init(_ state: StreamState) {
            self.state = state
            sent = state.last
            link = state.link
        }
    }

    let names: [String]
    let journal: any Journal
    let settings: Settings
    private let server: String
    let report: @Sendable (Report) -> Void
    private let status: @Sendable () -> Status
    var streams: [String: Stream] = [:]
    private var live: LiveSocket
    var control: Socket
    var sessions: [Frame: FetchSession] = [:]
    /// Connections with a FETCH in progress, the one that waited longest first.
    var turns: [Frame] = []
    private var gate: Gate
    private var nextMark: Int64 = 0

    /// Where live messages go out, with the port that was chosen.
    public let publishEndpoint: Endpoint
    /// Where FETCH is answered, with the port that was chosen.
    public let controlEndpoint: Endpoint

    /// Binds the sockets of a publisher.
    ///
    /// - Parameters:
    ///   - names: The streams of the journal to publish.
    ///   - journal: Where they are.
    ///   - publish: Where to send live messages.
    ///   - control: Where to answer FETCH.
    ///   - curve: Keys and allow list of this server, nil for plain sockets.
    ///   - server: Name and version for WELCOME.
    ///   - settings: Bounds and periods.
    ///   - context: The process's ZeroMQ context.
    ///   - status: How the service is.
    ///   - report: Takes what happened, on the publisher's thread.
    /// - Throws: `ZeroMQError` if an endpoint cannot be bound; its description names it.
    public init(
        _ names: [String], of journal: any Journal, publish: Endpoint, control: Endpoint, curve: CurveServer? = nil,
        server: String, settings: Settings = Settings(), in context: Context,
        status: @escaping @Sendable () -> Status = { Status() },
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) throws(ZeroMQError) {
        let live = try LiveSocket(at: publish, queue: settings.subscriberQueue, server: curve, in: context)
        var router = try Socket(.router, in: context)
        try router.applyProtocolDefaults(for: control)
        try router.set(.routerMandatory(true))
        try router.set(.maximumMessageSize(Int64(Limits.requestFrameBytes)))
        try router.set(.receiveHighWaterMark(100))
        try router.set(.sendHighWaterMark(settings.replyQueue))
        if let curve { try router.admitOnly("fetch", of: curve) }
        let controlEndpoint = try router.bind(to: control)
        publishEndpoint = live.endpoint
        self.names = names
        self.journal = journal
        self.settings = settings
        self.server = server
        self.report = report
        self.status = status
        self.live = live
        self.control = router
        gate = Gate(curve, domain: "fetch")
        self.controlEndpoint = controlEndpoint
        open()
    }

    /// Publishes until `signal` asks to stop; blocks.
    ///
    /// Entries that were in the journal before the start are not sent live: a follower sees by the mark that it lacks them.
    /// - Throws: `ZeroMQError` if a socket fails.
    public mutating func run(until signal: LoopSignal) throws(ZeroMQError) {
        var isBusy = false
        while true {
            let now = SteadyClock.milliseconds()
            let wait = isBusy ? 0 : max(0, min(nextMark - now, nextTry(now: now), live.pause ?? .max))
            // The live socket may be a new one.
            var items = [live.pollItem, control.pollItem(.readable), signal.waker.pollItem]
            _ = try poll(&items, timeout: .milliseconds(wait))
            signal.waker.clear()
            let isStopping = signal.isStopping
            open()
            // First, so that nothing goes to whoever lost access.
            try live.takeSubscriptions()
            if gate.hasNewList() { sessions = sessions.filter { gate.admits($0.value.client) } }
            let hasNews = try sendNews()
            try answerRequests()
            isBusy = try serveSessions() || hasNews
            try sendMarks(atOnce: isStopping && !hasNews)
            // Whoever replays goes on with the next publisher.
            if isStopping, !hasNews { return }
        }
    }

    /// Looks up the streams that could not be looked up yet.
    private mutating func open() {
        for name in names where streams[name] == nil {
            do {
                streams[name] = Stream(try journal.state(of: name))
            } catch {
                report(.journal(error))
            }
        }
    }

    /// Sends what the journal has and subscribers have not seen, a batch a stream; whether there may be more.
    private mutating func sendNews() throws(ZeroMQError) -> Bool {
        var mayHaveMore = false
        for name in names {
            guard let sent = streams[name]?.sent else { continue }
            let messages: [StreamMessage]
            do {
                messages = try journal.read(
                    name, from: sent + 1, prefix: "", maxCount: settings.batch, maxBytes: settings.batchBytes)
            } catch {
                report(.journal(error))
                continue
            }
            guard let last = messages.last else { continue }
            for message in messages {
                guard let frames = try? message.frames() else { continue }
                try live.send(frames)
            }
            streams[name]?.sent = last.position.n
            streams[name]?.link = last.position.h
            streams[name]?.state.last = last.position.n
            report(.published(stream: name, count: messages.count))
            mayHaveMore = true
        }
        return mayHaveMore
    }

    private mutating func sendMarks(atOnce: Bool) throws(ZeroMQError) {
        let now = SteadyClock.milliseconds()
        guard now >= nextMark || atOnce else { return }
        nextMark = now + settings.markPeriod
        report(.turned)
        for name in names {
            guard let state = try? journal.state(of: name) else { continue }
            report(.extent(stream: name, state))
            var stream = streams[name] ?? Stream(state)
            if state.last < stream.sent {
                report(.setBack(stream: name, sent: stream.sent, last: state.last))
                stream = Stream(state)
            }
            stream.state = state
            streams[name] = stream
            // No mark tells of a message before it went out live.
            let mark = Mark(
                s: name, e: state.epoch, n: stream.sent, lo: min(state.oldest, stream.sent + 1), ts: Timestamp.now(),
                h: stream.link)
            if let frames = try? mark.frames() { try live.send(frames) }
        }
        sessions = sessions.filter { now - $0.value.touched < settings.fetchPatience }
    }

    private mutating func answerRequests() throws(ZeroMQError) {
        for _ in 0..<256 {
            guard let received = try control.receiveWithPeer(wait: false, maxFrames: Limits.frames + 2) else { return }
            guard let peer = received.frames.first else { continue }
            let frames = Array(received.frames.dropFirst())
            let now = SteadyClock.milliseconds()
            switch gate.admit(frames, on: peer, of: received.peer, now: now, reading: ControlMessage.init(frames:)) {
            case .message(let message):
                switch Result(catching: { () throws(WireError) in
                    try answer(message, of: peer, client: received.peer, now: now)
                }) {
                case .success(let reply):
                    if let reply { try send(reply, request: message.request, to: peer) }
                case .failure(let error):
                    try send(.error(ErrorReply(error)), request: message.request, to: peer)
                }
            case .left(let answer, let fault):
                if let fault { report(.malformed(fault)) }
                if let answer { try send(.error(answer), request: ControlMessage.request(in: frames), to: peer) }
            }
        }
    }

    private mutating func answer(
        _ message: ControlMessage, of peer: Frame, client: PeerInfo, now: Int64
    ) throws(WireError) -> ControlMessage.Command? {
        switch message.command {
        case .hello(let hello):
            let version = try ProtocolVersion.negotiate(min: hello.vmin, max: hello.vmax)
            guard streams.count == names.count else {
                throw WireError(503, "journal", "the journal cannot be read for the moment; ask again later")
            }
            return .welcome(
                ControlMessage.Welcome(
                    v: version, streams: try bounds(for: hello), markMilliseconds: Int(settings.markPeriod),
                    server: server))
        case .fetch(let fetch):
            return try start(fetch, request: message.request, of: peer, client: client, now: now)
        case .credit(let credit):
            guard let session = sessions[peer], session.request == message.request else { return nil }
            // Whatever the peer says, the sum does not overflow.
            let (sum, isTooMuch) = session.credit.addingReportingOverflow(credit)
            sessions[peer]?.credit = isTooMuch ? .max : sum
            sessions[peer]?.touched = now
            return nil
        case .status:
            let status = status()
            return .report(
                .init(server: server, waits: status.waits, stuck: status.stuck), metrics: Array(status.metrics.utf8))
        case .ping: return .pong
        case .bye:
            sessions[peer] = nil
            return nil
        case .pong, .error: return nil
        case .welcome, .item, .end, .gone, .report:
            throw WireError(400, "wrong-direction", "a client sends no such command")
        }
    }

    /// Epoch and extent of each stream, and up to where the client has the same.
    private func bounds(for hello: ControlMessage.Hello) throws(WireError) -> [String: ControlMessage.Bounds] {
        var bounds: [String: ControlMessage.Bounds] = [:]
        for (name, stream) in streams {
            let state = stream.state
            let trail = hello.at?[name]
            var found = ControlMessage.Bounds(e: state.epoch, lo: state.oldest, hi: state.last, j: state.journal)
            // Whoever gives no points is answered also while the journal cannot be read.
            if let trail {
                let links = try links(of: name, at: [state.oldest - 1] + trail.points.map(\.n))
                let same = trail.points.last { links[$0.n] == $0.link }?.n ?? 0
                (found.lh, found.same) = (links[state.oldest - 1], same)
                if let newest = trail.newest?.n, same < newest {
                    report(.otherHistory(stream: name, client: hello.client, same: same, through: newest))
                }
            }
            bounds[name] = found
        }
        return bounds
    }

    /// Links of those of the messages `numbers` whose links the stream has, all of one moment.
    private func links(of stream: String, at numbers: [Int64]) throws(WireError) -> [Int64: Link] {
        do {
            return try journal.links(of: stream, at: numbers)
        } catch {
            report(.journal(error))
            throw WireError(503, "journal", "the journal cannot be read for the moment; ask again later")
        }
    }

    /// Sends a command to a peer; false if its queue is full, and a peer that is gone loses its session.
    @discardableResult
    mutating func send(
        _ command: ControlMessage.Command, request: Frame, to peer: Frame
    ) throws(ZeroMQError) -> Bool {
        guard let frames = try? ControlMessage(request: request, command).frames() else { return true }
        do {
            return try control.send([peer] + frames, wait: false)
        } catch  where error.code == .hostUnreachable {
            sessions[peer] = nil
            return true
        }
    }
}
