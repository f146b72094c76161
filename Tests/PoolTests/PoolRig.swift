import Dispatch
import Journal
import Pool
import Streams
import Synchronization
import TestKit
import Wire
import ZeroMQ

/// A publisher, a head and workers, each on its own thread, over journals in memory.
final class PoolRig: Sendable {
    let context: Context
    let results = MemoryJournal()
    let publisher: RunningPublisher
    let pool: Endpoint
    private let settings: Dispatcher.Settings
    private let raw = MemoryJournal()
    private let heads = Mutex<[Running]>([])
    private let workers = Mutex<[Running]>([])
    let endings = Mutex<[Worker.Ending]>([])

    private struct Running: Sendable {
        var signal: LoopSignal
        var thread: DedicatedThread

        func stop() {
            signal.stop()
            thread.join()
        }
    }

    init(pool: String, _ change: (inout Dispatcher.Settings) -> Void = { _ in }) throws {
        context = try Context()
        publisher = try RunningPublisher(of: raw, in: context)
        var settings = Dispatcher.Settings(pipeline: "p")
        settings.beat = 50
        change(&settings)
        self.settings = settings
        let first = try Self.startHead(
            at: Endpoint(pool), of: publisher.address, results: results, settings: settings, in: context)
        self.pool = first.endpoint
        heads.withLock { $0.append(Running(signal: first.signal, thread: first.thread)) }
    }

    private static func startHead(
        at endpoint: Endpoint, of source: FollowerConnection.Address, results: MemoryJournal,
        settings: Dispatcher.Settings, in context: Context
    ) throws -> (endpoint: Endpoint, signal: LoopSignal, thread: DedicatedThread) {
        var configuration = Head.Configuration(
            name: "head", sources: [Head.Source(name: "o", address: source)], pool: [endpoint], dispatch: settings)
        configuration.patience = 1_000
        let signal = try LoopSignal()
        let head = try retrying { () throws(HeadError) in
            try Head(configuration, journal: results, in: context, published: {})
        }
        let bound = head.poolEndpoints[0]
        let thread = try DedicatedThread(named: "head", owning: head) { head in
            var head = head
            try? head.run(until: signal)
        }
        return (bound, signal, thread)
    }

    /// Ends the head and starts another in its place.
    func restartHead() throws {
        for head in heads.withLock({ heads in
            defer { heads = [] }; return heads
        }) { head.stop() }
        let next = try Self.startHead(
            at: pool, of: publisher.address, results: results, settings: settings, in: context)
        heads.withLock { $0.append(Running(signal: next.signal, thread: next.thread)) }
    }

    /// Starts a worker that computes so; `restarts` it in place when too many of its threads hang.
    func startWorker(
        threads: Int = 1, pipeline: String = "p",
        _ compute: @escaping @Sendable (StreamMessage) -> WorkerSession.Outcome = PoolRig.succeed
    ) throws {
        var configuration = Worker.Configuration(
            head: pool, pipeline: pipeline, languages: ["*"], threads: threads, host: "h")
        configuration.patience = 2_000
        let signal = try LoopSignal()
        let worker = try Worker(configuration, in: context, compute: compute)
        let thread = try DedicatedThread(named: "worker", owning: worker) { [self] worker in
            var worker = worker
            guard let ending = try? worker.run(until: signal) else { return }
            endings.withLock { $0.append(ending) }
        }
        workers.withLock { $0.append(Running(signal: signal, thread: thread)) }
    }

    @Sendable static func succeed(_ message: StreamMessage) -> WorkerSession.Outcome {
        .result(id: "of-\(message.position.id)", body: message.body)
    }

    /// Whether so many entries came into a stream of results, in the end.
    func has(_ count: Int64, in stream: String = "res") throws -> Bool {
        try eventually { try results.state(of: stream).last >= count }
    }

    func entries(of stream: String = "res") throws -> [StreamMessage] {
        try results.read(stream, from: 1, prefix: "", maxCount: .max, maxBytes: .max)
    }

    func stop() {
        for worker in workers.withLock({ $0 }) { worker.stop() }
        for head in heads.withLock({ $0 }) { head.stop() }
        publisher.stop()
    }
}
