public import Wire

/// The worker's side of the pool protocol: decides which task begins when, and keeps results until they are durable.
///
/// It is a value without sockets, threads or clocks: `Worker` feeds it and carries out its actions. Times are in
/// milliseconds.
public struct WorkerSession: Sendable {
    /// What a task gave.
    public enum Outcome: Sendable, Hashable {
        /// A result, by its identifier, with the event to publish.
        case result(id: String, body: [UInt8])
        /// A failure.
        case failure(FailureClass, code: String, text: String)
    }

    /// What a session wants done, in order.
    public enum Action: Sendable, Hashable {
        /// Send a message to the head.
        case send(PoolMessage)
        /// Begin a task on an idle thread.
        case begin(task: Frame, StreamMessage)
        /// Forget a task that runs: its thread hangs, and what it gives does not count.
        case abandon(task: Frame)
        /// Nothing is left to do.
        case finished
    }

    private struct Queued: Sendable {
        var task: Frame
        var attempt: Int
        var message: StreamMessage
    }

    private struct Running: Sendable {
        var task: Frame
        var attempt: Int
        var since: Int64
        var ticks: Int64?
        /// When its ticks were last seen to change.
        var progressed: Int64
        /// The head waits for it no more, as where another worker was faster: what it gives counts for nothing.
        var isUnwanted = false
    }

    private struct Unacknowledged: Sendable {
        var task: Frame
        var message: PoolMessage
        var sent: Int64
    }

    private let ready: PoolMessage.Ready
    private let threads: Int
    /// Whether the head takes this worker.
    public private(set) var isWelcome = false
    /// Why the head does not take this worker for now, in its words.
    public private(set) var refusal: String?
    private var isStopping = false
    /// Between two beats, as the head wants them.
    public private(set) var beat: Int64 = 1_000
    private var ttl: Int64 = 5_000
    private var lease: Int64 = 60_000
    private var cap: Int64 = 300_000
    private var heard: Int64 = 0
    private var nextBeat: Int64 = 0
    private var queue: [Queued] = []
    private var running: [Running] = []
    private var unacknowledged: [Unacknowledged] = []
    private var stopDeadline: Int64 = .max
    /// Whether long articles have all threads: nothing waits here then.
    private var isHeldUp = false

    /// Creates a session that has not spoken yet.
    ///
    /// - Parameters:
    ///   - ready: How the worker presents itself; its credit bounds the tasks it holds.
    ///   - threads: Tasks that run at a time.
    public init(ready: PoolMessage.Ready, threads: Int) {
        self.ready = ready
        self.threads = threads
    }

    /// Tasks that run now.
    public var runningTasks: [Frame] { running.map(\.task) }

    /// Results that the head has not yet called durable.
    public var unacknowledgedResults: Int { unacknowledged.count }

    /// Takes a message of the head.
    public mutating func receive(_ message: PoolMessage, now: Int64) -> [Action] {
        heard = now
        switch message.command {
        case .welcome(let welcome): return take(welcome, now: now)
        case .task(let attempt, let article):
            return take(Queued(task: message.task, attempt: attempt, message: article), now: now)
        case .ok:
            unacknowledged.removeAll { $0.task == message.task }
            return finishIfDone()
        case .cancel:
            unacknowledged.removeAll { $0.task == message.task }
            queue.removeAll { $0.task == message.task }
            if let index = running.firstIndex(where: { $0.task == message.task }) { running[index].isUnwanted = true }
            return abandonOverdue(now: now) + finishIfDone()
        case .drain: return releaseQueue()
        case .who:
            // A head that began anew says so to each message that waited for it: one READY answers them all.
            guard isWelcome else { return [] }
            isWelcome = false
            return isStopping ? finishUnwelcome() : [.send(PoolMessage(.ready(ready)))]
        case .error(let error): return take(error)
        case .beat, .ready, .result, .fail, .release, .credit, .bye: return []
        }
    }

    /// Takes note of what a task gave.
    public mutating func finished(_ task: Frame, _ outcome: Outcome, now: Int64) -> [Action] {
        guard let index = running.firstIndex(where: { $0.task == task }) else { return [] }
        let run = running.remove(at: index)
        return (run.isUnwanted ? [] : [.send(report(run, outcome, now: now))]) + takeAgain() + begin(now: now)
            + finishIfDone()
    }

    /// What the head is told of a task that gave something; a result is kept until it is durable.
    private mutating func report(_ run: Running, _ outcome: Outcome, now: Int64) -> PoolMessage {
        switch Self.sendable(outcome) {
        case .result(let id, let body):
            let result = PoolMessage.Result(att: run.attempt, rid: id, ms: max(0, now - run.since))
            let message = PoolMessage(task: run.task, .result(result, body: body))
            unacknowledged.append(Unacknowledged(task: run.task, message: message, sent: now))
            return message
        case .failure(let failure, let code, let text):
            return PoolMessage(
                task: run.task, .fail(PoolMessage.Fail(class: failure, code: code, text: text, att: run.attempt)))
        }
    }

    /// Takes note that time has passed.
    ///
    /// - Parameters:
    ///   - ticks: How far each running task is, in any unit that grows while it makes progress.
    ///   - now: The time.
    /// - Returns: What is to be done.
    public mutating func tick(_ ticks: (Frame) -> Int64, now: Int64) -> [Action] {
        if now >= stopDeadline { return [.send(PoolMessage(.bye)), .finished] }
        guard now >= nextBeat else { return [] }
        nextBeat = now + beat
        for index in running.indices {
            let reached = ticks(running[index].task)
            if reached != running[index].ticks { running[index].progressed = now }
            running[index].ticks = reached
        }
        let overdue = abandonOverdue(now: now)
        if now - heard >= ttl { isWelcome = false }
        guard isWelcome else {
            return overdue + (isStopping ? finishUnwelcome() : [.send(PoolMessage(.ready(ready)))])
        }
        let busy = running.map {
            PoolMessage.Busy(task: String(decoding: $0.task, as: UTF8.self), ticks: $0.ticks ?? 0)
        }
        var actions = overdue + [.send(PoolMessage(.beat(busy)))]
        // An OK that got lost is asked for again by the result itself.
        for index in unacknowledged.indices where now - unacknowledged[index].sent >= 2 * beat {
            unacknowledged[index].sent = now
            actions.append(.send(unacknowledged[index].message))
        }
        return actions + giveWay(now: now)
    }

    /// Gives back what waits behind articles that have all threads for long: another worker may have it done sooner.
    private mutating func giveWay(now: Int64) -> [Action] {
        guard !isHeldUp, !isStopping, running.count == threads,
            running.allSatisfy({ now - $0.since >= Dispatcher.long })
        else { return [] }
        isHeldUp = true
        return [.send(PoolMessage(.credit(threads)))] + releaseQueue()
    }

    /// Takes no further task, gives back what has not begun, and finishes the rest within `patience` milliseconds.
    public mutating func stop(patience: Int64, now: Int64) -> [Action] {
        guard !isStopping else { return [] }
        isStopping = true
        stopDeadline = now + patience
        return [.send(PoolMessage(.credit(0)))] + releaseQueue() + finishIfDone()
    }

    /// Asks for as much as at first, where nothing was to wait here.
    private mutating func takeAgain() -> [Action] {
        defer { isHeldUp = false }
        return !isHeldUp || isStopping ? [] : [.send(PoolMessage(.credit(ready.credit)))]
    }

    private mutating func take(_ error: ErrorReply) -> [Action] {
        switch error.code {
        case 401, 403, 409, 426, 429, 503:
            // It may be let in later, as when the head is upgraded, too, so it goes on asking.
            refusal = "\(error.code) \(error.text)"
            isWelcome = isWelcome && error.code == 503
            return []
        default: return []
        }
    }

    private mutating func take(_ welcome: PoolMessage.Welcome, now: Int64) -> [Action] {
        // Whatever a head says, beats go on and no sum of times overflows.
        let day: Int64 = 86_400_000
        beat = min(Int64(welcome.beatMilliseconds), 60_000)
        ttl = max(2 * beat, min(Int64(welcome.ttlMilliseconds), day))
        lease = min(Int64(welcome.leaseMilliseconds), day)
        cap = min(Int64(welcome.capMilliseconds), day)
        refusal = nil
        guard !isWelcome else { return [] }
        // A head that takes it anew gives it as much as its READY says.
        (isWelcome, isHeldUp) = (true, false)
        for index in unacknowledged.indices { unacknowledged[index].sent = now }
        return unacknowledged.map { .send($0.message) }
    }

    /// Takes a task, or what it is called now if it is here already: it was given before this head began anew.
    private mutating func take(_ task: Queued, now: Int64) -> [Action] {
        if let index = running.firstIndex(where: { $0.task == task.task }) {
            running[index].attempt = task.attempt
            running[index].isUnwanted = false
        } else if let index = queue.firstIndex(where: { $0.task == task.task }) {
            queue[index].attempt = task.attempt
        } else if unacknowledged.contains(where: { $0.task == task.task }) {
            return []
        } else if isStopping {
            return [.send(PoolMessage(task: task.task, .release(attempt: task.attempt)))]
        } else {
            queue.append(task)
        }
        return begin(now: now)
    }

    private mutating func begin(now: Int64) -> [Action] {
        var actions: [Action] = []
        while running.count < threads, !queue.isEmpty {
            let next = queue.removeFirst()
            running.append(Running(task: next.task, attempt: next.attempt, since: now, progressed: now))
            actions.append(.begin(task: next.task, next.message))
        }
        return actions
    }

    /// Gives up tasks that hang.
    ///
    /// A task that was taken away hangs if it made no progress for as long as the head has patience; another one where no
    /// head can be waiting for it any more, should its CANCEL have been lost.
    private mutating func abandonOverdue(now: Int64) -> [Action] {
        let overdue = running.filter { isOverdue($0, now: now) }
        if overdue.isEmpty { return [] }
        running = running.filter { !isOverdue($0, now: now) }
        let text = "not done after \(cap) ms"
        let failures: [Action] = overdue.flatMap { run -> [Action] in
            if run.isUnwanted { return [.abandon(task: run.task)] }
            let failure = PoolMessage.Fail(class: .transient, code: "lease-expired", text: text, att: run.attempt)
            return [.abandon(task: run.task), .send(PoolMessage(task: run.task, .fail(failure)))]
        }
        return failures + takeAgain() + begin(now: now)
    }

    private func isOverdue(_ run: Running, now: Int64) -> Bool {
        if run.isUnwanted, now - run.progressed >= lease || now - run.since >= cap { return true }
        return now - run.since >= cap + ttl
    }

    /// A result that the protocol cannot carry is a failure of the article.
    private static func sendable(_ outcome: Outcome) -> Outcome {
        guard case .result(let id, let body) = outcome else { return outcome }
        if body.isEmpty || id.isEmpty || id.utf8.count > Limits.taskBytes {
            return .failure(.invalid, code: "no-result", text: "a result without a body or with a wrong identifier")
        }
        if body.count > Limits.bodyBytes {
            let text = "a result of \(body.count) bytes, more than \(Limits.bodyBytes)"
            return .failure(.invalid, code: "result-too-big", text: text)
        }
        return outcome
    }

    private mutating func releaseQueue() -> [Action] {
        defer { queue = [] }
        return queue.map { .send(PoolMessage(task: $0.task, .release(attempt: $0.attempt))) }
    }

    /// Whether nothing runs that a head may wait for.
    private var runsNothing: Bool { running.allSatisfy(\.isUnwanted) }

    private func finishIfDone() -> [Action] {
        isStopping && runsNothing && unacknowledged.isEmpty ? [.send(PoolMessage(.bye)), .finished] : []
    }

    /// Ends a worker that stops while no head knows it: what it has will be done again by another.
    private func finishUnwelcome() -> [Action] { runsNothing ? [.finished] : [] }
}
