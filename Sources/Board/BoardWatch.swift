internal import HTTP
internal import Journal
internal import Service
internal import Sink
internal import Wire

/// Looks whether there is anything new, in the sink and at the services, and tells whoever listens.
final class BoardWatch: Sendable {
    /// What is known at a moment.
    struct Moment: Sendable {
        /// How far the sink has come; nil where it cannot be read.
        var number: Int64?
        /// Why the sink cannot be read, in a few words that say nothing of where it is; nil where it can.
        var trouble: String?
        /// How the services are; nil before they were asked.
        var services: [ServiceReport]?
        /// What tells this state of the sink, and of what is said of the services, from all others of this process.
        fileprivate(set) var page = 0
        fileprivate(set) var state = 0
        fileprivate var file: SharedReaders.State?
        fileprivate var lastAsked: ContinuousClock.Instant?
        fileprivate var isStopping = false
        /// What was said last of the database.
        fileprivate var complaint: String?
    }

    /// How often the sink is looked at.
    private static let period = Duration.milliseconds(400)
    /// How often the services are asked while somebody looks, and while nobody does.
    private static let (often, seldom) = (Duration.seconds(2), Duration.seconds(30))
    /// How often listeners get a sign of life.
    private static let beat = Duration.seconds(5)

    let events: HTTPEvents
    private let readers: SharedReaders
    private let ask: @Sendable () -> [ServiceReport]
    private let moment = Condition(Moment())
    /// What begins all versions of this process, so that they are none of another.
    private let origin = String(Timestamp.milliseconds(), radix: 36)

    private let report: @Sendable (String) -> Void

    init(
        _ path: String, listeners: Int, asking ask: @escaping @Sendable () -> [ServiceReport],
        complain report: @escaping @Sendable (String) -> Void
    ) {
        self.report = report
        events = HTTPEvents(limit: listeners)
        readers = SharedReaders(path, count: 1)
        self.ask = ask
    }

    /// Starts to look, on two threads.
    /// - Throws: `OSThreadError` where they cannot be started.
    func start() throws {
        look()
        try OSThread.start(name: "board-sink") { [self] in
            var next = ContinuousClock.now + Self.beat
            while !isStopping(after: Self.period) {
                look()
                guard ContinuousClock.now >= next else { continue }
                events.beat()
                next = ContinuousClock.now + Self.beat
            }
        }
        try OSThread.start(name: "board-pair") { [self] in
            repeat {
                let services = ask()
                let isNew = moment.update { moment in
                    guard moment.services != services else { return false }
                    moment.services = services
                    moment.state += 1
                    return true
                }
                if isNew { tell() }
            } while !isStopping(after: Self.often, orBySomebody: Self.seldom)
        }
    }

    func stop() {
        moment.update { $0.isStopping = true }
        events.stop()
    }

    /// What is known now; a page that shows it counts as somebody who looks.
    func now() -> Moment {
        moment.update { moment in
            moment.lastAsked = .now
            return moment
        }
    }

    func version(of moment: Moment) -> (page: String, state: String) {
        ("\(origin)-\(moment.page)", "\(origin)-\(moment.state)")
    }

    /// Says why a page cannot be had from the database, unless that was said last; one that is away, is so for all pages.
    func complain(_ error: any Error) {
        guard !Self.isAway(error) else { return note(nil, nil, because: error) }
        complain(saying: "\(error)")
    }

    private func complain(saying text: String) {
        let isNew = moment.update { moment in
            defer { moment.complaint = text }
            return moment.complaint != text
        }
        if isNew { report(text) }
    }

    private static func isAway(_ error: any Error) -> Bool { (error as? JournalError)?.isRetriable == true }

    private func look() {
        do {
            let state = try readers.state()
            note(state, try readers.read { reader in try reader.cursor()?.n ?? 0 }, because: nil)
        } catch {
            note(nil, nil, because: error)
        }
    }

    private func note(_ state: SharedReaders.State?, _ number: Int64?, because error: (any Error)?) {
        let trouble = error.map { Self.isAway($0) ? "is away" : "cannot be read" }
        let (isNew, earlier) = moment.update { moment in
            let earlier = moment.trouble
            guard moment.file != state || moment.trouble != trouble || moment.page == 0 else { return (false, earlier) }
            (moment.file, moment.number, moment.trouble) = (state, number, trouble)
            moment.page += 1
            return (true, earlier)
        }
        guard isNew else { return }
        if let error, trouble != earlier { complain(saying: "\(error)") }
        if trouble == nil, earlier != nil { complain(saying: "the database can be read again") }
        tell()
    }

    private func tell() {
        let version = version(of: moment.read { $0 })
        events.send("{\"page\":\"\(version.page)\",\"state\":\"\(version.state)\"}")
    }

    private func isStopping(after time: Duration) -> Bool {
        moment.wait(timeout: time) { $0.isStopping ? true : nil } ?? false
    }

    /// Waits for the shorter time, and on, until somebody looks or the longer one is over.
    private func isStopping(after time: Duration, orBySomebody longest: Duration) -> Bool {
        if isStopping(after: time) { return true }
        let latest = ContinuousClock.now - Self.often * 2
        let end = ContinuousClock.now + longest
        while events.count == 0, ContinuousClock.now < end {
            let isOver: Bool? = moment.wait(timeout: Self.often) { moment in
                moment.isStopping ? true : (moment.lastAsked.map { $0 > latest } ?? false) ? false : nil
            }
            if let isOver { return isOver }
        }
        return false
    }
}
