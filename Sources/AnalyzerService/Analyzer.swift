import Extraction
import Delivery
import HTTP
import Journal
import Monitoring
import Pool
public import Service
import Streams
import Wire
import ZeroMQ

/// The service that turns articles into analyses: a head with workers, or workers for a head elsewhere.
public struct Analyzer {
    private let configuration: AnalyzerConfiguration
    private let log: Log
    private let lifecycle: Lifecycle
    private let metrics = Metrics()
    private let health = Health()
    private let reloaded: @Sendable () throws -> AnalyzerConfiguration
    private let extractor: any Extractor

    /// Creates a service; nothing starts before `run`.
    ///
    /// - Parameters:
    ///   - configuration: What it is told.
    ///   - log: Where it says what happens.
    ///   - reloaded: What it is told now, on SIGHUP.
    /// - Throws: `OSThreadError` where no thread can be started, `ModelError` where the program's weights are damaged.
    public init(
        _ configuration: AnalyzerConfiguration, log: Log,
        reloaded: @escaping @Sendable () throws -> AnalyzerConfiguration
    ) throws {
        self.configuration = configuration
        self.log = log
        self.reloaded = reloaded
        // However few workers there are: a long article ends sooner on the processors that are idle.
        extractor = try EnglishExtractor()
        lifecycle = try Lifecycle(log: log, drainLimit: .seconds(35))
    }

    /// Runs until a signal or a failure ends it; blocks.
    ///
    /// - Returns: The code to exit with.
    /// - Throws: `ZeroMQError`, `JournalError` or `HeadError` where it cannot start; the text says what to do.
    public func run() throws -> ExitCode {
        metrics.showProcess(
            of: configuration.join == nil ? "analyzer" : "worker", version: Release.version, health: health,
            folder: configuration.join == nil && configuration.journal == nil ? configuration.state : nil)
        let monitoring = try configuration.http.map {
            try MonitoringServer(at: $0, MonitoringPages(metrics: metrics, health: health))
        }
        defer { monitoring?.stop() }
        if let monitoring { log.info("health and numbers are shown", ["http": monitoring.address]) }
        if let join = configuration.join { return try work(for: Endpoint(join)) }
        return try lead()
    }

    // MARK: - As a head

    private func lead() throws -> ExitCode {
        let place = configuration.journal ?? configuration.state
        guard
            let journal = try ServiceJournal.lead(
                place, of: "analyzer", restored: configuration.restored, lifecycle: lifecycle, health: health,
                log: log)
        else { return .ok }
        let context = try Context()
        let security = try Security(configuration.security, in: context, log: log, metrics: metrics)
        let publisherSignal = try LoopSignal()
        let publisher = try StreamPublisher(
            ["res", "dlq"], of: journal, publish: Endpoint(configuration.publish),
            control: Endpoint(configuration.control), curve: security.server, server: "analyzer/\(Release.version)",
            in: context, status: { [metrics, health] in .init(of: health, metrics) },
            report: PublisherReports(log: log, metrics: metrics, health: health, journal: journal).take)
        let (publish, control) = (publisher.publishEndpoint, publisher.controlEndpoint)
        let retainer = try Retainer(
            journal, streams: ["res", "dlq"], bytes: configuration.retainBytes, age: configuration.retainAge
        )?.start(lifecycle: lifecycle, log: log, metrics: metrics)
        let scrubber = Scrubber(journal, in: configuration.state)
        let scrubberThread = try scrubber.start(lifecycle: lifecycle, log: log)
        let busy = try BusyFile(in: configuration.state, threads: configuration.workers)
        let headSignal = try LoopSignal()
        let inproc = try Endpoint("inproc://pool")
        let head = try Head(
            headConfiguration(pool: [Endpoint(configuration.pool), inproc], busy: busy, security), journal: journal,
            in: context,
            published: { publisherSignal.wake() },
            report: HeadReports(log: log, metrics: metrics, health: health, scrubber: scrubber).take)
        busy.forget()
        let pool = head.poolEndpoints.first
        let publisherThread = try ServiceThread.start("publisher", publisher, lifecycle: lifecycle, log: log) {
            publisher in
            try publisher.run(until: publisherSignal)
        }
        let headThread = try ServiceThread.start("head", head, lifecycle: lifecycle, log: log) { head in
            do throws(HeadError) {
                try head.run(until: headSignal)
            } catch {
                throw error.cause
            }
        }
        let workerSignal = try LoopSignal()
        let workerThread =
            configuration.workers > 0
            ? try startWorker(at: inproc, nil, in: context, busy: busy, until: workerSignal) : nil
        reload { [headSignal, publisherSignal] configuration, log in
            security.reload(configuration.security, log: log)
            publisherSignal.wake()
            headSignal.wake()
        }
        log.info(
            "analyzer is ready",
            [
                "publish": publish, "control": control, "pool": pool?.description ?? "",
                "journal": JournalLocation(place), "workers": configuration.workers,
                "pipeline": extractor.pipeline.identity,
            ])
        health.go("start")
        lifecycle.waitUntilStopped()
        health.wait("stop", "it stops")
        return lifecycle.drain {
            headSignal.stop()
            headThread.join()
            workerSignal.stop()
            workerThread?.join()
            publisherSignal.stop()
            publisherThread.join()
            retainer?.join()
            scrubberThread.join()
            context.shutdown()
            journal.close()
        }
    }

    private func headConfiguration(
        pool: [Endpoint], busy: BusyFile, _ security: Security
    ) throws(ZeroMQError) -> Head.Configuration {
        var sources: [Head.Source] = []
        for (index, (raw, control)) in zip(configuration.raw, configuration.rawControl).enumerated() {
            let address = FollowerConnection.Address(
                publish: try Endpoint(raw), control: try Endpoint(control), serverKey: security.serverKey(index))
            sources.append(Head.Source(name: raw, address: address))
        }
        var head = Head.Configuration(
            name: "analyzer/\(Release.version)", sources: sources, pool: pool,
            dispatch: Dispatcher.Settings(pipeline: extractor.pipeline.identity))
        head.mayReset = configuration.reset
        head.from = configuration.from.map { Int64($0) }
        head.interrupted = busy.interrupted
        head.dispatch.isOrdered = configuration.ordered
        (head.keys, head.curve) = (security.keys, security.server)
        security.warn(
            binding: try [configuration.publish, configuration.control, configuration.pool].map(Self.endpoint),
            connecting: sources.flatMap { source in
                [source.address.publish, source.address.control].map { ($0, key: source.address.serverKey) }
            }, log: log)
        return head
    }

    private static func endpoint(_ text: String) throws(ZeroMQError) -> Endpoint { try Endpoint(text) }

    /// Has the log's level, and what `apply` does, follow the configuration on SIGHUP.
    private func reload(_ apply: @escaping @Sendable (AnalyzerConfiguration, Log) -> Void) {
        lifecycle.onReload { [log, reloaded] in
            Reload.apply(reloaded, log: log) { configuration in
                log.level = configuration.log
                apply(configuration, log)
            }
        }
    }

    // MARK: - As a worker

    private func work(for head: Endpoint) throws -> ExitCode {
        let context = try Context()
        let security = try Security(configuration.security, in: context)
        security.warn(binding: [], connecting: [(head, key: security.serverKey())], log: log)
        let signal = try LoopSignal()
        log.info("joining", ["head": head])
        let thread = try startWorker(at: head, security, in: context, until: signal)
        reload { _, _ in }
        health.wait("head", "it is not taken yet")
        health.go("start")
        lifecycle.waitUntilStopped()
        health.wait("stop", "it stops")
        return lifecycle.drain {
            signal.stop()
            thread.join()
            context.shutdown()
        }
    }

    private func startWorker(
        at head: Endpoint, _ security: Security?, in context: Context, busy: BusyFile? = nil, until signal: LoopSignal
    ) throws -> DedicatedThread {
        let analysis = Work(extractor: extractor, log: log, metrics: metrics)
        var worker = Worker.Configuration(
            head: head, serverKey: security?.serverKey(), keys: security?.keys, pipeline: extractor.pipeline.identity,
            languages: ["*"], threads: configuration.workers, host: HostName.current)
        worker.busy = busy
        let loop = try Worker(
            worker, in: context, compute: analysis.outcome,
            report: WorkerReports(
                log: log, metrics: metrics, health: health, head: security == nil ? nil : head.description,
                workers: configuration.workers, pipeline: extractor.pipeline.identity
            ).take)
        let (log, lifecycle, metrics) = (log, lifecycle, metrics)
        return try ServiceThread.start("worker", loop, lifecycle: lifecycle, log: log) { worker in
            switch try worker.run(until: signal) {
            case .stopped:
                let analysed = metrics.counter("onrecord_analyses_total", help: "Articles analysed here.").value
                log.info("worker stopped", ["analysed": analysed])
            case .stuck:
                log.error("every thread hangs in an article; start the worker again", ["head": head])
                lifecycle.stop(.software, because: "every thread hangs")
            }
        }
    }
}
