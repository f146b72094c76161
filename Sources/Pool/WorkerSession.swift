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
        /// Forget a task that runs: its thread is stuck, and what it gives does not count.
        case abandon(task: Frame)
        /// The head and this worker do not fit; the text says why.
        case refused(String)
        /// Nothing is left to do.
        case finished
    }

    private struct Queued: Sendable {
        var task: Frame
        var attempt: Int
        var message: StreamMessage
    }

    private struct Running: Sendable {
        var attempt: Int
        var since: Int64
    }

    private struct Unacknowledged: Sendable {
        var message: PoolMessage
        var sent: Int64
    }

    private let ready: PoolMessage.Ready
    private let threads: Int
    private var isWelcome = false
    private var isStopping = false
    private var beat: Int64 = 1_000
    private var nextBeat: Int64 = 0
    private var queue = Queue<Queued>()
    private var cancelled: Set<Frame> = []
    private var running: [Frame: Running] = [:]
    private var unacknowledged: [Frame: Unacknowledged] = [:]
    private var stopDeadline: Int64 = .max

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
    public var runningTasks: [Frame] { Array(running.keys) }

    /// Takes a message of the head.
    public mutating func receive(_ message: PoolMessage, now: Int64) -> [Action] {
        switch message.command {
        case .welcome(let welcome):
            isWelcome = true
            beat = Int64(welcome.beatMilliseconds)
            for task in unacknowledged.keys { unacknowledged[task]?.sent = now }
            return unacknowledged.values.map { .send($0.message) }
        case .task(let attempt, let article):
            // A task that is here already was sent before this head began anew: its result will do.
            guard running[message.task] == nil, unacknowledged[message.task] == nil else { return [] }
            guard !isStopping else { return [.send(PoolMessage(task: message.task, .release(attempt: attempt)))] }
            queue.append(Queued(task: message.task, attempt: attempt, message: article))
            cancelled.remove(message.task)
            return begin(now: now)
        case .ok:
            unacknowledged[message.task] = nil
            return finishIfDone()
        case .cancel:
            unacknowledged[message.task] = nil
            if running.removeValue(forKey: message.task) != nil {
                return [.abandon(task: message.task)] + begin(now: now)
            }
            cancelled.insert(message.task)
            return finishIfDone()
        case .drain: return releaseQueue()
        case .who:
            isWelcome = false
            return isStopping ? finishUnwelcome() : [.send(PoolMessage(.ready(ready)))]
        case .error(let error): return error.code == 409 || error.code == 426 ? [.refused(error.text)] : []
        case .beat, .ready, .result, .fail, .release, .credit, .bye: return []
        }
    }

    /// Takes note of what a task gave.
    public mutating func finished(_ task: Frame, _ outcome: Outcome, now: Int64) -> [Action] {
        guard let run = running.removeValue(forKey: task) else { return [] }
        let message: PoolMessage
        switch outcome {
        case .result(let id, let body):
            let result = PoolMessage.Result(att: run.attempt, rid: id, ms: now - run.since)
            message = PoolMessage(task: task, .result(result, body: body))
            unacknowledged[task] = Unacknowledged(message: message, sent: now)
        case .failure(let failure, let code, let text):
            message = PoolMessage(
                task: task, .fail(PoolMessage.Fail(class: failure, code: code, text: text, att: run.attempt)))
        }
        return [.send(message)] + begin(now: now) + finishIfDone()
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
        guard isWelcome else { return isStopping ? finishUnwelcome() : [.send(PoolMessage(.ready(ready)))] }
        let busy = running.keys.map { PoolMessage.Busy(task: String(decoding: $0, as: UTF8.self), ticks: ticks($0)) }
        var actions: [Action] = [.send(PoolMessage(.beat(busy)))]
        // An OK that got lost is asked for again by the result itself.
        for (task, result) in unacknowledged where now - result.sent >= 2 * beat {
            unacknowledged[task]?.sent = now
            actions.append(.send(result.message))
        }
        return actions
    }

    /// Takes no further task, gives back what has not begun, and finishes the rest within `patience` milliseconds.
    public mutating func stop(patience: Int64, now: Int64) -> [Action] {
        guard !isStopping else { return [] }
        isStopping = true
        stopDeadline = now + patience
        return [.send(PoolMessage(.credit(0)))] + releaseQueue() + finishIfDone()
    }

    private mutating func begin(now: Int64) -> [Action] {
        var actions: [Action] = []
        while running.count < threads, let next = queue.popFirst() {
            guard cancelled.remove(next.task) == nil else { continue }
            running[next.task] = Running(attempt: next.attempt, since: now)
            actions.append(.begin(task: next.task, next.message))
        }
        if queue.isEmpty { cancelled = [] }
        return actions
    }

    private mutating func releaseQueue() -> [Action] {
        var actions: [Action] = []
        while let next = queue.popFirst() {
            guard cancelled.remove(next.task) == nil else { continue }
            actions.append(.send(PoolMessage(task: next.task, .release(attempt: next.attempt))))
        }
        return actions
    }

    private func finishIfDone() -> [Action] {
        isStopping && running.isEmpty && unacknowledged.isEmpty ? [.send(PoolMessage(.bye)), .finished] : []
    }

    /// Ends a worker that stops while no head knows it: what it has will be done again by another.
    private func finishUnwelcome() -> [Action] { running.isEmpty ? [.finished] : [] }
}
