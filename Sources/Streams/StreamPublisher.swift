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
        /// FETCH requests served at a time, one a peer; further ones are told to slow down.
        public var fetches = 1_000
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
        /// The journal failed; the publisher tries again.
        case journal(JournalError)
    }

    private struct Stream {
        var state: StreamState
        var sent: Int64
    }

    private let names: [String]
    private let journal: any Journal
    private let settings: Settings
    private let server: String
    private let report: @Sendable (Report) -> Void
    private var streams: [String: Stream] = [:]
    private var live: Socket
    private var control: Socket
    private var sessions: [Frame: FetchSession] = [:]
    private var penalties = Penalties()
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
    ///   - keys: CURVE keys of this server, nil for plain sockets.
    ///   - server: Name and version for WELCOME.
    ///   - settings: Bounds and periods.
    ///   - context: The process's ZeroMQ context.
    ///   - report: Takes what happened, on the publisher's thread.
    /// - Throws: `ZeroMQError` if an endpoint cannot be bound; its description names it.
    public init(
        _ names: [String], of journal: any Journal, publish: Endpoint, control: Endpoint, keys: CurveKeys? = nil,
        server: String, settings: Settings = Settings(), in context: Context,
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) throws(ZeroMQError) {
        var live = try Socket(.xpub, in: context)
        try live.applyProtocolDefaults(for: publish)
        try live.set(.linger(.seconds(1)))
        try live.set(.sendHighWaterMark(settings.subscriberQueue))
        var router = try Socket(.router, in: context)
        try router.applyProtocolDefaults(for: control)
        try router.set(.routerMandatory(true))
        if let keys {
            try live.set(.curveServer(keys))
            try live.set(.zapDomain("sub"))
            try router.set(.curveServer(keys))
            try router.set(.zapDomain("fetch"))
        }
        let publishEndpoint = try live.bind(to: publish)
        let controlEndpoint = try router.bind(to: control)
        self.names = names
        self.journal = journal
        self.settings = settings
        self.server = server
        self.report = report
        self.live = live
        self.control = router
        self.publishEndpoint = publishEndpoint
        self.controlEndpoint = controlEndpoint
        open()
    }

    /// Publishes until `signal` asks to stop; blocks.
    ///
    /// Entries that were in the journal before the start are not sent live: a follower sees by the mark that it lacks them.
    /// - Throws: `ZeroMQError` if a socket fails.
    public mutating func run(until signal: LoopSignal) throws(ZeroMQError) {
        var items = [live.pollItem(.readable), control.pollItem(.readable), signal.waker.pollItem]
        var isBusy = false
        while true {
            let now = SteadyClock.milliseconds()
            let wait = isBusy ? 0 : max(0, min(nextMark - now, settings.markPeriod))
            _ = try poll(&items, timeout: .milliseconds(wait))
            signal.waker.clear()
            let isStopping = signal.isStopping
            open()
            let hasNews = try sendNews()
            try drainSubscriptions()
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
                let state = try journal.state(of: name)
                streams[name] = Stream(state: state, sent: state.last)
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
                try live.send(frames, wait: false)
            }
            streams[name]?.sent = last.position.n
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
        for name in names {
            guard let state = try? journal.state(of: name) else { continue }
            streams[name]?.state = state
            // No mark tells of a message before it went out live.
            let sent = streams[name]?.sent ?? state.last
            let mark = Mark(s: name, e: state.epoch, n: sent, lo: min(state.oldest, sent + 1), ts: Timestamp.now())
            if let frames = try? mark.frames() { try live.send(frames, wait: false) }
        }
        sessions = sessions.filter { now - $0.value.touched < settings.fetchPatience }
    }

    /// XPUB hands up subscriptions, which say nothing here but must not pile up.
    private mutating func drainSubscriptions() throws(ZeroMQError) {
        for _ in 0..<1_000 {
            guard try live.receive(wait: false, maxFrames: 1) != nil else { return }
        }
    }

    private mutating func answerRequests() throws(ZeroMQError) {
        for _ in 0..<256 {
            guard var frames = try control.receive(wait: false, maxFrames: Limits.frames + 2) else { return }
            guard !frames.isEmpty else { continue }
            let peer = frames.removeFirst()
            let now = SteadyClock.milliseconds()
            if penalties.isMuted(peer, now: now) { continue }
            switch Result(catching: { () throws(WireError) in try ControlMessage(frames: frames) }) {
            case .success(let message):
                switch Result(catching: { () throws(WireError) in try answer(message, of: peer, now: now) }) {
                case .success(let reply):
                    if let reply { try send(reply, request: message.request, to: peer) }
                case .failure(let error):
                    try send(.error(ErrorReply(error)), request: message.request, to: peer)
                }
            case .failure(let error):
                report(.malformed(error))
                // A command of a later protocol is no offence.
                let mayAnswer = error.code == 501 || penalties.note(peer, now: now)
                let request = ControlMessage.request(in: frames)
                if mayAnswer { try send(.error(ErrorReply(error)), request: request, to: peer) }
            }
        }
    }

    private mutating func answer(
        _ message: ControlMessage, of peer: Frame, now: Int64
    ) throws(WireError) -> ControlMessage.Command? {
        switch message.command {
        case .hello(let hello):
            let version = try ProtocolVersion.negotiate(min: hello.vmin, max: hello.vmax)
            guard streams.count == names.count else {
                throw WireError(503, "journal", "the journal cannot be read for the moment; ask again later")
            }
            return .welcome(
                ControlMessage.Welcome(
                    v: version, streams: bounds(), markMilliseconds: Int(settings.markPeriod), server: server))
        case .fetch(let fetch):
            return try start(fetch, request: message.request, of: peer, now: now)
        case .credit(let credit):
            guard let session = sessions[peer], session.request == message.request else { return nil }
            // Whatever the peer says, the sum does not overflow.
            let (sum, isTooMuch) = session.credit.addingReportingOverflow(credit)
            sessions[peer]?.credit = isTooMuch ? .max : sum
            sessions[peer]?.touched = now
            return nil
        case .ping: return .pong
        case .bye:
            sessions[peer] = nil
            return nil
        case .pong, .error: return nil
        case .welcome, .item, .end, .gone:
            throw WireError(400, "wrong-direction", "a client sends no such command")
        }
    }

    private func bounds() -> [String: ControlMessage.Bounds] {
        streams.mapValues { ControlMessage.Bounds(e: $0.state.epoch, lo: $0.state.oldest, hi: $0.state.last) }
    }

    private mutating func start(
        _ fetch: ControlMessage.Fetch, request: Frame, of peer: Frame, now: Int64
    ) throws(WireError) -> ControlMessage.Command? {
        guard let state = streams[fetch.s]?.state else {
            let known = names.joined(separator: ", ")
            throw WireError(404, "no-stream", "there is no stream \"\(fetch.s)\" here, only: \(known)")
        }
        guard fetch.e == nil || fetch.e == state.epoch else {
            throw WireError(409, "epoch", "the epoch of \"\(fetch.s)\" is \(state.epoch)")
        }
        guard fetch.from >= state.oldest else { return .gone(ControlMessage.Gone(e: state.epoch, lo: state.oldest)) }
        guard sessions[peer] != nil || sessions.count < settings.fetches else {
            throw WireError(429, "fetches", "\(settings.fetches) requests are being served; ask again later")
        }
        sessions[peer] = FetchSession(
            peer: peer, request: request, stream: fetch.s, prefix: fetch.prefix ?? "",
            through: min(fetch.to ?? .max, state.last), next: fetch.from, credit: fetch.credit, bytes: fetch.bytes,
            touched: now)
        return nil
    }

    /// Sends each FETCH in progress its next batch; whether any of them can go on at once.
    private mutating func serveSessions() throws(ZeroMQError) -> Bool {
        var canGoOn = false
        for (peer, session) in sessions {
            canGoOn = try serve(session, of: peer) || canGoOn
        }
        return canGoOn
    }

    private mutating func serve(_ old: FetchSession, of peer: Frame) throws(ZeroMQError) -> Bool {
        var session = old
        if session.isComplete { return try finish(session) }
        guard session.credit > 0 else { return false }
        let messages: [StreamMessage]
        let state: StreamState
        do {
            let count = min(settings.batch, session.credit)
            messages = try journal.read(
                session.stream, from: session.next, prefix: session.prefix, maxCount: count,
                maxBytes: min(settings.batchBytes, session.bytes))
            // Asked after reading: what is still kept now was there to be read.
            state = try journal.state(of: session.stream)
        } catch {
            report(.journal(error))
            sessions[peer] = nil
            try send(.error(ErrorReply(code: 503, text: error.message)), request: session.request, to: peer)
            return false
        }
        if session.next < state.oldest {
            streams[session.stream]?.state = state
            let gone = ControlMessage.Gone(e: state.epoch, lo: state.oldest)
            if try send(.gone(gone), request: session.request, to: peer) { sessions[peer] = nil }
            return false
        }
        var sent = 0
        for message in messages where message.position.n <= session.through {
            guard try send(.item(message), request: session.request, to: peer) else { break }
            sent += 1
            session.next = message.position.n + 1
            session.credit -= 1
            session.bytes -= message.body.count
        }
        if sent > 0 {
            report(.replayed(stream: session.stream, count: sent))
            session.touched = SteadyClock.milliseconds()
        }
        // Nothing left that matches the prefix: all up to the end was looked at.
        if messages.allSatisfy({ $0.position.n > session.through }) { session.next = session.through + 1 }
        guard sessions[peer] != nil else { return false }
        sessions[peer] = session
        if session.isComplete { return try finish(session) }
        return sent > 0 && session.credit > 0
    }

    private mutating func finish(_ session: FetchSession) throws(ZeroMQError) -> Bool {
        let state = streams[session.stream]?.state
        let end = ControlMessage.End(e: state?.epoch ?? "", next: session.next, hi: state?.last ?? 0)
        if try send(.end(end), request: session.request, to: session.peer) { sessions[session.peer] = nil }
        return false
    }

    /// Sends a command to a peer; false if its queue is full, and a peer that is gone loses its session.
    @discardableResult
    private mutating func send(
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
