public import Streams
import Synchronization
public import Wire
public import ZeroMQ

/// Runs tasks of a head: one socket, and threads that compute.
///
/// The same worker serves in the head's own process over `inproc` and on any machine over `tcp`. It belongs to one thread,
/// which calls `run`.
public struct Worker: ~Copyable, Sendable {
    /// How a worker presents itself and what it computes.
    public struct Configuration: Sendable {
        /// Where the head's pool is.
        public var head: Endpoint
        /// Public key of the head in Z85, nil for an endpoint without CURVE.
        public var serverKey: String?
        /// This worker's CURVE keys, needed where there is a server key.
        public var keys: CurveKeys?
        /// What it runs; the head must run the same.
        public var pipeline: String
        /// Languages it takes as primary subtags, `*` for all.
        public var languages: [String]
        /// Tasks at a time.
        public var threads: Int
        /// Name of this machine.
        public var host: String
        /// Where it writes down what its threads are at, nil where others see how it ends.
        public var busy: BusyFile?
        /// Milliseconds that running tasks are given at the end.
        public var patience: Int64 = 30_000

        /// Creates a configuration.
        public init(
            head: Endpoint, serverKey: String? = nil, keys: CurveKeys? = nil, pipeline: String, languages: [String],
            threads: Int, host: String
        ) {
            self.head = head
            self.serverKey = serverKey
            self.keys = keys
            self.pipeline = pipeline
            self.languages = languages
            self.threads = threads
            self.host = host
        }
    }

    /// What happened, for logs and counters.
    public enum Report: Sendable {
        /// The head takes this worker, for the first time or again.
        case welcome
        /// The head has not taken it for so many milliseconds; why.
        case waiting(milliseconds: Int64, why: String)
        /// A task ended so.
        case finished(WorkerSession.Outcome)
        /// A task that hangs was given up; its thread is lost until it is done all the same.
        case abandoned
        /// The head sent something that the protocol forbids.
        case malformed(WireError)
    }

    /// Why a worker ended.
    public enum Ending: Sendable, Hashable {
        /// It was asked to.
        case stopped
        /// More threads hang than it began with: it should be started anew.
        case stuck
    }

    private struct Finished: Sendable {
        var thread: ComputeThread
        var task: Frame
        var outcome: WorkerSession.Outcome
    }

    private final class Shared: Sendable {
        let finished = Mutex<[Finished]>([])
    }

    private let configuration: Configuration
    private let compute: @Sendable (StreamMessage) -> WorkerSession.Outcome
    private let report: @Sendable (Report) -> Void
    private let shared: Shared
    private var socket: Socket
    private var session: WorkerSession
    private var idle: [ComputeThread]
    private var busy: [Frame: ComputeThread] = [:]
    private var marks: [Frame: BusyFile.Mark] = [:]
    /// Threads that hang, each with a task that was given up.
    private var lost: [ComputeThread] = []
    private var ending: Ending?
    private var reception = Reception()
    private let line: LineWatch?

    /// Opens the socket of a worker.
    ///
    /// - Parameters:
    ///   - configuration: How it presents itself.
    ///   - context: The process's ZeroMQ context.
    ///   - compute: What a task gives; called on the worker's threads.
    ///   - report: Takes what happened, on the worker's own thread.
    /// - Throws: `ZeroMQError` if the socket cannot be connected or a thread cannot be started.
    public init(
        _ configuration: Configuration, in context: Context,
        compute: @escaping @Sendable (StreamMessage) -> WorkerSession.Outcome,
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) throws(ZeroMQError) {
        var socket = try Socket(.dealer, in: context)
        try socket.applyProtocolDefaults(for: configuration.head)
        try socket.set(.routingID(ProcessIdentity.incarnation()))
        // What is said while there is no head would be heard by the next one, all at once.
        try socket.set(.immediate(true))
        if let serverKey = configuration.serverKey, let keys = configuration.keys {
            try socket.set(.curveClient(serverKey: serverKey, keys))
        }
        // Nothing can be wrong with a connection within a process.
        let isInProcess = configuration.head.transport == .inproc
        let shared = Shared()
        let line = isInProcess ? nil : try LineWatch(of: &socket)
        try socket.connect(to: configuration.head)
        var threads: [ComputeThread] = []
        for _ in 0..<configuration.threads { threads.append(try ComputeThread(name: "compute")) }
        let ready = PoolMessage.Ready(
            pipeline: configuration.pipeline, langs: configuration.languages, credit: configuration.threads + 1,
            host: configuration.host, pid: Int(ProcessIdentity.pid))
        self.configuration = configuration
        self.compute = compute
        self.report = report
        self.shared = shared
        self.line = line
        self.socket = socket
        session = WorkerSession(ready: ready, threads: configuration.threads)
        idle = threads
    }

    /// Works until `signal` asks to stop, and then until the running tasks are done and durable; blocks.
    ///
    /// - Parameter signal: How other threads reach the worker.
    /// - Returns: Why it ended.
    /// - Throws: `ZeroMQError` if the socket fails.
    public mutating func run(until signal: LoopSignal) throws(ZeroMQError) -> Ending {
        var items = [socket.pollItem(.readable), signal.waker.pollItem]
        defer { for thread in idle + lost + Array(busy.values) { thread.stop() } }
        var timeout = Duration.zero
        while true {
            _ = try poll(&items, timeout: timeout)
            timeout = .milliseconds(min(250, session.beat))
            signal.waker.clear()
            let now = SteadyClock.milliseconds()
            if signal.isStopping {
                try carryOut(session.stop(patience: configuration.patience, now: now), signal: signal)
            }
            for _ in 0..<64 {
                guard let frames = try socket.receive(wait: false, maxFrames: Limits.frames + 1) else { break }
                try take(frames, signal: signal, now: now)
            }
            for finished in shared.finished.withLock({ list in
                defer { list = [] }
                return list
            }) {
                if let index = lost.firstIndex(where: { $0 === finished.thread }) {
                    // It did not hang for ever; another has taken its place.
                    lost.remove(at: index).stop()
                    continue
                }
                guard let thread = busy.removeValue(forKey: finished.task) else { continue }
                marks[finished.task] = nil
                idle.append(thread)
                report(.finished(finished.outcome))
                try carryOut(session.finished(finished.task, finished.outcome, now: now), signal: signal)
            }
            let ticks = busy.mapValues { $0.processorTime }
            try carryOut(session.tick({ ticks[$0] ?? 0 }, now: now), signal: signal)
            if !signal.isStopping { remark(now: now) }
            if let ending { return ending }
        }
    }

    private mutating func remark(now: Int64) {
        switch reception.look(
            isWelcome: session.isWelcome, refusal: session.refusal, line: line?.state ?? .up, now: now)
        {
        case .welcome: report(.welcome)
        case .waiting(let milliseconds, let why): report(.waiting(milliseconds: milliseconds, why: why))
        case nil: break
        }
    }

    private mutating func take(_ frames: [Frame], signal: LoopSignal, now: Int64) throws(ZeroMQError) {
        let message: PoolMessage
        do {
            message = try PoolMessage(frames: frames)
        } catch {
            report(.malformed(error))
            return
        }
        try carryOut(session.receive(message, now: now), signal: signal)
    }

    private mutating func carryOut(_ actions: [WorkerSession.Action], signal: LoopSignal) throws(ZeroMQError) {
        for action in actions {
            switch action {
            case .send(let message):
                // A result too large for the protocol cannot be sent as one.
                switch Result(catching: { () throws(WireError) in try message.frames() }) {
                case .success(let frames): try socket.send(frames, wait: false)
                case .failure(let error): report(.malformed(error))
                }
            case .begin(let task, let article): begin(task, article, signal: signal)
            case .abandon(let task):
                guard let thread = busy.removeValue(forKey: task) else { continue }
                report(.abandoned)
                if let mark = marks.removeValue(forKey: task) { configuration.busy?.end(mark) }
                lost.append(thread)
                idle.append(try ComputeThread(name: "compute"))
                if lost.count > configuration.threads { ending = .stuck }
            case .finished: ending = ending ?? .stopped
            }
        }
    }

    private mutating func begin(_ task: Frame, _ article: StreamMessage, signal: LoopSignal) {
        guard let thread = idle.popLast() else { return }
        busy[task] = thread
        let mark = configuration.busy?.begin(task, now: Timestamp.milliseconds())
        marks[task] = mark
        thread.run { [compute, shared, file = configuration.busy] in
            let outcome = compute(article)
            if let mark { file?.end(mark) }
            shared.finished.withLock { $0.append(Finished(thread: thread, task: task, outcome: outcome)) }
            signal.waker.wake()
        }
    }
}
