public import Wire

/// Gives tasks to workers by credit, and answers for each until it is settled.
///
/// The dispatcher is a value without sockets or clocks: `Head` feeds it with messages and time, and carries out the actions
/// it returns, in order. A task ends in exactly one `complete`, `bury` or `settle`. The same events give the same actions. Times are
/// in milliseconds.
public struct Dispatcher: Sendable {
    let settings: Settings
    var random: any RandomNumberGenerator & Sendable
    var tasks: [TaskID: Task] = [:]
    var sessions: [Frame: Session] = [:]
    /// The workers in the order in which they came.
    var roster: [Frame] = []
    /// Tasks that a worker may take, by language.
    var ready: [String: Queue<TaskID>] = [:]
    /// Tasks that failed before: each runs alone on a worker, so that it takes no other down with it.
    var quarantined = Queue<TaskID>()
    var waiting: Set<TaskID> = []
    /// Unsettled tasks of each key in their order; only the first may run.
    var keys: [String: [TaskID]] = [:]
    /// Unended tasks of each origin in their order, where that matters.
    var lineup: [Int: Queue<TaskID>] = [:]
    /// What is to be done once all tasks before this one have ended.
    var held: [TaskID: Action] = [:]
    /// Tasks that nothing waits for any more, though they are in the lineup.
    var dropped: Set<TaskID> = []
    /// Since when tasks wait that no worker could take.
    var unfit: [TaskID: Int64] = [:]
    /// Bytes of results that are not durable yet.
    var resultBytes = 0
    var isDraining = false
    /// Whether tasks wait since every worker has long articles only.
    var isHeldUp = false
    private var nextBeat: Int64 = 0
    private var lastTick: Int64?

    /// Bytes of the bodies of all unsettled tasks.
    public private(set) var heldBytes = 0

    /// Creates a dispatcher without tasks or workers.
    ///
    /// - Parameters:
    ///   - settings: Bounds and periods.
    ///   - random: Spreads the waiting times of failed tasks.
    public init(settings: Settings, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.settings = settings
        self.random = random
    }

    /// Number of unsettled tasks.
    public var heldTasks: Int { tasks.count }

    /// Whether there are unsettled tasks of an origin.
    public func holds(of origin: Int) -> Bool { tasks.keys.contains { $0.origin == origin } }

    /// The unsettled task of an origin that comes first in its stream.
    func oldest(of origin: Int) -> Work? {
        tasks.lazy.filter { $0.key.origin == origin }.min { $0.key.n < $1.key.n }?.value.work
    }

    /// Number of workers.
    public var workers: Int { sessions.count }
    /// Threads of those.
    public var threads: Int { sessions.values.reduce(0) { $0 + $1.threads } }

    /// Number of tasks that workers have.
    public var leasedTasks: Int { sessions.values.reduce(0) { $0 + $1.leases.count } }

    /// Whether so many results wait for the journal that no further one should be made.
    var isChoked: Bool { resultBytes >= settings.resultBytes }

    /// Whether no further task should be brought for now.
    public var isFull: Bool { tasks.count >= settings.tasks || heldBytes >= settings.bytes }

    /// Whether so much was settled since `isFull` that bringing tasks is worth while again.
    public var hasRoom: Bool { tasks.count <= settings.tasks / 2 && heldBytes <= settings.bytes / 2 && !isFull }

    /// Takes on a task that is not settled.
    public mutating func enqueue(_ work: Work, now: Int64) -> [Action] {
        guard tasks[work.id] == nil else { return [] }
        let actions = work.isErasure ? drop(work.key) : []
        tasks[work.id] = Task(work: work, state: .pending)
        heldBytes += work.message.body.count
        keys[work.key, default: []].append(work.id)
        if settings.isOrdered, !work.isErasure { lineup[work.id.origin, default: Queue()].append(work.id) }
        return actions + admit(work.id) + dispatch(now: now)
    }

    /// Takes a message of a worker.
    public mutating func receive(_ message: PoolMessage, from session: Frame, now: Int64) -> [Action] {
        if case .ready(let ready) = message.command { return join(session, ready, now: now) }
        guard sessions[session] != nil else {
            if case .bye = message.command { return [] }
            return [.send(PoolMessage(.who), to: session)]
        }
        sessions[session]?.heard = now
        let id = TaskID(message.task)
        switch message.command {
        case .beat(let busy):
            beat(session, busy, now: now)
            return []
        case .result(let result, let body):
            guard let id else { return [] }
            return complete(id, result, body, from: session) + dispatch(now: now)
        case .fail(let failure):
            guard let id, let lease = lease(of: id, attempt: failure.att, by: session) else { return [] }
            giveUp(id, of: session)
            return fail(
                id, class: failure.class, code: failure.code, text: failure.text, waits: true,
                worker: sessions[session]?.name ?? "", since: lease.since, now: now) + dispatch(now: now)
        case .release(let attempt):
            guard let id, lease(of: id, attempt: attempt, by: session) != nil else { return [] }
            giveUp(id, of: session)
            putBack([id])
            return dispatch(now: now)
        case .credit(let credit):
            setCapacity(credit, of: session)
            return dispatch(now: now)
        case .bye: return leave(session, why: "it said goodbye", isLoss: false, now: now) + dispatch(now: now)
        case .ready, .welcome, .task, .ok, .cancel, .drain, .who, .error: return []
        }
    }

    /// Takes note that a worker cannot be reached any more.
    ///
    /// - Parameters:
    ///   - session: The worker's routing identity.
    ///   - unsent: Tasks given to it that it was never sent, and that so cannot be what ended it.
    ///   - now: The time.
    /// - Returns: What is to be done.
    public mutating func unreachable(_ session: Frame, unsent: Set<TaskID> = [], now: Int64) -> [Action] {
        leave(session, why: "its connection is gone", isLoss: true, unsent: unsent, now: now) + dispatch(now: now)
    }

    /// Takes note that time has passed: beats, workers that fell silent, leases without progress, waiting tasks.
    public mutating func tick(now: Int64) -> [Action] {
        if let lastTick, now - lastTick >= settings.ttl { forgiveSilence(of: now - lastTick, now: now) }
        lastTick = now
        guard now >= nextBeat else { return [] }
        nextBeat = now + settings.beat
        var actions: [Action] = []
        for id in roster {
            guard let session = sessions[id], now - session.heard >= settings.ttl else { continue }
            let why = "it was silent for \(now - session.heard) ms"
            actions += leave(id, why: why, isLoss: true, now: now)
        }
        for id in roster { actions.append(.send(PoolMessage(.beat([])), to: id)) }
        actions += expireLeases(now: now) + buryUnfit(now: now) + lookForHoldUp(now: now)
        for id in waiting.sorted() {
            guard case .waiting(let until)? = tasks[id]?.state, now >= until else { continue }
            waiting.remove(id)
            tasks[id]?.state = .pending
            makeReady(id)
        }
        return actions + dispatch(now: now)
    }

    /// Takes note that failed attempts at tasks are durable: they may be tried again.
    public mutating func recorded(_ ids: [TaskID], now: Int64) -> [Action] {
        for id in ids { tryAgain(id, now: now) }
        return dispatch(now: now)
    }

    /// Takes note that tasks are settled durably: their workers hear of it, and later versions may run.
    public mutating func settled(_ ids: [TaskID], now: Int64) -> [Action] {
        var actions: [Action] = []
        for id in ids {
            guard let task = tasks.removeValue(forKey: id) else { continue }
            heldBytes -= task.bytes
            resultBytes -= task.resultBytes
            if case .settling(let worker?) = task.state {
                sessions[worker]?.unacknowledged -= 1
                actions.append(.send(PoolMessage(task: id.frame, .ok), to: worker))
            }
            keys[task.work.key]?.removeAll { $0 == id }
            if let next = keys[task.work.key]?.first {
                actions += admit(next)
            } else {
                keys[task.work.key] = nil
            }
        }
        return actions + dispatch(now: now)
    }

    /// Answers a result for a task that was settled before: the worker may forget it.
    public static func acknowledge(_ task: Frame, to session: Frame) -> Action {
        .send(PoolMessage(task: task, .ok), to: session)
    }

    /// Gives out nothing more and asks the workers to give back what they have not begun.
    public mutating func drain() -> [Action] {
        isDraining = true
        return roster.map { .send(PoolMessage(.drain), to: $0) }
    }
}
