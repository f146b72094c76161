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
    private var mayReset: Bool
    private var phase = Phase.connecting
    private var isPaused = false
    private var deadline: Int64 = .max
    /// The cursor when the FETCH in progress was sent.
    private var asked: Int64 = 0
    private var buffer: [Int64: StreamMessage] = [:]
    private var bufferedBytes = 0

    private enum Phase: Sendable, Hashable {
        /// No answer to HELLO yet.
        case connecting
        /// At the end of the stream, or paused.
        case live
        /// A FETCH is under way.
        case fetching
        /// The server could not give what it has: it is asked again later.
        case resting
        /// Cannot go on.
        case failed
    }

    /// Creates a follower.
    ///
    /// - Parameters:
    ///   - stream: The stream's name.
    ///   - epoch: The epoch followed before, or nil to take the stream as it is met.
    ///   - cursor: The last message that was delivered before, or that is not wanted; 0 begins with the oldest one kept.
    ///   - mayReset: Whether another epoch at the first WELCOME starts the account anew instead of failing.
    ///   - settings: Bounds and periods.
    public init(
        stream: String, epoch: String? = nil, cursor: Int64 = 0, mayReset: Bool = false, settings: Settings = Settings()
    ) {
        self.stream = stream
        self.epoch = epoch
        self.cursor = Self.isBelievable(cursor) ? cursor : cursor < 0 ? 0 : 1 << 53
        self.mayReset = mayReset
        self.settings = settings
        last = self.cursor
    }

    /// Whether every message that the stream is known to have was delivered.
    public var isCaughtUp: Bool { phase == .live && cursor >= last }

    /// Messages that wait beyond a hole.
    public var bufferedMessages: Int { buffer.count }

    /// Takes an event at time `now`, in milliseconds of any steady clock, and says what is to be done, in order.
    public mutating func receive(_ event: Event, now: Int64) -> [Action] {
        guard phase != .failed else { return [] }
        switch event {
        case .connected: return hello(now: now)
        case .welcome(let bounds): return welcome(bounds, now: now)
        case .live(let message): return live(message, now: now)
        case .mark(let mark): return heard(of: mark.n, epoch: mark.e, now: now)
        case .item(let message): return item(message, now: now)
        case .end(let end):
            guard phase == .fetching, end.e == epoch else { return [] }
            // What the server does not have cannot be waited for; a mark or a live message raises this again.
            last = max(cursor, end.hi)
            return answered(now: now)
        case .gone(let gone):
            guard phase == .fetching, gone.e == epoch, Self.isBelievable(gone.lo) else { return [] }
            return skip(to: gone.lo - 1) + answered(now: now)
        case .refused(let code, let text): return refused(code: code, text: text, now: now)
        case .tick:
            guard now >= deadline else { return [] }
            if phase == .resting { return hello(now: now) }
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

    /// Sequence numbers that JSON carries exactly; no stream gets near them, and no sum of them overflows.
    private static func isBelievable(_ n: Int64) -> Bool { n >= 0 && n <= 1 << 53 }

    private mutating func hello(now: Int64) -> [Action] {
        phase = .connecting
        deadline = now + settings.patience
        return [.hello]
    }

    private mutating func rest(now: Int64) -> [Action] {
        phase = .resting
        deadline = now + settings.patience
        return []
    }

    /// Goes on after the answer to a FETCH; one that brought nothing is not repeated at once.
    private mutating func answered(now: Int64) -> [Action] {
        phase = .live
        let actions = drainBuffer()
        return actions + (cursor > asked || cursor >= last ? catchUp(now: now) : rest(now: now))
    }

    private mutating func welcome(_ bounds: ControlMessage.Bounds?, now: Int64) -> [Action] {
        guard phase == .connecting else { return [] }
        guard let bounds else {
            return fail(.init(.noSuchStream, "the server has no stream \"\(stream)\": is this the right endpoint?"))
        }
        // The deadline brings a new connection, should the server have lost its mind.
        guard bounds.lo >= 1, bounds.lo - 1 <= bounds.hi, Self.isBelievable(bounds.hi) else { return [] }
        var actions: [Action] = []
        if let flaw = flaw(of: bounds) {
            guard mayReset else {
                return fail(
                    .init(.otherEpoch, flaw + "; start once with --reset to follow what is there from its beginning"))
            }
            epoch = nil
            cursor = 0
        }
        mayReset = false
        if epoch == nil {
            epoch = bounds.e
            cursor = max(cursor, bounds.lo - 1)
            last = cursor
            clearBuffer()
            actions.append(.begin(epoch: bounds.e, cursor: cursor))
        }
        phase = .live
        deadline = .max
        last = max(last, bounds.hi)
        return actions + catchUp(now: now)
    }

    /// Why the stream cannot be the one that was followed before, or nil.
    private func flaw(of bounds: ControlMessage.Bounds) -> String? {
        guard let epoch else { return nil }
        if epoch != bounds.e {
            return "the stream \"\(stream)\" has epoch \(bounds.e) but was followed in epoch \(epoch): it was replaced"
        }
        guard bounds.hi < cursor else { return nil }
        return "the stream \"\(stream)\" ends at \(bounds.hi) but was followed to \(cursor): its journal was set back"
    }

    private mutating func live(_ message: StreamMessage, now: Int64) -> [Action] {
        let position = message.position
        guard position.s == stream, Self.isBelievable(position.n) else { return [] }
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
        guard phase != .connecting, Self.isBelievable(n) else { return [] }
        // Another journal answers at this address: only its WELCOME can say what to make of that.
        guard heard == epoch else { return hello(now: now) }
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
            // The WELCOME that follows the rest says what the epoch is now.
            return phase == .fetching ? rest(now: now) : []
        case 429, 503:
            return phase == .fetching || phase == .connecting ? rest(now: now) : []
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
        asked = cursor
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
