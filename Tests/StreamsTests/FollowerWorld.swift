import Streams
import TestKit
import Wire

/// A stream with its server, and a follower behind a network that loses live messages and connections; the stream's journal
/// is backed up, restored and copied.
struct FollowerWorld {
    enum Event {
        /// New entries; those of the mask's bits are lost on their way. What a restore lost may be read again.
        case publish(Int, losing: Int, again: Bool)
        /// A new entry that nobody can read, and its place neither, unless that is told.
        case publishFlaw(isPlaced: Bool)
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
        /// The follower's process begins anew, from its last word or from an earlier one.
        case restart(isLate: Bool)
        /// The follower's owner writes down how far it is.
        case save
        /// An old live message arrives again.
        case stale(Int)
        /// The server refuses what it is asked next.
        case refuse(Int)
        /// The server answers the next FETCH with nothing.
        case starve
        /// The server's journal is replaced.
        case replace
        case absurd(Int)
        case backUp
        /// The server starts anew with a backup; whether somebody says so.
        case restore(Int, isSaid: Bool)
        /// A copy of the journal is made, which knows what it is or does not.
        case copy(isKnown: Bool)
        /// The copy serves from now on, the other is the copy.
        case swap
        /// A live message or a mark of the copy arrives.
        case foreign(isMark: Bool)
    }

    enum Answer {
        case welcome(Trail)
        case item(Int64)
        case end(next: Int64)
        case gone(Int64)
        case refused(Int)
    }

    /// A journal: what it holds under each number.
    struct Store {
        var epoch: String
        var journal: String
        var oldest: Int64 = 1
        var ids: [Int] = []
        /// Those that cannot be read, and whether their places can.
        var flaws: [Int: Bool] = [:]
        var links: [Link] = []

        var last: Int64 { Int64(ids.count) }

        init(_ epoch: Int) {
            self.epoch = FollowerWorld.name(epoch)
            journal = self.epoch
        }

        mutating func append(_ id: Int) {
            links.append((links.last ?? .start).next(String(id)))
            ids.append(id)
        }

        func link(_ n: Int64) -> Link { n == 0 ? .start : links[Int(n) - 1] }

        func message(_ n: Int64) -> StreamMessage {
            let id = ids[Int(n) - 1]
            return StreamMessage(
                topic: "raw/1/en/x/",
                position: Position(s: "raw", e: epoch, n: n, p: n - 1, id: String(id), ts: "t", h: link(n)),
                body: [UInt8](repeating: UInt8(truncatingIfNeeded: id), count: 8))
        }

        func isFlawed(_ n: Int64) -> Bool { flaws[ids[Int(n) - 1]] != nil }

        /// How message `n` comes with FETCH.
        func item(_ n: Int64) -> StreamFollower.Event {
            let message = message(n)
            guard let isPlaced = flaws[ids[Int(n) - 1]] else { return .item(message) }
            return .unreadable(
                UnreadableItem(position: isPlaced ? message.position : nil, error: WireError(400, "empty-body", "t")))
        }

        var mark: Mark { Mark(s: "raw", e: epoch, n: last, lo: oldest, ts: "t", h: link(last)) }
    }

    /// What the follower's owner keeps.
    struct Word {
        var identity: StreamFollower.Identity?
        var cursor: Int64 = 0
        var trail = Trail()
    }

    static let settings = {
        var settings = StreamFollower.Settings()
        settings.bufferedMessages = 3
        settings.bufferedBytes = 20
        settings.fetchMessages = 3
        return settings
    }()

    static func name(_ epoch: Int) -> String {
        let digits = String(epoch, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    var follower = StreamFollower(stream: "raw", settings: settings)
    var now: Int64 = 0
    var store = Store(1)
    var other: Store?
    var backups: [Store] = []
    var epochs = 1
    var contents = 0
    /// What a restore took out of the journal.
    var dropped: [Int] = []
    var answers: [Answer] = []
    var refusal: Int?
    var isStarving = false
    /// What the follower's owner has: every message up to its cursor, or the word that it is lost.
    var word = Word()
    var saved = Word()
    var seen: Set<Int> = []
    var reported: Set<Int64> = []
    var isPaused = false
    var deliveredInPause = 0
    var questions = 0
    /// Messages without a place that came since the last HELLO.
    var nameless: Int64 = 0
    var isReplaced = false
    var wasSetBack = false
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
        let mayRestore = random.oneIn(2)
        return (0..<(5 + random.below(20))).map { _ in
            switch random.below(mayRestore ? 42 : 31) {
            case 7: .publishFlaw(isPlaced: random.oneIn(2))
            case 0...6:
                .publish(1 + random.below(3), losing: random.oneIn(2) ? 0 : random.below(8), again: random.oneIn(2))
            case 8...10: .mark
            case 11...17: .serve(1 + random.below(6))
            case 18: .cut
            case 19, 20: .pass([500, 3_000, 5_000, 9_000][random.below(4)])
            case 21: .pause
            case 22: .resume
            case 23: .retain(1 + random.below(4))
            case 24: .restart(isLate: random.oneIn(2))
            case 25: .stale(random.below(6))
            case 26: .refuse([429, 503, 400, 409][random.below(4)])
            case 27: .starve
            case 28: .absurd(random.below(4))
            case 29: .save
            case 30: random.oneIn(4) ? .replace : .mark
            case 31...33: .backUp
            case 34...37: .restore(random.below(3), isSaid: random.oneIn(2))
            case 38: .copy(isKnown: random.oneIn(2))
            case 39: .swap
            default: .foreign(isMark: random.oneIn(2))
            }
        }
    }

    private func demand(_ isKept: Bool, _ fault: @autoclosure () -> String) { verdict.demand(isKept, fault()) }

    // MARK: - Events

    private mutating func apply(_ event: Event) {
        switch event {
        case .publish(let count, let mask, let again): publish(count, losing: mask, again: again)
        case .publishFlaw(let isPlaced):
            contents += 1
            store.flaws[contents] = isPlaced
            store.append(contents)
        case .mark: feed(.mark(store.mark))
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
        case .retain(let count): store.oldest = min(store.oldest + Int64(count), store.last + 1)
        case .restart(let isLate):
            answers = []
            if isLate, saved.identity != nil { word = saved }
            follower = StreamFollower(
                stream: "raw", identity: word.identity, cursor: word.cursor, trail: word.trail, settings: Self.settings)
            if isPaused { feed(.pause) }
            feed(.connected)
        case .save: saved = word
        case .stale(let back):
            if store.last - Int64(back) >= 1, !store.isFlawed(store.last - Int64(back)) {
                feed(.live(store.message(store.last - Int64(back))))
            }
        case .refuse(let code): refusal = code
        case .starve: isStarving = true
        case .replace:
            guard word.identity != nil else { return }
            epochs += 1
            (store, answers, isReplaced) = (Store(epochs), [], true)
            publish(2, losing: 0, again: false)
        case .absurd(let kind): absurd(kind)
        case .backUp: if !isReplaced { backups.append(store) }
        case .restore(let which, let isSaid):
            guard !isReplaced, backups.indices.contains(which) else { return }
            dropped = store.ids.filter { !backups[which].ids.contains($0) }
            (store, answers, wasSetBack) = (backups[which], [], true)
            if isSaid { renew() }
        case .copy(let isKnown):
            guard !isReplaced else { return }
            other = store
            epochs += isKnown ? 1 : 0
            if isKnown { other?.epoch = Self.name(epochs) }
        case .swap:
            guard !isReplaced, let copy = other else { return }
            (other, store, answers, wasSetBack) = (store, copy, [], true)
        case .foreign(let isMark):
            guard let other, !isReplaced else { return }
            if isMark {
                feed(.mark(other.mark))
            } else if other.last > 0, !other.isFlawed(other.last) {
                feed(.live(other.message(other.last)))
            }
        }
    }

    private mutating func renew() {
        epochs += 1
        store.epoch = Self.name(epochs)
    }

    private mutating func publish(_ count: Int, losing mask: Int, again: Bool) {
        for index in 0..<count {
            if again, let id = dropped.popLast(), !store.ids.contains(id) {
                store.append(id)
            } else {
                contents += 1
                store.append(contents)
            }
            if mask >> index & 1 == 0, !store.isFlawed(store.last) { feed(.live(store.message(store.last))) }
        }
    }

    /// What no sane server says.
    private mutating func absurd(_ kind: Int) {
        switch kind {
        case 0: feed(.mark(Mark(s: "raw", e: store.epoch, n: .max - 1, lo: 1, ts: "t")))
        case 1: feed(.gone(ControlMessage.Gone(e: store.epoch, lo: .max)))
        case 2: feed(.welcome(ControlMessage.Bounds(e: store.epoch, lo: .min, hi: .max)))
        default: feed(.end(ControlMessage.End(e: Self.name(999), next: .max, hi: .max)))
        }
    }

    private mutating func serve(_ count: Int) {
        for _ in 0..<count where !answers.isEmpty {
            switch answers.removeFirst() {
            case .welcome(let trail):
                let same = trail.points.last { $0.n <= store.last && store.link($0.n) == $0.link }?.n ?? 0
                feed(
                    .welcome(
                        ControlMessage.Bounds(
                            e: store.epoch, lo: store.oldest, hi: store.last, j: store.journal,
                            lh: store.oldest > 1 ? store.link(store.oldest - 1) : nil, same: same)))
            case .item(let n):
                if n >= store.oldest {
                    nameless += store.flaws[store.ids[Int(n) - 1]] == false ? 1 : 0
                    feed(store.item(n))
                }
            case .end(let next): feed(.end(ControlMessage.End(e: store.epoch, next: next, hi: store.last)))
            case .gone(let lo): feed(.gone(ControlMessage.Gone(e: store.epoch, lo: lo)))
            case .refused(let code): feed(.refused(code: code, text: "t"))
            }
        }
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
        case .hello(let trail):
            questions += 1
            nameless = 0
            demand(trail.points.count <= Trail.limit, "\(trail.points.count) points")
            answers = [refusal.map { .refused($0) } ?? .welcome(trail)]
            refusal = nil
        case .fetch(let fetch):
            questions += 1
            demand(
                (0...nameless).contains(fetch.from - word.cursor - 1),
                "asked from \(fetch.from) on, having \(word.cursor)")
            demand((fetch.to ?? .max) - fetch.from < Self.settings.fetchMessages, "asked for too much")
            demand(!isPaused, "asked while its owner is full")
            answer(fetch)
        case .deliver(let message):
            let n = message.position.n
            demand(n == word.cursor + 1, "delivered \(n) after \(word.cursor)")
            demand(!isReplaced || message.position.e != store.epoch, "delivered a message of another journal")
            word.cursor = n
            word.trail = follower.trail
            word.trail.cut(to: n)
            if let id = Int(message.position.id) { seen.insert(id) }
            deliveredInPause += isPaused ? 1 : 0
            demand(deliveredInPause <= Self.settings.fetchMessages, "went on although its owner is full")
        case .passOver(let message, _):
            let n = message.position.n
            demand(n == word.cursor + 1, "passed over \(n) after \(word.cursor)")
            // It may have been asked about in the journal that served before, and told by a late mark of that.
            let journal = [store, other].compactMap(\.self).first { n <= $0.last && $0.isFlawed(n) }
            demand(journal != nil, "passed over \(n), which can be read")
            word.cursor = n
            word.trail = follower.trail
            word.trail.cut(to: n)
            if let journal { seen.insert(journal.ids[Int(n) - 1]) }
        case .reconnect:
            answers = []
            feed(.connected)
        case .begin(let identity, let start):
            demand(word.identity == nil, "began twice")
            reported.formUnion(1..<(start + 1))
            word = Word(identity: identity, cursor: start)
        case .setBack(let identity, let from, let to):
            demand(from == word.cursor && to <= from, "set back from \(from) to \(to), having \(word.cursor)")
            demand(from == to || wasSetBack, "cried wolf: \(from) to \(to)")
            word.identity = identity
            word.cursor = to
            word.trail.cut(to: to)
            saved = word
            reported = reported.filter { $0 <= to }
            if !isPaused { feed(.resume) }
        case .lost(let from, let through):
            demand(from == word.cursor + 1 && through < store.oldest, "called \(from) to \(through) lost")
            reported.formUnion(from..<(through + 1))
            word.cursor = through
        case .stuck(let n, _): demand(n == word.cursor + 1, "stuck at \(n), having \(word.cursor)")
        case .fail(let error):
            demand(error.code == .otherEpoch && isReplaced, "failed: \(error)")
            hasFailed = true
        }
    }

    private mutating func answer(_ fetch: ControlMessage.Fetch) {
        defer { (refusal, isStarving) = (nil, false) }
        if let refusal {
            answers = [.refused(refusal)]
        } else if fetch.e != store.epoch {
            answers = [.refused(409)]
        } else if fetch.from < store.oldest {
            answers = [.gone(store.oldest)]
        } else if isStarving {
            answers = [.end(next: fetch.from)]
        } else {
            let through = min(fetch.to ?? .max, store.last)
            guard fetch.from <= through else { return answers = [.end(next: fetch.from)] }
            answers = (fetch.from...through).map { .item($0) } + [.end(next: through + 1)]
        }
    }

    /// With nothing lost any more, the follower must have all in bounded time and few questions.
    private mutating func settleDown() {
        isPaused = false
        feed(.resume)
        let before = questions
        for _ in 0..<60 where !isSettled && !hasFailed {
            apply(.mark)
            while !answers.isEmpty, fault == nil, questions < before + 200 { serve(1) }
            apply(.pass(1_000))
            if fault != nil { return }
        }
        if isReplaced { return demand(hasFailed, "a journal was replaced, and nobody said so") }
        let (has, held, asked) = (word.cursor, store.last, questions - before)
        let isCaughtUp = follower.isCaughtUp
        demand(has == held && isCaughtUp, "never caught up: \(has) of \(held)")
        demand(asked < 60, "asked \(asked) times for what is soon had")
        guard !hasFailed, held > 0 else { return }
        for n in 1...held where !seen.contains(store.ids[Int(n) - 1]) && !reported.contains(n) {
            demand(false, "\(n) was never delivered, and nobody said so")
        }
    }

    private var isSettled: Bool {
        let agrees = word.cursor == 0 || word.trail.newest.map { $0.link == store.link(min($0.n, store.last)) } ?? true
        return follower.isCaughtUp && word.cursor == store.last && word.identity?.epoch == store.epoch && agrees
    }
}
