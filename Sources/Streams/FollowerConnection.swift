public import Wire
public import ZeroMQ

/// A `StreamFollower` with its sockets: a SUB socket for what is live and a DEALER for what was missed.
///
/// It belongs to one thread, which polls `pollItems` and calls `pump` when one is ready or `pump` is due.
public struct FollowerConnection: ~Copyable {
    /// Where a stream is published and served.
    public struct Address: Sendable, Hashable {
        /// The endpoint of the live messages.
        public var publish: Endpoint
        /// The endpoint of the control socket.
        public var control: Endpoint
        /// Public key of the server in Z85, nil for an endpoint without CURVE.
        public var serverKey: String?

        /// Creates an address.
        public init(publish: Endpoint, control: Endpoint, serverKey: String? = nil) {
            self.publish = publish
            self.control = control
            self.serverKey = serverKey
        }
    }

    /// What the owner of a connection has to deal with.
    public enum Output: Sendable {
        /// The next message of the stream.
        case message(StreamMessage)
        /// The next message of the stream, without its body: it cannot be read, and is passed over.
        case unreadable(StreamMessage, WireError)
        /// The stream was met; its account starts at `cursor`.
        case begin(StreamFollower.Identity, cursor: Int64)
        /// The stream's journal was set back: what was taken beyond `to`, up to `from`, is not what it has there now. Where
        /// they are equal, only its epoch is new. Nothing more comes before `resume`.
        case setBack(StreamFollower.Identity, from: Int64, to: Int64)
        /// These messages are gone for ever.
        case lost(from: Int64, through: Int64)
        /// A frame that is no message of the protocol came in from there.
        case malformed(WireError, from: Endpoint)
        /// The server does not give message `n`, though it has later ones: it is asked again and again.
        case stuck(at: Int64, why: String)
        /// No answer: the control connection, which stood so, is being made anew.
        case reconnecting(LineState)
        /// Following ended for good.
        case failed(FollowerError)
    }

    private enum Channel {
        case live
        case control
    }

    /// The state machine.
    public private(set) var follower: StreamFollower

    /// Live notices of the last `pump` whose turn has not come.
    package private(set) var overheard: [StreamMessage] = []

    private let context: Context
    private let address: Address
    private let keys: CurveKeys?
    private let client: String
    private var subscriber: Socket
    private var control: Socket
    private var watch: LineWatch?
    private var request: UInt64 = 0
    private var pumped: Int64?

    /// Milliseconds since the server last gave a sign, of those in which this looked; its marks come every second.
    public private(set) var silence: Int64 = 0

    /// Opens the sockets; nothing is sent before the first `pump`.
    ///
    /// - Parameters:
    ///   - follower: What was followed so far.
    ///   - address: Where the stream is.
    ///   - keys: This client's CURVE keys, needed where the address has a server key.
    ///   - client: A name for the server's log.
    ///   - context: The process's ZeroMQ context.
    /// - Throws: `ZeroMQError` if a socket cannot be made or connected.
    public init(
        _ follower: StreamFollower, at address: Address, keys: CurveKeys? = nil, client: String, in context: Context
    ) throws(ZeroMQError) {
        var subscriber = try Socket(.sub, in: context)
        try Self.configure(&subscriber, for: address.publish, of: address, keys: keys)
        try subscriber.set(.receiveHighWaterMark(10_000))
        try subscriber.subscribe(to: Topic.prefix(of: follower.stream))
        try subscriber.subscribe(to: Topic.notices(of: follower.stream))
        try subscriber.subscribe(to: Topic.mark(of: follower.stream).text)
        try subscriber.connect(to: address.publish)
        var line: LineWatch?
        let control = try Self.dial(address, keys: keys, watchedBy: &line, in: context)
        watch = line
        self.follower = follower
        self.address = address
        self.keys = keys
        self.client = client
        self.context = context
        self.subscriber = subscriber
        self.control = control
    }

    /// How the control connection stands.
    public var line: LineState { watch?.state ?? .up }

    /// What to poll for: the SUB socket and the control socket, in this order.
    public var pollItems: [PollItem] { [subscriber.pollItem(.readable), control.pollItem(.readable)] }

    /// Takes in at most `budget` messages of each socket, and does what the follower wants done.
    ///
    /// - Parameters:
    ///   - now: Milliseconds of the owner's steady clock.
    ///   - budget: The most messages taken from each socket.
    /// - Returns: What came of it, in order.
    /// - Throws: `ZeroMQError` if a socket fails.
    public mutating func pump(now: Int64, budget: Int = 512) throws(ZeroMQError) -> [Output] {
        var outputs: [Output] = []
        overheard = []
        // Whoever did not look for long, or was stopped, has heard nothing in that time.
        if let pumped { silence += min(now - pumped, 1_000) } else { try feed(.connected, now: now, into: &outputs) }
        pumped = now
        watch?.look()
        for _ in 0..<budget {
            guard let frames = try control.receive(wait: false, maxFrames: Limits.frames + 1) else { break }
            try take(frames, from: .control, now: now, into: &outputs)
        }
        for _ in 0..<budget {
            guard let frames = try subscriber.receive(wait: false, maxFrames: Limits.frames + 1) else { break }
            try take(frames, from: .live, now: now, into: &outputs)
        }
        try feed(.tick, now: now, into: &outputs)
        return outputs
    }

    /// Tells the follower that its owner is full; live messages are left to a later FETCH from then on.
    public mutating func pause(now: Int64) { _ = follower.receive(.pause, now: now) }

    /// Tells the follower that its owner can take messages again.
    ///
    /// - Parameter now: Milliseconds of the owner's steady clock.
    /// - Returns: What came of it, in order.
    /// - Throws: `ZeroMQError` if a socket fails.
    public mutating func resume(now: Int64) throws(ZeroMQError) -> [Output] {
        var outputs: [Output] = []
        try feed(.resume, now: now, into: &outputs)
        return outputs
    }

    private func news(_ frames: [Frame]) throws(WireError) -> StreamFollower.Event? {
        if frames.first == Array(Topic.mark(of: follower.stream).text.utf8) { return .mark(try Mark(frames: frames)) }
        return .live(try StreamMessage(frames: frames))
    }

    private func answer(_ frames: [Frame]) throws(WireError) -> StreamFollower.Event? {
        let message: ControlMessage
        do throws(WireError) { message = try ControlMessage(frames: frames) } catch {
            guard ControlMessage.request(in: frames) == requestID,
                let item = UnreadableItem(frames: frames, error: error)
            else { throw error }
            return .unreadable(item)
        }
        // An answer to a request that was given up says nothing any more.
        guard message.request == requestID || message.request.isEmpty else { return nil }
        switch message.command {
        case .welcome(let welcome): return .welcome(welcome.streams[follower.stream])
        case .item(let item): return .item(item)
        case .end(let end): return .end(end)
        case .gone(let gone): return .gone(gone)
        case .error(let error): return .refused(code: error.code, text: error.text)
        case .hello, .fetch, .credit, .status, .report, .ping, .pong, .bye: return nil
        }
    }

    private mutating func take(
        _ frames: [Frame], from channel: Channel, now: Int64, into outputs: inout [Output]
    ) throws(ZeroMQError) {
        silence = 0
        let event: StreamFollower.Event?
        do {
            event = channel == .live ? try news(frames) : try answer(frames)
        } catch {
            outputs.append(.malformed(error, from: channel == .live ? address.publish : address.control))
            return
        }
        guard let event else { return }
        if case .unreadable(let item) = event, item.position == nil {
            outputs.append(.malformed(item.error, from: address.control))
        }
        try feed(event, now: now, into: &outputs)
        if case .live(let message) = event, message.position.n > follower.cursor,
            (try? Topic(message.topic))?.isNotice == true
        {
            overheard.append(message)
        }
    }

    private mutating func feed(
        _ event: StreamFollower.Event, now: Int64, into outputs: inout [Output]
    ) throws(ZeroMQError) {
        for action in follower.receive(event, now: now) {
            switch action {
            case .hello(let trail):
                try ask(
                    .hello(ControlMessage.Hello(role: "follower", client: client, at: [follower.stream: trail])))
            case .fetch(let fetch): try ask(.fetch(fetch))
            case .deliver(let message): outputs.append(.message(message))
            case .passOver(let message, let error): outputs.append(.unreadable(message, error))
            case .begin(let identity, let cursor): outputs.append(.begin(identity, cursor: cursor))
            case .setBack(let identity, let from, let to):
                outputs.append(.setBack(identity, from: from, to: to))
            case .lost(let from, let through): outputs.append(.lost(from: from, through: through))
            case .stuck(let n, let why): outputs.append(.stuck(at: n, why: why))
            case .fail(let error): outputs.append(.failed(error))
            case .reconnect:
                outputs.append(.reconnecting(line))
                control = try Self.dial(address, keys: keys, watchedBy: &watch, in: context)
                try feed(.connected, now: now, into: &outputs)
            }
        }
    }

    private var requestID: [UInt8] { Array(String(request).utf8) }

    private mutating func ask(_ command: ControlMessage.Command) throws(ZeroMQError) {
        request += 1
        // A request is small by construction; one that cannot be sent now is asked again when its deadline passes.
        guard let frames = try? ControlMessage(request: requestID, command).frames() else { return }
        try control.send(frames, wait: false)
    }

    private static func dial(
        _ address: Address, keys: CurveKeys?, watchedBy line: inout LineWatch?, in context: Context
    ) throws(ZeroMQError) -> Socket {
        var socket = try Socket(.dealer, in: context)
        try configure(&socket, for: address.control, of: address, keys: keys)
        // Nothing can be wrong with a connection within a process.
        line = address.control.transport == .inproc ? nil : try LineWatch(of: &socket)
        try socket.connect(to: address.control)
        return socket
    }

    private static func configure(
        _ socket: inout Socket, for endpoint: Endpoint, of address: Address, keys: CurveKeys?
    ) throws(ZeroMQError) {
        try socket.applyProtocolDefaults(for: endpoint)
        try socket.takeWhatIsTooLarge()
        guard let serverKey = address.serverKey else { return }
        // Never in the clear to a server that is to be recognised; whoever has no keys is refused by most.
        let own: CurveKeys
        if let keys { own = keys } else { own = try CurveKeys.generate() }
        try socket.set(.curveClient(serverKey: serverKey, own))
    }
}
