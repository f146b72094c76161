import TestKit
import Wire

@testable import Pool

/// A head with its journal, and workers behind lossy channels; it watches what the dispatcher promises.
struct PoolWorld {
    /// What an article does to a worker.
    enum Kind: CaseIterable {
        case healthy
        /// Ends the worker's process.
        case poison
        /// Is refused.
        case invalid
        /// Fails at first.
        case flaky
        /// Never ends.
        case hanging
    }

    enum Event {
        case enqueue(key: Int, Kind)
        /// A worker takes what has arrived and sends what is due.
        case step(Int)
        /// A worker finishes the task that it began first.
        case work(Int)
        /// The head takes what a worker sent.
        case deliver(Int)
        case commit(Int)
        case pass(Int64)
        case crash(Int)
        /// A process stands still, or goes on.
        case freeze(Int)
        case thaw(Int)
        case loseToHead(Int)
        case loseToWorker(Int)
        case repeatResult(Int)
        case nonsense(Int)
        case stop(Int)
        case restartHead
        /// The journal takes attempts again, or fails them until then.
        case record
        /// A task that this worker, which lives in the head's process, runs ends both.
        case crashHead
    }

    /// The rules of a world.
    struct Rules: Sendable {
        var workers: Int
        /// Only poison ends workers, nothing is lost, and nobody stands still.
        var isGentle = false
        /// What comes of tasks is completed in their order.
        var isOrdered = false
        /// The first worker lives in the head's process.
        var isInProcess = false
    }

    struct Node {
        var id: Frame
        var session: WorkerSession
        var isFrozen = false
        var isStopping = false
        /// Its messages on their way to the head, and the head's to it.
        var up: [PoolMessage] = []
        var down: [PoolMessage] = []
        var running: [Frame] = []
        var lastResult: PoolMessage?
    }

    struct Article {
        var work: Dispatcher.Work
        var kind: Kind
        var isDurable = false
        var attempts = 0
    }

    static let settings = {
        var settings = Dispatcher.Settings(pipeline: "p")
        settings.lease = 8_000
        settings.cap = 12_000
        settings.backOff = [1_000, 2_000, 3_000, 4_000]
        return settings
    }()

    let seed: UInt64
    let rules: Rules
    let settings: Dispatcher.Settings
    var isGentle: Bool { rules.isGentle }
    var dispatcher: Dispatcher
    var now: Int64 = 1_000
    var nodes: [Node] = []
    var incarnations = 0
    var articles: [TaskID: Article] = [:]
    /// What the dispatcher gave out and has not taken back, by the messages alone.
    var leased: [TaskID: (node: Frame, attempt: Int)] = [:]
    var settling: [TaskID] = []
    /// Failed attempts that wait for the journal.
    var recording: [TaskID] = []
    var order: [TaskID] = []
    let verdict = Verdict()
    var fault: String? { verdict.fault }

    init(_ rules: Rules, seed: UInt64) {
        self.seed = seed
        self.rules = rules
        var settings = Self.settings
        if rules.isOrdered {
            // So tight that most of what is done ahead finds no room.
            settings.isOrdered = true
            settings.resultBytes = 2
            settings.unacknowledged = 2
        }
        self.settings = settings
        dispatcher = Dispatcher(settings: settings, random: SplitMix64(seed: seed))
        for index in 0..<rules.workers {
            nodes.append(Node(id: [], session: WorkerSession(ready: Self.ready(0), threads: 1)))
            restart(index)
        }
    }

    static func ready(_ pid: Int) -> PoolMessage.Ready {
        PoolMessage.Ready(pipeline: "p", langs: ["*"], credit: 1 + 1 + pid % 2, host: "h", pid: pid)
    }

    // MARK: - Events

    mutating func apply(_ event: Event) {
        switch event {
        case .enqueue(let key, let kind): enqueue(key: key, kind)
        case .step(let index): step(index)
        case .work(let index): work(index)
        case .deliver(let index): deliver(index)
        case .commit(let count): commit(count)
        case .pass(let time): pass(time)
        case .crash(let index): crash(index)
        case .freeze(let index): nodes[index].isFrozen = true
        case .thaw(let index): nodes[index].isFrozen = false
        case .loseToHead(let index): nodes[index].up = []
        case .loseToWorker(let index): nodes[index].down = []
        case .repeatResult(let index):
            if let result = nodes[index].lastResult { nodes[index].up.append(result) }
        case .nonsense(let index):
            for id in articles.keys.sorted().suffix(2) {
                let fail = PoolMessage.Fail(class: .fatal, code: "old", text: "", att: 9)
                nodes[index].up += [
                    PoolMessage(task: id.frame, .fail(fail)), PoolMessage(task: id.frame, .release(attempt: 9)),
                    PoolMessage(task: [1], .release(attempt: 1)), PoolMessage(.beat([.init(task: "x", ticks: -1)])),
                ]
            }
        case .stop(let index):
            guard !nodes[index].isStopping else { return }
            nodes[index].isStopping = true
            carryOut(nodes[index].session.stop(patience: 3_000, now: now), on: index)
        case .restartHead: restartHead()
        case .record: record()
        case .crashHead: crashHead()
        }
    }

    private mutating func enqueue(key: Int, _ kind: Kind) {
        let n = Int64(articles.count + 1)
        let position = Position(s: "raw", e: "00000000000000aa", n: n, p: 0, id: "i", ts: "t")
        let message = StreamMessage(topic: "raw/1/en/x/", position: position, body: [UInt8](repeating: 1, count: 2))
        // Two origins, whose articles may have the same key.
        let id = TaskID(origin: Int(n % 2), epoch: 0xaa, n: n)
        let work = Dispatcher.Work(id: id, message: message, key: "k\(key)", language: "en")
        articles[id] = Article(work: work, kind: kind)
        order.append(id)
        carryOut(dispatcher.enqueue(work, now: now))
    }

    /// The head dies and begins anew with what the journal holds.
    private mutating func restartHead() {
        dispatcher = Dispatcher(settings: settings, random: SplitMix64(seed: seed &+ 1))
        leased = [:]
        settling = []
        // What was not durable is forgotten.
        for id in recording { articles[id]?.attempts -= 1 }
        recording = []
        for id in order {
            guard let article = articles[id], !article.isDurable else { continue }
            var work = article.work
            work.attempts = article.attempts
            carryOut(dispatcher.enqueue(work, now: now))
        }
    }

    /// A task ends the process of the head, and with it the worker that lives there; what that ran counts as tried.
    private mutating func crashHead() {
        guard rules.isInProcess, !nodes.isEmpty else { return }
        for task in nodes[0].running {
            guard let id = TaskID(task), let article = articles[id], !article.isDurable else { continue }
            articles[id]?.attempts = article.attempts + 1
        }
        restart(0)
        restartHead()
    }

    mutating func record() {
        let ids = recording
        recording = []
        if !ids.isEmpty { carryOut(dispatcher.recorded(ids, now: now)) }
    }

    /// A new process in the place of one that ended; the head notices when it next sends to the old one.
    private mutating func restart(_ index: Int) {
        incarnations += 1
        let ready = Self.ready(incarnations)
        let session = WorkerSession(ready: ready, threads: ready.credit - 1)
        nodes[index] = Node(id: [1, UInt8(truncatingIfNeeded: incarnations)], session: session)
        step(index)
    }

    private mutating func crash(_ index: Int) {
        let id = nodes[index].id
        // What it managed to send before still arrives.
        deliver(index)
        restart(index)
        carryOut(dispatcher.unreachable(id, now: now))
    }

    mutating func pass(_ time: Int64) {
        now += time
        for index in nodes.indices where !nodes[index].isFrozen { tick(index) }
        if isGentle { for index in nodes.indices { deliver(index) } }
        carryOut(dispatcher.tick(now: now))
    }

    private mutating func tick(_ index: Int) {
        let (articles, now) = (articles, now)
        let actions = nodes[index].session.tick(
            { task in
                // Every task but one that hangs makes progress.
                TaskID(task).flatMap { articles[$0] }?.kind == .hanging ? 1 : now
            }, now: now)
        carryOut(actions, on: index)
    }

    mutating func step(_ index: Int) {
        guard !nodes[index].isFrozen else { return }
        let messages = nodes[index].down
        nodes[index].down = []
        for message in messages { carryOut(nodes[index].session.receive(message, now: now), on: index) }
        tick(index)
    }

    mutating func work(_ index: Int) {
        guard !nodes[index].isFrozen else { return }
        let runnable = nodes[index].running.firstIndex { TaskID($0).flatMap { articles[$0] }?.kind != .hanging }
        guard let first = runnable, let id = TaskID(nodes[index].running[first]), let article = articles[id]
        else { return }
        let outcome: WorkerSession.Outcome
        switch article.kind {
        case .healthy: outcome = .result(id: "r\(id.n)", body: [UInt8(id.n)])
        case .flaky where article.attempts > 1: outcome = .result(id: "r\(id.n)", body: [UInt8(id.n)])
        case .poison: return rules.isInProcess && index == 0 ? crashHead() : crash(index)
        case .invalid: outcome = .failure(.invalid, code: "c", text: "t")
        case .flaky, .hanging: outcome = .failure(.transient, code: "c", text: "t")
        }
        nodes[index].running.remove(at: first)
        carryOut(nodes[index].session.finished(id.frame, outcome, now: now), on: index)
    }

    mutating func deliver(_ index: Int) {
        guard !nodes[index].up.isEmpty else { return }
        let (messages, node) = (nodes[index].up, nodes[index].id)
        nodes[index].up = []
        for message in messages {
            note(message, from: node)
            carryOut(dispatcher.receive(message, from: node, now: now))
            // As the head does.
            guard case .result = message.command, let id = TaskID(message.task) else { continue }
            if articles[id]?.isDurable == true { carryOut([Dispatcher.acknowledge(message.task, to: node)]) }
        }
    }

    /// A worker's own word ends its lease.
    private mutating func note(_ message: PoolMessage, from node: Frame) {
        guard let id = TaskID(message.task), let lease = leased[id], lease.node == node else { return }
        switch message.command {
        case .fail(let failure) where failure.att == lease.attempt: leased[id] = nil
        case .release(lease.attempt): leased[id] = nil
        // It is taken, or given back with CANCEL.
        case .result: leased[id] = nil
        default: break
        }
    }

    mutating func commit(_ count: Int) {
        let ids = Array(settling.prefix(count))
        settling.removeFirst(ids.count)
        for id in ids {
            demand(articles[id]?.isDurable == false, "\(id) became durable twice")
            articles[id]?.isDurable = true
        }
        if !ids.isEmpty { carryOut(dispatcher.settled(ids, now: now)) }
    }

    // MARK: - Actions

    private mutating func carryOut(_ actions: [WorkerSession.Action], on index: Int) {
        for action in actions {
            switch action {
            case .send(let message):
                nodes[index].up.append(message)
                if case .result = message.command { nodes[index].lastResult = message }
            case .begin(let task, _):
                demand(!nodes[index].running.contains(task), "a worker began \(task) twice at once")
                nodes[index].running.append(task)
            case .abandon(let task): nodes[index].running.removeAll { $0 == task }
            case .finished:
                let id = nodes[index].id
                deliver(index)
                restart(index)
                carryOut(dispatcher.unreachable(id, now: now))
                return
            }
        }
        demand(nodes[index].running == nodes[index].session.runningTasks, "a worker's session miscounts its threads")
    }

    private mutating func carryOut(_ actions: [Dispatcher.Action]) {
        var actions = actions[...]
        while let action = actions.popFirst() {
            switch action {
            case .send(let message, let node):
                if case .task(let attempt, _) = message.command { check(message.task, attempt: attempt, to: node) }
                if case .cancel = message.command, let id = TaskID(message.task), leased[id]?.node == node {
                    leased[id] = nil
                }
                guard let index = nodes.firstIndex(where: { $0.id == node }) else {
                    let unsent = Set(([action] + actions).compactMap { $0.task(for: node) })
                    actions += dispatcher.unreachable(node, unsent: unsent, now: now)
                    continue
                }
                nodes[index].down.append(message)
            case .recordAttempt(let id, let attempts, let attempt):
                demand(attempts == (articles[id]?.attempts ?? 0) + 1, "\(id) was charged twice at once")
                demand(attempts < settings.attempts, "\(id) is tried more often than allowed")
                demand(attempt.attempt <= attempts, "\(id) has more attempts than failed")
                demand(!recording.contains(id), "\(id) was charged before its last attempt was durable")
                articles[id]?.attempts = attempts
                recording.append(id)
                leased[id] = nil
            case .complete(let work, _, let body):
                demand(body == [UInt8(work.id.n)], "\(work.id) completed with another's result")
                end(work.id)
            case .bury(let work, let failure): bury(work.id, failure.class)
            case .settle(let work): demand(false, "\(work.id) came to nothing")
            case .discard(let id): demand(false, "\(id) came to nothing")
            case .joined, .heldUp: break
            case .left(let name, _): leave(name)
            }
        }
    }

    private mutating func leave(_ name: String) {
        guard let pid = name.split(separator: "/").last.flatMap({ Int($0) }) else { return }
        for (id, lease) in leased where lease.node == [1, UInt8(truncatingIfNeeded: pid)] { leased[id] = nil }
    }
}
