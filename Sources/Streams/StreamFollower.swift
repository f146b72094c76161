public import Wire

/// A reader that loses nothing: decides what a follower of a stream does, from what it hears.
///
/// Live messages that continue the stream are delivered at once. A hole, however it came to be (a lost message, a late
/// start, a restart), is filled with FETCH; what arrives beyond it waits in a bounded buffer. The follower is a value
/// without sockets or clocks: `FollowerConnection` feeds it with events and carries out its actions.
public struct StreamFollower: Sendable {
    /// Bounds and periods of a follower.
    public struct Settings: Sendable {
        /// Messages that may wait beyond a hole.
        public var bufferedMessages = 5_000
        /// Bytes of bodies that may wait beyond a hole.
        public var bufferedBytes = 64 << 20
        /// Messages asked for in one FETCH.
        public var fetchMessages: Int64 = 256
        /// Bytes of bodies asked for in one FETCH.
        public var fetchBytes = 8 << 20
        /// Milliseconds without an answer after which the control connection is made anew.
        public var patience: Int64 = 5_000

        /// The settings of the protocol.
        public init() {}
    }

    /// What a follower hears.
    public enum Event: Sendable {
        /// The control connection stands, for the first time or anew.
        case connected
        /// The server's WELCOME: epoch and bounds of the stream, nil where it has no such stream.
        case welcome(ControlMessage.Bounds?)
        /// A live message.
        case live(StreamMessage)
        /// A mark.
        case mark(Mark)
        /// A message of the FETCH in progress.
        case item(StreamMessage)
        /// The end of the FETCH in progress.
        case end(ControlMessage.End)
        /// The answer that what was asked for is past retention.
        case gone(ControlMessage.Gone)
        /// An error of the server.
        case refused(code: Int, text: String)
        /// Time has passed.
        case tick
        /// The owner can take no more for now.
        case pause
        /// The owner can take messages again.
        case resume
    }

    /// What a follower wants done.
    public enum Action: Sendable, Hashable {
        /// Send HELLO.
        case hello
        /// Send FETCH; answers to earlier ones are stale.
        case fetch(ControlMessage.Fetch)
        /// Hand this message on: it continues the stream.
        case deliver(StreamMessage)
        /// Close the control connection and make a new one.
        case reconnect
        /// The stream was met: its account starts at `cursor` in `epoch`.
        case begin(epoch: String, cursor: Int64)
        /// Messages `from` to `through` are past retention and will never come.
        case lost(from: Int64, through: Int64)
        /// Following cannot go on.
        case fail(FollowerError)
    }

    /// Name of the stream.
    public let stream: String
    /// Epoch of the stream, nil before the first contact.
    public private(set) var epoch: String?
    /// Sequence number of the last message delivered.
    public private(set) var cursor: Int64
    /// The highest sequence number that the stream is known to have.
    public private(set) var last: Int64

    private let settings: Settings
    private let mayReset: Bool
    private var phase = Phase.connecting
    private var isPaused = false
    private var deadline: Int64 = .max
    private var buffer: [Int64: StreamMessage] = [:]
    private var bufferedBytes = 0

    private enum Phase: Sendable, Hashable {
        /// No answer to HELLO yet.
        case connecting
        /// At the end of the stream, or paused.
        case live
        /// A FETCH is under way.
        case fetching
        /// Cannot go on.
        case failed
    }

    /// Creates a follower.
    ///
    /// - Parameters:
    ///   - stream: The stream's name.
    ///   - epoch: The epoch followed before, or nil to take the stream as it is met, from its oldest message on.
    ///   - cursor: The last message that was delivered before.
    ///   - mayReset: Whether another epoch starts the account anew instead of failing.
    ///   - settings: Bounds and periods.
    public init(
        stream: String, epoch: String? = nil, cursor: Int64 = 0, mayReset: Bool = false, settings: Settings = Settings()
    ) {
        self.stream = stream
        self.epoch = epoch
        self.cursor = cursor
        self.mayReset = mayReset
        self.settings = settings
        last = cursor
    }

    /// Whether every message that the stream is known to have was delivered.
    public var isCaughtUp: Bool { phase == .live && cursor >= last }

    /// Takes an event at time `now`, in milliseconds of any steady clock, and says what is to be done, in order.
    public mutating func receive(_ event: Event, now: Int64) -> [Action] {
        guard phase != .failed else { return [] }
        switch event {
        case .connected:
            phase = .connecting
            deadline = now + settings.patience
            return [.hello]
        case .welcome(let bounds): return welcome(bounds, now: now)
        case .live(let message): return live(message, now: now)
        case .mark(let mark): return heard(of: mark.n, epoch: mark.e, now: now)
        case .item(let message): return item(message, now: now)
        case .end(let end):
            guard phase == .fetching, end.e == epoch else { return [] }
            phase = .live
            // What the server does not have cannot be waited for; a mark or a live message raises this again.
            last = max(cursor, end.hi)
            return drainBuffer() + catchUp(now: now)
        case .gone(let gone):
            guard phase == .fetching, gone.e == epoch else { return [] }
            phase = .live
            return skip(to: gone.lo - 1) + drainBuffer() + catchUp(now: now)
        case .refused(let code, let text): return refused(code: code, text: text, now: now)
        case .tick:
            guard now >= deadline else { return [] }
            deadline = now + settings.patience
            return [.reconnect]
        case .pause:
            isPaused = true
            return []
        case .resume:
            isPaused = false
            return drainBuffer() + catchUp(now: now)
        }
    }

    private mutating func welcome(_ bounds: ControlMessage.Bounds?, now: Int64) -> [Action] {
        guard phase == .connecting else { return [] }
        guard let bounds else {
            return fail(.init(.noSuchStream, "the server has no stream \"\(stream)\": is this the right endpoint?"))
        }
        var actions: [Action] = []
        if let epoch, epoch != bounds.e {
            guard mayReset else {
                return fail(
                    .init(
                        .otherEpoch,
                        "the stream \"\(stream)\" has epoch \(bounds.e) but was followed in epoch \(epoch): its journal was "
                            + "replaced; start once with --reset to follow the new one from its beginning"))
            }
            self.epoch = nil
        }
        if epoch == nil {
            epoch = bounds.e
            cursor = bounds.lo - 1
            last = cursor
            clearBuffer()
            actions.append(.begin(epoch: bounds.e, cursor: cursor))
        }
        phase = .live
        deadline = .max
        last = max(last, bounds.hi)
        return actions + catchUp(now: now)
    }

    private mutating func live(_ message: StreamMessage, now: Int64) -> [Action] {
        let position = message.position
        guard position.s == stream else { return [] }
        guard phase != .connecting, position.e == epoch else {
            return heard(of: position.n, epoch: position.e, now: now)
        }
        guard position.n > cursor else { return [] }
        last = max(last, position.n)
        if isPaused { return [] }
        if position.n == cursor + 1 {
            cursor = position.n
            return [.deliver(message)] + drainBuffer() + catchUp(now: now)
        }
        keep(message)
        return catchUp(now: now)
    }

    private mutating func heard(of n: Int64, epoch heard: String, now: Int64) -> [Action] {
        guard phase != .connecting else { return [] }
        guard heard == epoch else {
            // Another journal answers at this address: only its WELCOME can say what to make of that.
            phase = .connecting
            deadline = now + settings.patience
            return [.hello]
        }
        last = max(last, n)
        return catchUp(now: now)
    }

    private mutating func item(_ message: StreamMessage, now: Int64) -> [Action] {
        guard phase == .fetching, message.position.e == epoch, message.position.s == stream else { return [] }
        deadline = now + settings.patience
        guard message.position.n == cursor + 1 else { return [] }
        cursor = message.position.n
        last = max(last, cursor)
        return [.deliver(message)]
    }

    private mutating func refused(code: Int, text: String, now: Int64) -> [Action] {
        switch code {
        case 409:
            guard phase == .fetching else { return [] }
            phase = .connecting
            deadline = now + settings.patience
            return [.hello]
        case 429, 503:
            deadline = now + settings.patience
            return []
        case 401, 403, 426:
            return fail(.init(.refused, "the server of \"\(stream)\" refuses this client: \(code) \(text)"))
        default:
            // Anything else may be about one request only: the deadline of that request decides.
            return []
        }
    }

    /// Asks for what is missing, unless that is under way or the owner is full.
    private mutating func catchUp(now: Int64) -> [Action] {
        guard phase == .live else { return [] }
        guard cursor < last, !isPaused else {
            deadline = .max
            return []
        }
        phase = .fetching
        deadline = now + settings.patience
        let through = min(last, cursor + settings.fetchMessages)
        let count = Int(through - cursor)
        return [
            .fetch(
                ControlMessage.Fetch(
                    s: stream, e: epoch, from: cursor + 1, to: through, credit: count,
                    bytes: settings.fetchBytes))
        ]
    }

    private mutating func skip(to n: Int64) -> [Action] {
        guard n > cursor else { return [] }
        let lost = Action.lost(from: cursor + 1, through: n)
        cursor = n
        last = max(last, n)
        return [lost]
    }

    private mutating func keep(_ message: StreamMessage) {
        guard buffer[message.position.n] == nil else { return }
        buffer[message.position.n] = message
        bufferedBytes += message.body.count
        // An overflowing buffer is thrown away: the journal still has everything, and FETCH brings it in order.
        if buffer.count > settings.bufferedMessages || bufferedBytes > settings.bufferedBytes { clearBuffer() }
    }

    private mutating func drainBuffer() -> [Action] {
        guard !buffer.isEmpty, !isPaused else { return [] }
        var actions: [Action] = []
        while let next = buffer.removeValue(forKey: cursor + 1) {
            bufferedBytes -= next.body.count
            cursor += 1
            actions.append(.deliver(next))
        }
        if let lowest = buffer.keys.min(), lowest <= cursor {
            for n in buffer.keys where n <= cursor {
                bufferedBytes -= buffer.removeValue(forKey: n)?.body.count ?? 0
            }
        }
        return actions
    }

    private mutating func clearBuffer() {
        buffer = [:]
        bufferedBytes = 0
    }

    private mutating func fail(_ error: FollowerError) -> [Action] {
        phase = .failed
        deadline = .max
        return [.fail(error)]
    }
}
