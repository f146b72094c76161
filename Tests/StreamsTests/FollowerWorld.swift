import Streams
import TestKit
import Wire

/// A stream with its server, and a follower behind a network that loses live messages and connections.
struct FollowerWorld {
    enum Event {
        /// New entries; those of the mask's bits are lost on their way.
        case publish(Int, losing: Int)
        case mark
        /// The server's next answers arrive.
        case serve(Int)
        /// The control connection loses what is under way.
        case cut
        case pass(Int64)
        case pause
        case resume
        /// The oldest entries are dropped.
        case retain(Int)
        /// The follower's process begins anew from its last word.
        case restart
        /// An old live message arrives again.
        case stale(Int)
        /// The server refuses what it is asked next.
        case refuse(Int)
        /// The server answers the next FETCH with nothing.
        case starve
        /// The server's journal is replaced.
        case replace
        case absurd(Int)
    }

    enum Answer {
        case welcome
        case item(Int64)
        case end(next: Int64)
        case gone(Int64)
        case refused(Int)
    }

    static let settings = {
        var settings = StreamFollower.Settings()
        settings.bufferedMessages = 3
        settings.bufferedBytes = 20
        settings.fetchMessages = 3
        return settings
    }()
    static let epochs = ["00000000000000aa", "00000000000000bb"]

    var follower = StreamFollower(stream: "raw", settings: settings)
    var now: Int64 = 0
    var epoch = 0
    var oldest: Int64 = 1
    var last: Int64 = 0
    var answers: [Answer] = []
    var refusal: Int?
    var isStarving = false
    /// What the follower's owner has: every message up to this one, or the word that it is lost.
    var cursor: Int64 = 0
    var begun = false
    var isPaused = false
    var deliveredInPause = 0
    var questions = 0
    var hasFailed = false
    let verdict = Verdict()
    var fault: String? { verdict.fault }

    static func fault(of events: [Event]) -> String? {
        var world = FollowerWorld()
        world.feed(.connected)
        for event in events {
            world.apply(event)
            if world.fault != nil || world.hasFailed { return world.fault }
        }
        world.settleDown()
        return world.fault
    }

    static func history(_ random: inout SplitMix64) -> [Event] {
        (0..<(5 + random.below(14))).map { _ in
            switch random.below(30) {
            case 0...7: .publish(1 + random.below(3), losing: random.oneIn(2) ? 0 : random.below(8))
            case 8...10: .mark
            case 11...17: .serve(1 + random.below(6))
            case 18: .cut
            case 19, 20: .pass([500, 3_000, 5_000, 9_000][random.below(4)])
            case 21: .pause
            case 22: .resume
            case 23: .retain(1 + random.below(4))
            case 24: .restart
            case 25: .stale(random.below(6))
            case 26: .refuse([429, 503, 400, 409][random.below(4)])
            case 27: .starve
            case 28: .absurd(random.below(4))
            default: random.oneIn(4) ? .replace : .mark
            }
        }
    }

    private func demand(_ isKept: Bool, _ fault: @autoclosure () -> String) { verdict.demand(isKept, fault()) }

    // MARK: - Events

    private mutating func apply(_ event: Event) {
        switch event {
        case .publish(let count, let mask):
            for index in 0..<count {
                last += 1
                if mask >> index & 1 == 0 { feed(.live(message(last))) }
            }
        case .mark: feed(.mark(Mark(s: "raw", e: Self.epochs[epoch], n: last, lo: oldest, ts: "t")))
        case .serve(let count): serve(count)
        case .cut: answers = []
        case .pass(let time):
            now += time
            feed(.tick)
        case .pause:
            isPaused = true
            deliveredInPause = 0
            feed(.pause)
        case .resume:
            isPaused = false
            feed(.resume)
        case .retain(let count): oldest = min(oldest + Int64(count), last + 1)
        case .restart:
            answers = []
            let known = begun ? Self.epochs[0] : nil
            follower = StreamFollower(stream: "raw", epoch: known, cursor: cursor, settings: Self.settings)
            if isPaused { feed(.pause) }
            feed(.connected)
        case .stale(let back): if last - Int64(back) >= 1 { feed(.live(message(last - Int64(back)))) }
        case .refuse(let code): refusal = code
        case .starve: isStarving = true
        case .replace:
            guard begun else { return }
            (epoch, oldest, last, answers) = (1, 1, 2, [])
            feed(.live(message(1)))
        case .absurd(let kind): absurd(kind)
        }
    }

    /// What no sane server says.
    private mutating func absurd(_ kind: Int) {
        let epoch = Self.epochs[epoch]
        switch kind {
        case 0: feed(.mark(Mark(s: "raw", e: epoch, n: .max - 1, lo: 1, ts: "t")))
        case 1: feed(.gone(ControlMessage.Gone(e: epoch, lo: .max)))
        case 2: feed(.welcome(ControlMessage.Bounds(e: epoch, lo: .min, hi: .max)))
        default: feed(.end(ControlMessage.End(e: Self.epochs[1], next: .max, hi: .max)))
        }
    }

    private mutating func serve(_ count: Int) {
        for _ in 0..<count where !answers.isEmpty {
            switch answers.removeFirst() {
            case .welcome:
                feed(.welcome(ControlMessage.Bounds(e: Self.epochs[epoch], lo: oldest, hi: last)))
            case .item(let n): if n >= oldest { feed(.item(message(n))) }
            case .end(let next): feed(.end(ControlMessage.End(e: Self.epochs[epoch], next: next, hi: last)))
            case .gone(let lo): feed(.gone(ControlMessage.Gone(e: Self.epochs[epoch], lo: lo)))
            case .refused(let code): feed(.refused(code: code, text: "t"))
            }
        }
    }

    private func message(_ n: Int64) -> StreamMessage {
        StreamMessage(
            topic: "raw/1/en/x/",
            position: Position(s: "raw", e: Self.epochs[epoch], n: n, p: n - 1, id: "i", ts: "t"),
            body: [UInt8](repeating: UInt8(truncatingIfNeeded: n), count: 8))
    }

    // MARK: - Actions

    private mutating func feed(_ event: StreamFollower.Event) {
        let actions = follower.receive(event, now: now)
        demand(follower.bufferedMessages <= 2, "\(follower.bufferedMessages) messages wait, more than may")
        demand(
            actions.count {
                switch $0 {
                case .fetch, .hello, .reconnect: true
                default: false
                }
            } <= 1, "one event raised several questions")
        for action in actions { carryOut(action) }
    }

    private mutating func carryOut(_ action: StreamFollower.Action) {
        switch action {
        case .hello:
            questions += 1
            answers = [refusal.map { .refused($0) } ?? .welcome]
            refusal = nil
        case .fetch(let fetch):
            questions += 1
            demand(fetch.from == cursor + 1, "asked from \(fetch.from) on, having \(cursor)")
            demand((fetch.to ?? .max) - fetch.from < Self.settings.fetchMessages, "asked for too much")
            demand(!isPaused, "asked while its owner is full")
            answer(fetch)
        case .deliver(let message):
            demand(message.position.n == cursor + 1, "delivered \(message.position.n) after \(cursor)")
            demand(message.body[0] == UInt8(truncatingIfNeeded: message.position.n), "delivered another's body")
            demand(message.position.e == Self.epochs[0], "delivered a message of another journal")
            cursor = message.position.n
            deliveredInPause += isPaused ? 1 : 0
            demand(deliveredInPause <= Self.settings.fetchMessages, "went on although its owner is full")
        case .reconnect:
            answers = []
            feed(.connected)
        case .begin(let epoch, let start):
            demand(!begun && epoch == Self.epochs[0], "began twice")
            begun = true
            cursor = start
        case .lost(let from, let through):
            demand(from == cursor + 1 && through < oldest, "called \(from) to \(through) lost; \(oldest) is kept")
            cursor = through
        case .fail(let error):
            demand(error.code == .otherEpoch && epoch == 1, "failed: \(error)")
            hasFailed = true
        }
    }

    private mutating func answer(_ fetch: ControlMessage.Fetch) {
        defer { (refusal, isStarving) = (nil, false) }
        if let refusal {
            answers = [.refused(refusal)]
        } else if fetch.e != Self.epochs[epoch] {
            answers = [.refused(409)]
        } else if fetch.from < oldest {
            answers = [.gone(oldest)]
        } else if isStarving {
            answers = [.end(next: fetch.from)]
        } else {
            let through = min(fetch.to ?? .max, last)
            guard fetch.from <= through else { return answers = [.end(next: fetch.from)] }
            answers = (fetch.from...through).map { .item($0) } + [.end(next: through + 1)]
        }
    }

    /// With nothing lost any more, the follower must have all in bounded time and few questions.
    private mutating func settleDown() {
        isPaused = false
        feed(.resume)
        let before = questions
        for _ in 0..<60 where !(follower.isCaughtUp && cursor == last && begun) && !hasFailed {
            apply(.mark)
            while !answers.isEmpty, fault == nil, questions < before + 200 { serve(1) }
            apply(.pass(1_000))
            if fault != nil { return }
        }
        if epoch == 1 { return demand(hasFailed, "a journal was replaced, and nobody said so") }
        let (has, held, asked) = (cursor, last, questions - before)
        let isCaughtUp = follower.isCaughtUp
        demand(has == held && isCaughtUp, "never caught up: \(has) of \(held)")
        demand(asked < 40, "asked \(asked) times for what is soon had")
    }
}
