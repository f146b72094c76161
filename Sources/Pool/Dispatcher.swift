public import Wire

/// Gives tasks to workers by credit, and answers for each until it is settled.
///
/// The dispatcher is a value without sockets or clocks: `Head` feeds it with messages and time, and carries out the actions
/// it returns, in order. A task ends in exactly one `complete` or `bury`. Times are in milliseconds.
public struct Dispatcher: Sendable {
    private let settings: Settings
    private var random: any RandomNumberGenerator & Sendable
    private var tasks: [TaskID: Task] = [:]
    private var sessions: [Frame: Session] = [:]
    /// Tasks that a worker may take, by language.
    private var ready: [String: Queue<TaskID>] = [:]
    /// Tasks that failed before: each runs alone on a worker, so that it takes no other down with it.
    private var quarantined = Queue<TaskID>()
    private var waiting: Set<TaskID> = []
    /// Unsettled tasks of each key in their order; only the first may run.
    private var keys: [String: [TaskID]] = [:]
    private var isDraining = false
    private var nextBeat: Int64 = 0

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

    /// Number of workers.
    public var workers: Int { sessions.count }

    /// Number of tasks that workers have.
    public var leasedTasks: Int { sessions.values.reduce(0) { $0 + $1.leases.count } }

    /// Whether no further task should be brought for now.
    public var isFull: Bool { tasks.count >= settings.tasks || heldBytes >= settings.bytes }

    /// Whether so much was settled since `isFull` that bringing tasks is worth while again.
    public var hasRoom: Bool { tasks.count < settings.tasks / 2 && heldBytes < settings.bytes / 2 }

    /// Takes on a task that is not settled.
    public mutating func enqueue(_ work: Work, now: Int64) -> [Action] {
        guard tasks[work.id] == nil else { return [] }
        tasks[work.id] = Task(work: work, state: .pending)
        heldBytes += work.message.body.count
        keys[work.key, default: []].append(work.id)
        if keys[work.key]?.first == work.id {
            if work.attempts >= settings.attempts { return bury(work.id, class: .fatal) }
            makeReady(work.id)
        }
        return dispatch(now: now)
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
        case .beat(let busy): return beat(session, busy, now: now)
        case .result(let result, let body):
            guard let id else { return [] }
            return complete(id, result, body, from: session) + dispatch(now: now)
        case .fail(let failure):
            guard let id, isLeased(id, by: session) else { return [] }
            giveUp(id, of: session)
            return fail(
                id, class: failure.class, code: failure.code, text: failure.text, waits: true, session: session,
                now: now
            ) + dispatch(now: now)
        case .release:
            guard let id, isLeased(id, by: session) else { return [] }
            giveUp(id, of: session)
            putBack([id])
            return dispatch(now: now)
        case .credit(let credit):
            sessions[session]?.capacity = credit
            return dispatch(now: now)
        case .bye: return leave(session, why: "it said goodbye", isLoss: false, now: now)
        case .error: return []
        case .ready, .welcome, .task, .ok, .cancel, .drain, .who: return []
        }
    }

    /// Takes note that a worker cannot be reached any more.
    public mutating func unreachable(_ session: Frame, now: Int64) -> [Action] {
        leave(session, why: "its connection is gone", isLoss: true, now: now)
    }

    /// Takes note that time has passed: beats, workers that fell silent, leases without progress, waiting tasks.
    public mutating func tick(now: Int64) -> [Action] {
        guard now >= nextBeat else { return [] }
        nextBeat = now + settings.beat
        var actions: [Action] = []
        for (id, session) in sessions where now - session.heard >= settings.ttl {
            actions += leave(id, why: "it was silent for \(now - session.heard) ms", isLoss: true, now: now)
        }
        for id in sessions.keys { actions.append(.send(PoolMessage(.beat([])), to: id)) }
        for (session, id, lease) in leases() {
            let stuck = lease.isBusy && now - lease.progressed >= settings.lease
            guard stuck || now - lease.since >= settings.cap, lease.isBusy else { continue }
            actions.append(.send(PoolMessage(task: id.frame, .cancel), to: session))
            giveUp(id, of: session)
            let text = stuck ? "no progress for \(settings.lease) ms" : "not done after \(settings.cap) ms"
            actions += fail(
                id, class: .transient, code: "lease-expired", text: text, waits: true, session: session, now: now)
        }
        for id in waiting.sorted() {
            guard case .waiting(let until)? = tasks[id]?.state, now >= until else { continue }
            waiting.remove(id)
            tasks[id]?.state = .pending
            makeReady(id)
        }
        return actions + dispatch(now: now)
    }

    /// Takes note that tasks are settled durably: their workers hear of it, and later versions may run.
    public mutating func settled(_ ids: [TaskID], now: Int64) -> [Action] {
        var actions: [Action] = []
        for id in ids {
            guard let task = tasks.removeValue(forKey: id) else { continue }
            heldBytes -= task.bytes
            if case .settling(let worker?) = task.state {
                sessions[worker]?.unacknowledged -= 1
                actions.append(.send(PoolMessage(task: id.frame, .ok), to: worker))
            }
            keys[task.work.key]?.removeAll { $0 == id }
            guard let next = keys[task.work.key]?.first else {
                keys[task.work.key] = nil
                continue
            }
            if case .pending? = tasks[next]?.state {
                if tasks[next]?.work.attempts ?? 0 >= settings.attempts {
                    actions += bury(next, class: .fatal)
                } else {
                    makeReady(next)
                }
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
        return sessions.keys.map { .send(PoolMessage(.drain), to: $0) }
    }

    // MARK: - Workers

    private mutating func join(_ session: Frame, _ ready: PoolMessage.Ready, now: Int64) -> [Action] {
        let version: Int
        do {
            version = try ProtocolVersion.negotiate(min: ready.vmin, max: ready.vmax)
        } catch {
            return [.send(PoolMessage(.error(ErrorReply(error))), to: session)]
        }
        guard ready.pipeline == settings.pipeline else {
            let text = "this head runs the pipeline \(settings.pipeline), not \(ready.pipeline): start the same release"
            return [.send(PoolMessage(.error(ErrorReply(code: 409, text: text))), to: session)]
        }
        let name = "\(ready.host)/\(ready.pid)"
        var actions: [Action] = []
        if sessions[session] == nil {
            sessions[session] = Session(
                name: name, languages: Set(ready.langs), capacity: ready.credit,
                threads: max(1, ready.credit - 1), maxBytes: ready.maxBytes, heard: now)
            actions.append(.joined(name))
        } else {
            sessions[session]?.heard = now
            sessions[session]?.capacity = ready.credit
        }
        let welcome = PoolMessage.Welcome(
            v: version, beatMilliseconds: Int(settings.beat), ttlMilliseconds: Int(settings.ttl),
            leaseMilliseconds: Int(settings.lease), capMilliseconds: Int(settings.cap))
        actions.append(.send(PoolMessage(.welcome(welcome)), to: session))
        if isDraining { actions.append(.send(PoolMessage(.drain), to: session)) }
        return actions + dispatch(now: now)
    }

    private mutating func beat(_ session: Frame, _ busy: [PoolMessage.Busy], now: Int64) -> [Action] {
        for report in busy {
            guard let id = TaskID(Array(report.task.utf8)), case .leased(var lease)? = tasks[id]?.state,
                lease.session == session
            else { continue }
            lease.isBusy = true
            if report.ticks != lease.ticks {
                lease.ticks = report.ticks
                lease.progressed = now
            }
            tasks[id]?.state = .leased(lease)
        }
        return []
    }

    private mutating func leave(_ id: Frame, why: String, isLoss: Bool, now: Int64) -> [Action] {
        guard let session = sessions.removeValue(forKey: id) else { return [] }
        var actions: [Action] = [.left(session.name, why: why)]
        var innocent: [TaskID] = []
        for (index, task) in session.leases.enumerated() {
            guard case .leased(let lease)? = tasks[task]?.state else { continue }
            tasks[task]?.state = .pending
            // What it reported as begun may have been its end; so may its oldest tasks, one a thread, which it can have
            // begun without living to say so.
            if isLoss, lease.isBusy || index < session.threads {
                actions += fail(
                    task, class: .transient, code: "worker-lost", text: why, waits: false, worker: session.name,
                    since: lease.since, now: now)
            } else {
                innocent.append(task)
            }
        }
        putBack(innocent)
        return actions + dispatch(now: now)
    }

    // MARK: - Tasks

    private mutating func complete(
        _ id: TaskID, _ result: PoolMessage.Result, _ body: [UInt8], from session: Frame
    ) -> [Action] {
        guard let task = tasks[id] else { return [] }
        var actions: [Action] = []
        switch task.state {
        case .settling: return []
        case .leased(let lease):
            giveUp(id, of: lease.session)
            if lease.session != session {
                actions.append(.send(PoolMessage(task: id.frame, .cancel), to: lease.session))
            }
        case .waiting: waiting.remove(id)
        case .pending: break
        }
        tasks[id]?.state = .settling(worker: session)
        sessions[session]?.unacknowledged += 1
        actions.append(.complete(task.work, id: result.rid, body: body))
        return actions
    }

    private mutating func fail(
        _ id: TaskID, class failure: FailureClass, code: String, text: String, waits: Bool, session: Frame, now: Int64
    ) -> [Action] {
        fail(
            id, class: failure, code: code, text: text, waits: waits, worker: sessions[session]?.name ?? "",
            since: now, now: now)
    }

    private mutating func fail(
        _ id: TaskID, class failure: FailureClass, code: String, text: String, waits: Bool, worker: String,
        since: Int64, now: Int64
    ) -> [Action] {
        guard var task = tasks[id] else { return [] }
        task.work.attempts += 1
        task.history.append(
            DeadLetter.Attempt(
                attempt: task.work.attempts, worker: worker, started: Timestamp.format(since),
                ended: Timestamp.format(now), code: code, text: text))
        task.state = .pending
        tasks[id] = task
        if failure == .invalid || task.work.attempts >= settings.attempts { return bury(id, class: failure) }
        if waits, let step = settings.backOff.dropFirst(task.work.attempts - 1).first ?? settings.backOff.last {
            let spread = Double.random(in: 0.8...1.2, using: &random)
            tasks[id]?.state = .waiting(until: now + Int64(Double(step) * spread))
            waiting.insert(id)
        } else {
            makeReady(id)
        }
        return [.recordAttempts(id, task.work.attempts)]
    }

    private mutating func bury(_ id: TaskID, class failure: FailureClass) -> [Action] {
        guard let task = tasks[id] else { return [] }
        tasks[id]?.state = .settling(worker: nil)
        return [.bury(task.work, class: failure, attempts: task.history)]
    }

    private mutating func putBack(_ ids: [TaskID]) {
        for id in ids.sorted().reversed() {
            guard let work = tasks[id]?.work else { continue }
            tasks[id]?.state = .pending
            if work.attempts > 0 {
                quarantined.putBack(id)
            } else {
                ready[work.language, default: Queue()].putBack(id)
            }
        }
    }

    private mutating func makeReady(_ id: TaskID) {
        guard let work = tasks[id]?.work else { return }
        if work.attempts > 0 {
            quarantined.append(id)
        } else {
            ready[work.language, default: Queue()].append(id)
        }
    }

    private func isLeased(_ id: TaskID, by session: Frame) -> Bool {
        guard case .leased(let lease)? = tasks[id]?.state else { return false }
        return lease.session == session
    }

    private func leases() -> [(session: Frame, id: TaskID, lease: Lease)] {
        sessions.flatMap { entry in
            entry.value.leases.compactMap { id in
                guard case .leased(let lease)? = tasks[id]?.state else { return nil }
                return (entry.key, id, lease)
            }
        }
    }

    /// Takes a task off a worker's account; its state is the caller's to change.
    private mutating func giveUp(_ id: TaskID, of session: Frame) {
        guard let index = sessions[session]?.leases.firstIndex(of: id) else { return }
        sessions[session]?.leases.remove(at: index)
        sessions[session]?.bytes -= tasks[id]?.bytes ?? 0
        if sessions[session]?.quarantine == id { sessions[session]?.quarantine = nil }
    }

    // MARK: - Dispatch

    private mutating func dispatch(now: Int64) -> [Action] {
        guard !isDraining else { return [] }
        var actions = dispatchQuarantined(now: now)
        for language in ready.keys.sorted() {
            while let id = ready[language]?.popFirst() {
                guard let task = tasks[id], case .pending = task.state, task.work.attempts == 0 else { continue }
                guard let session = bestSession(for: task) else {
                    ready[language]?.putBack(id)
                    break
                }
                actions.append(lease(id, to: session, now: now))
            }
            if ready[language]?.isEmpty == true { ready[language] = nil }
        }
        return actions
    }

    private mutating func dispatchQuarantined(now: Int64) -> [Action] {
        var actions: [Action] = []
        var left: [TaskID] = []
        while let id = quarantined.popFirst() {
            guard let task = tasks[id], case .pending = task.state else { continue }
            let reserved = sessions.first { $0.value.quarantine == id }?.key
            guard let session = reserved ?? sessionToReserve(for: task) else {
                left.append(id)
                continue
            }
            sessions[session]?.quarantine = id
            if sessions[session]?.leases.isEmpty == true, sessions[session]?.capacity ?? 0 > 0 {
                actions.append(lease(id, to: session, now: now))
            } else {
                left.append(id)
            }
        }
        for id in left.reversed() { quarantined.putBack(id) }
        return actions
    }

    private func bestSession(for task: Task) -> Frame? {
        sessions.filter { entry in
            let session = entry.value
            return session.quarantine == nil && session.leases.count < session.capacity
                && session.unacknowledged < settings.unacknowledged && session.reads(task.work.language)
                && task.bytes <= session.maxBytes
        }
        .min { left, right in
            (left.value.bytes, left.value.leases.count, left.value.name)
                < (right.value.bytes, right.value.leases.count, right.value.name)
        }?.key
    }

    /// The worker that is the first to be idle, so that a task in quarantine does not wait for ever.
    private func sessionToReserve(for task: Task) -> Frame? {
        sessions.filter {
            $0.value.quarantine == nil && $0.value.capacity > 0 && $0.value.reads(task.work.language)
                && task.bytes <= $0.value.maxBytes
        }
        .min { ($0.value.leases.count, $0.value.name) < ($1.value.leases.count, $1.value.name) }?.key
    }

    private mutating func lease(_ id: TaskID, to session: Frame, now: Int64) -> Action {
        // Both callers have just looked the task up.
        guard let task = tasks[id] else { return .send(PoolMessage(.beat([])), to: session) }
        tasks[id]?.state = .leased(Lease(session: session, since: now, progressed: now))
        sessions[session]?.leases.append(id)
        sessions[session]?.bytes += task.bytes
        return .send(
            PoolMessage(task: id.frame, .task(attempt: task.work.attempts + 1, task.work.message)), to: session)
    }
}
