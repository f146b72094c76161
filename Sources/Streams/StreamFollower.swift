public import Wire

/// A reader that loses nothing: decides what a follower of a stream does, from what it hears.
///
/// Live messages that continue the stream are delivered at once. A hole, however it came to be (a lost message, a late
/// start, a restart), is filled with FETCH; what arrives beyond it waits in a bounded buffer. The follower is a value
/// without sockets or clocks: `FollowerConnection` feeds it with events and carries out its actions.
public struct StreamFollower: Sendable {
    /// Name of the stream.
    public let stream: String
    /// Epoch of the stream, nil before the first contact.
    public var epoch: String? { identity?.epoch }
    /// Sequence number of the last message delivered.
    public private(set) var cursor: Int64
    /// The highest sequence number that the stream is known to have.
    public private(set) var last: Int64

    private var identity: Identity?
    /// Points of the stream up to the cursor.
    public private(set) var trail: Trail
    /// The newest point of the latest HELLO; what was taken since continues it.
    private var offered: Int64?
    /// What was asked for is past retention: WELCOME is to say how much.
    private var isGone = false
    /// The cursor when the server last agreed on the stream's history up to there.
    private var agreed: Int64 = -1
    /// Until then no doubt about the stream's history raises another HELLO.
    private var nextDoubt: Int64 = .min
    /// Where the latest FETCH that brought nothing began, less one.
    private var vain: Int64 = -1
    private let settings: Settings
    private var mayReset: Bool
    private var phase = Phase.connecting
    private var isPaused = false
    private var deadline: Int64 = .max
    /// The cursor when the latest FETCH was sent, and the number before the one that it began with.
    private var asked: Int64 = 0
    private var begun: Int64 = 0
    /// What stood behind messages without a place when they came before.
    private var witness: Trail.Point?
    /// Messages right behind the cursor, as this server sends them, of which not even the place can be read.
    private var nameless: Int64 = 0
    private var ahead: AheadBuffer

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
    ///   - identity: What was followed before, or nil to take the stream as it is met.
    ///   - cursor: The last message that was delivered before, or that is not wanted; 0 begins with the oldest one kept.
    ///   - trail: Points of what was followed before.
    ///   - mayReset: Whether another stream at the first WELCOME starts the account anew instead of failing.
    ///   - settings: Bounds and periods.
    public init(
        stream: String, identity: Identity? = nil, cursor: Int64 = 0, trail: Trail = Trail(), mayReset: Bool = false,
        settings: Settings = Settings()
    ) {
        self.stream = stream
        self.identity = identity
        self.cursor = Self.isBelievable(cursor) ? cursor : cursor < 0 ? 0 : 1 << 53
        self.trail = trail
        self.trail.cut(to: self.cursor)
        self.mayReset = mayReset
        self.settings = settings
        ahead = AheadBuffer(messages: settings.bufferedMessages, bytes: settings.bufferedBytes)
        last = self.cursor
    }

    /// Up to where everything came, if only without a place.
    private var known: Int64 { cursor + nameless }

    /// Whether every message that the stream is known to have was delivered.
    public var isCaughtUp: Bool { phase == .live && cursor >= last }

    /// Messages that wait beyond a hole.
    public var bufferedMessages: Int { ahead.count }

    /// Takes an event at time `now`, in milliseconds of any steady clock, and says what is to be done, in order.
    public mutating func receive(_ event: Event, now: Int64) -> [Action] {
        guard phase != .failed else { return [] }
        switch event {
        case .connected: return hello(now: now)
        case .welcome(let bounds): return welcome(bounds, now: now)
        case .live(let message): return live(message, now: now)
        case .mark(let mark): return take(mark, now: now)
        case .item(let message): return item(message, now: now)
        case .unreadable(let item): return unreadable(item, now: now)
        case .end(let end):
            guard phase == .fetching, end.e == epoch else { return [] }
            // What the server does not have cannot be waited for; a mark or a live message raises this again.
            last = max(cursor, end.hi)
            // They stand for what is missing if there are enough of them.
            let missing = Self.isBelievable(end.next) ? max(0, end.next - 1 - cursor) : 0
            nameless = nameless >= missing ? missing : 0
            return answered(now: now)
        case .gone(let gone):
            guard phase == .fetching, gone.e == epoch, Self.isBelievable(gone.lo) else { return [] }
            guard gone.lo - 1 > cursor else { return answered(now: now) }
            // WELCOME says what is still kept, and that it is the same stream of which something is past retention.
            isGone = true
            return hello(now: now)
        case .refused(let code, let text): return refused(code: code, text: text, now: now)
        case .tick:
            guard now >= deadline else { return [] }
            if phase == .resting { return hello(now: now) }
            // A server that answers HELLO and not FETCH may have a message that no connection outlives.
            let isVain = phase == .fetching && known == begun
            let isStuck = isVain && vain == cursor
            if isVain { vain = cursor }
            deadline = now + settings.patience
            let why = "nothing comes, or the connection ends, where it is asked for"
            return (isStuck ? [.stuck(at: cursor + 1, why: why)] : []) + [.reconnect]
        case .pause:
            isPaused = true
            return []
        case .resume:
            isPaused = false
            return drainBuffer() + catchUp(now: now)
        }
    }

    private mutating func take(_ mark: Mark, now: Int64) -> [Action] {
        if phase == .live, !isPaused, mark.e == epoch, nameless > 0, mark.n == known {
            return isSeenAgain(mark.n, mark.h) ? passOver(through: mark.n, link: mark.h) : hello(now: now)
        }
        let actions = heard(of: mark.n, epoch: mark.e, now: now)
        guard actions.isEmpty, phase == .live, mark.e == epoch, Self.isBelievable(mark.n) else { return actions }
        // A mark may be old, so it only asks: the WELCOME decides.
        return mark.n < known || isDoubtful(mark) ? doubt(now: now) : []
    }

    /// Whether a mark at the cursor does not tell that the history is the one that was followed.
    private mutating func isDoubtful(_ mark: Mark) -> Bool {
        guard mark.n == cursor, let link = mark.h else { return false }
        if let known = trail.link(at: cursor) { return known != link }
        guard agreed == cursor else { return true }
        trail.add(Trail.Point(n: cursor, link: link))
        return false
    }

    /// Asks the server whether its history still is the one that was followed; at most once in the time of patience.
    private mutating func doubt(now: Int64) -> [Action] {
        guard now >= nextDoubt else { return phase == .fetching ? rest(now: now) : [] }
        nextDoubt = now + settings.patience
        return hello(now: now)
    }

    /// Takes a message that stands behind the cursor, if it continues what was followed.
    private mutating func advance(over message: StreamMessage) -> Bool {
        let position = message.position
        if let link = position.h {
            if let known = trail.link(at: cursor) {
                guard link == known.next(position.id) else { return false }
            } else if cursor > 0, agreed != cursor {
                // No link is known behind what is lost, of a server that does not say it: a WELCOME since then has to agree first.
                return false
            }
        }
        cursor = position.n
        nameless = 0
        last = max(last, cursor)
        if let link = position.h { trail.add(Trail.Point(n: cursor, link: link)) }
        return true
    }

    /// Sequence numbers that JSON carries exactly; no stream gets near them, and no sum of them overflows.
    private static func isBelievable(_ n: Int64) -> Bool { n >= 0 && n <= 1 << 53 }

    private mutating func hello(now: Int64) -> [Action] {
        phase = .connecting
        nameless = 0
        deadline = now + settings.patience
        offered = trail.newest?.n
        return [.hello(trail)]
    }

    private mutating func rest(now: Int64) -> [Action] {
        phase = .resting
        deadline = now + settings.patience
        return []
    }

    /// Rests after a FETCH that brought nothing; says so where the one before brought nothing from there either.
    private mutating func inVain(_ why: String, now: Int64) -> [Action] {
        defer { vain = cursor }
        return rest(now: now) + (vain == cursor ? [.stuck(at: cursor + 1, why: why)] : [])
    }

    /// Goes on after the answer to a FETCH; one that brought nothing is not repeated at once.
    private mutating func answered(now: Int64) -> [Action] {
        phase = .live
        let actions = drainBuffer()
        if known > begun || known >= last { return actions + catchUp(now: now) }
        return actions + inVain("it has later messages, and sends none from there", now: now)
    }

    private mutating func welcome(_ bounds: ControlMessage.Bounds?, now: Int64) -> [Action] {
        guard phase == .connecting else { return [] }
        guard let bounds else {
            return fail(.init(.noSuchStream, "the server has no stream \"\(stream)\": is this the right endpoint?"))
        }
        // The deadline brings a new connection, should the server have lost its mind.
        guard bounds.lo >= 1, bounds.lo - 1 <= bounds.hi, Self.isBelievable(bounds.hi) else { return [] }
        var found = Identity(epoch: bounds.e, journal: bounds.j)
        if let identity, (found.journal ?? found.epoch) != (identity.journal ?? identity.epoch) {
            guard mayReset else {
                return fail(
                    .init(
                        .otherEpoch,
                        "the stream \"\(stream)\" has epoch \(bounds.e) but was followed in epoch \(identity.epoch): it was "
                            + "replaced; start once with --reset to follow what is there from its beginning"))
            }
            self.identity = nil
            cursor = 0
            trail = Trail()
        }
        mayReset = false
        let wasGone = isGone
        isGone = false
        ahead.clear()
        phase = .live
        deadline = .max
        guard let identity else {
            self.identity = found
            cursor = max(cursor, bounds.lo - 1)
            last = max(cursor, bounds.hi)
            agreed = cursor
            learn(bounds)
            return [.begin(found, cursor: cursor)] + catchUp(now: now)
        }
        found.journal = found.journal ?? identity.journal
        self.identity = found
        let same = common(with: bounds, in: identity)
        last = max(same, bounds.hi)
        guard same < cursor || found.epoch != identity.epoch else {
            agreed = cursor
            let lost = skip(to: bounds.lo - 1)
            learn(bounds)
            return lost + (wasGone && lost.isEmpty ? rest(now: now) : catchUp(now: now))
        }
        let from = cursor
        (cursor, agreed) = (same, same)
        trail.cut(to: same)
        isPaused = true
        return [.setBack(found, from: from, to: same)]
    }

    /// Up to where the server has what was followed, as far as it says.
    private func common(with bounds: ControlMessage.Bounds, in identity: Identity) -> Int64 {
        if let offered, let newest = trail.newest?.n, let same = bounds.same, same >= 0 {
            // What lies between the newest point and the cursor was past retention, and has been reported.
            if same >= offered { return min(cursor, max(newest, bounds.hi)) }
            return trail.points.contains { $0.n == same } ? same : 0
        }
        // Without points, or by a server that knows none, only epoch and bounds can tell.
        return bounds.e == identity.epoch && bounds.hi >= cursor ? cursor : 0
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
            guard advance(over: message) else { return doubt(now: now) }
            return [.deliver(message)] + drainBuffer() + catchUp(now: now)
        }
        ahead.keep(message)
        return catchUp(now: now)
    }

    private mutating func heard(of n: Int64, epoch heard: String, now: Int64) -> [Action] {
        guard phase != .connecting, Self.isBelievable(n) else { return [] }
        // Another journal answers at this address: only its WELCOME can say what to make of that.
        guard heard == epoch else { return doubt(now: now) }
        last = max(last, n)
        return catchUp(now: now)
    }

    private mutating func item(_ message: StreamMessage, now: Int64) -> [Action] {
        guard phase == .fetching, message.position.e == epoch, message.position.s == stream else { return [] }
        deadline = now + settings.patience
        return take(message, as: .deliver(message), now: now)
    }

    /// Passes over an item that has the place of the next message, and counts one that has none.
    ///
    /// What is live may be old, or come from somebody else, so only what FETCH brings is passed over.
    private mutating func unreadable(_ item: UnreadableItem, now: Int64) -> [Action] {
        guard phase == .fetching else { return [] }
        deadline = now + settings.patience
        guard let position = item.position, position.s == stream, position.e == epoch else {
            nameless += 1
            return []
        }
        let message = StreamMessage(topic: item.topic ?? unknownTopic, position: position, body: [])
        return take(message, as: .passOver(message, item.error), now: now)
    }

    /// Takes the next message of a FETCH, and before it those in whose stead came some without a place.
    private mutating func take(_ message: StreamMessage, as action: Action, now: Int64) -> [Action] {
        let n = message.position.n
        guard n > cursor + 1 else {
            guard n == cursor + 1 else { return [] }
            return advance(over: message) ? [action] : doubt(now: now)
        }
        guard n - 1 - cursor <= nameless else { return [] }
        // What came before them in the same answer tells as well that it is the history that was followed.
        guard asked < cursor || isSeenAgain(n, message.position.h) else { return hello(now: now) }
        let before = passOver(through: n - 1, link: nil)
        passed(n, message.position.h)
        return before + [action]
    }

    /// Whether the same stands behind messages without a place as when they came before, with a WELCOME in between.
    ///
    /// Only then do they belong to the history that was followed. A server without links cannot be asked.
    private mutating func isSeenAgain(_ n: Int64, _ link: Link?) -> Bool {
        guard let link else { return true }
        let point = Trail.Point(n: n, link: link)
        defer { witness = point }
        return witness == point
    }

    /// Counts the nameless messages up to `n` as taken; the link behind them tells whether it is still the same history.
    private mutating func passOver(through n: Int64, link: Link?) -> [Action] {
        guard let epoch else { return [] }
        let actions = (cursor + 1..<n + 1).map { n in
            let id = Digest.identifier(["nwp1", "unreadable", epoch, String(n)])
            let position = Position(s: stream, e: epoch, n: n, p: 0, id: id, ts: "")
            return Action.passOver(StreamMessage(topic: unknownTopic, position: position, body: []), Self.unplaced)
        }
        passed(n, link)
        return actions
    }

    /// Sets the cursor to a message that was taken without looking whether it continues what was before.
    private mutating func passed(_ n: Int64, _ link: Link?) {
        cursor = n
        last = max(last, n)
        nameless = 0
        if let link { trail.add(Trail.Point(n: n, link: link)) }
    }

    private static let unplaced = WireError(400, "bad-position", "it came without a place that can be read")
    private var unknownTopic: String { Topic.prefix(of: stream) + "und/-/" }

    private mutating func refused(code: Int, text: String, now: Int64) -> [Action] {
        switch code {
        case 409:
            // The WELCOME that follows the rest says what the epoch is now.
            return phase == .fetching ? rest(now: now) : []
        case 429, 503:
            guard phase == .fetching else { return phase == .connecting ? rest(now: now) : [] }
            return inVain(text, now: now)
        case 401, 403, 426:
            return fail(
                .init(
                    code == 426 ? .otherRelease : .refused,
                    "the server of \"\(stream)\" refuses this client: \(code) \(text)"))
        default:
            // Anything else may be about one request only: the deadline of that request decides.
            return []
        }
    }

    /// Asks for what is missing, unless that is under way or the owner is full.
    private mutating func catchUp(now: Int64) -> [Action] {
        guard phase == .live else { return [] }
        guard known < last, !isPaused else {
            deadline = .max
            return []
        }
        phase = .fetching
        (asked, begun) = (cursor, known)
        deadline = now + settings.patience
        let through = min(last, known + settings.fetchMessages)
        let count = Int(through - known)
        return [
            .fetch(
                ControlMessage.Fetch(
                    s: stream, e: epoch, from: known + 1, to: through, credit: count,
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

    /// Takes the link at the cursor from a WELCOME, where that says it: what comes next has to continue it.
    private mutating func learn(_ bounds: ControlMessage.Bounds) {
        guard let link = bounds.lh, cursor == bounds.lo - 1 else { return }
        trail.add(Trail.Point(n: cursor, link: link))
    }

    private mutating func drainBuffer() -> [Action] {
        guard !isPaused else { return [] }
        var actions: [Action] = []
        // FETCH finds out about one that does not continue the stream.
        while let next = ahead.take(cursor + 1), advance(over: next) { actions.append(.deliver(next)) }
        ahead.forget(through: cursor)
        return actions
    }

    private mutating func fail(_ error: FollowerError) -> [Action] {
        phase = .failed
        deadline = .max
        return [.fail(error)]
    }
}
