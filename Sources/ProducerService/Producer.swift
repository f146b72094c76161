import Delivery
import Glibc
import Ingest
import HTTP
import Journal
import Monitoring
public import Service
import Streams
import Wire
import ZeroMQ

/// The service that publishes articles: an intake, a journal and a publisher.
public struct Producer {
    private let configuration: ProducerConfiguration
    private let log: Log
    private let lifecycle: Lifecycle
    private let metrics = Metrics()
    private let health = Health()
    private let reloaded: @Sendable () throws -> ProducerConfiguration

    /// Creates a service; nothing starts before `run`.
    ///
    /// - Parameters:
    ///   - configuration: What it is told.
    ///   - log: Where it says what happens.
    ///   - reloaded: What it is told now, on SIGHUP.
    /// - Throws: `OSThreadError` where no thread can be started.
    public init(
        _ configuration: ProducerConfiguration, log: Log,
        reloaded: @escaping @Sendable () throws -> ProducerConfiguration
    ) throws {
        self.configuration = configuration
        self.log = log
        self.reloaded = reloaded
        lifecycle = try Lifecycle(log: log)
    }

    /// Runs until a signal, a failure or, with `once`, the end of the sources ends it; blocks.
    ///
    /// - Returns: The code to exit with.
    /// - Throws: `ZeroMQError` or `JournalError` where it cannot start; the text says what to do.
    public func run() throws -> ExitCode {
        metrics.showProcess(
            of: "producer", version: Release.version, health: health,
            folder: configuration.journal == nil ? configuration.state : nil)
        showFeeds()
        let monitoring = try configuration.http.map {
            try MonitoringServer(at: $0, MonitoringPages(metrics: metrics, health: health))
        }
        defer { monitoring?.stop() }
        if let monitoring { log.info("health and numbers are shown", ["http": monitoring.address]) }
        let rejects = try configuration.rejects.map { try RejectFolder($0, besides: configuration.sources) }
        let place = configuration.journal ?? configuration.state
        guard
            let journal = try ServiceJournal.lead(
                place, of: "producer", restored: configuration.restored, lifecycle: lifecycle, health: health,
                log: log)
        else { return .ok }
        if configuration.restored { try OtherFolders(journal: journal, sources: configuration.sources).warn(log) }
        let scrubber = Scrubber(journal, in: configuration.state)
        finishErasures(in: journal, scrubber)
        let scrubberThread = try scrubber.start(lifecycle: lifecycle, log: log)
        let context = try Context()
        let security = try Security(configuration.security, in: context, log: log, metrics: metrics)
        let signal = try LoopSignal()
        let publisher = try StreamPublisher(
            ["raw"], of: journal, publish: Endpoint(configuration.publish), control: Endpoint(configuration.control),
            curve: security.server, server: "producer/\(Release.version)", in: context,
            status: { [metrics, health] in .init(of: health, metrics) },
            report: PublisherReports(log: log, metrics: metrics, health: health, journal: journal).take)
        let (publish, control) = (publisher.publishEndpoint, publisher.controlEndpoint)
        let publisherThread = try ServiceThread.start("publisher", publisher, lifecycle: lifecycle, log: log) {
            publisher in
            try publisher.run(until: signal)
        }
        let recording = Recording(
            journal: journal, dedupes: configuration.dedupe, metrics: metrics, log: log, published: { signal.wake() })
        let ingestSignal = try LoopSignal()
        let ingest = try startIngest(recording, security, rejects: rejects, until: ingestSignal, in: context)
        security.warn(binding: [publish, control] + (ingest.map { [$0.endpoint] } ?? []), log: log)
        lifecycle.onReload { [log, reloaded] in
            Reload.apply(reloaded, log: log) { configuration in
                log.level = configuration.log
                security.reload(configuration.security, log: log)
                signal.wake()
            }
        }
        log.info(
            "producer is ready",
            [
                "publish": publish, "control": control, "ingest": ingest?.endpoint.description ?? "off",
                "journal": JournalLocation(place),
                "sources": configuration.sources.map(Intake.shown).joined(separator: " "),
            ])
        let retainer = try Retainer(
            journal, streams: ["raw"], bytes: configuration.retainBytes, age: configuration.retainAge
        )?.start(lifecycle: lifecycle, log: log, metrics: metrics)
        let intake = Intake(
            configuration.sources, watch: configuration.watch, followsLinks: configuration.followLinks,
            web: configuration.web)
        let recorder = Recorder(
            recording, log: log, metrics: metrics, health: health,
            refusals: Refusals(log: log, metrics: metrics, folder: rejects),
            isStopping: { [lifecycle] in lifecycle.isStopping })
        let isCutShort = Flag()
        let intakeThread = try startIntake(intake, recorder, isCutShort)
        health.go("start")
        lifecycle.waitUntilStopped()
        health.wait("stop", "it stops")
        let code = lifecycle.drain {
            ingestSignal.stop()
            intakeThread.join()
            ingest?.thread.join()
            signal.stop()
            publisherThread.join()
            retainer?.join()
            scrubberThread.join()
            context.shutdown()
            journal.close()
        }
        return code == .ok && configuration.once && isCutShort.isRaised ? .tempFail : code
    }

    /// Carries out what was to be erased when a crash came in between.
    private func finishErasures(in journal: any Journal, _ scrubber: Scrubber) {
        do throws(JournalError) {
            let count = try Erase(journal: journal).finish()
            guard count > 0 else { return }
            log.warning("an erasure that was broken off is carried out", ["entries": count])
            scrubber.request()
        } catch {
            log.error("an erasure may be broken off; run producer erase again", ["error": error])
        }
    }

    private func startIngest(
        _ recording: Recording, _ security: Security, rejects: RejectFolder?, until signal: LoopSignal,
        in context: Context
    ) throws -> (thread: DedicatedThread, endpoint: Endpoint)? {
        guard let endpoint = configuration.ingest else { return nil }
        let server = try IngestServer(
            at: Endpoint(endpoint), recording, curve: security.server, rejects: rejects, in: context, log: log,
            metrics: metrics)
        let bound = server.endpoint
        let thread = try ServiceThread.start("ingest", server, lifecycle: lifecycle, log: log) { server in
            try server.run(until: signal)
        }
        return (thread, bound)
    }

    /// Shows how many feeds were asked for, and how many do not answer.
    private func showFeeds() {
        guard configuration.feeds != nil || configuration.sources.contains(where: { $0.hasPrefix("http") }) else {
            return
        }
        let file = configuration.state + "/feeds.json"
        metrics.gauge("onrecord_feeds", help: "Feeds that were asked for.") {
            (try? FeedStatus.all(in: file)).map { Double($0.count) }
        }
        metrics.gauge("onrecord_feeds_failing", help: "Feeds that did not answer when they were last asked.") {
            (try? FeedStatus.all(in: file)).map { Double($0.count { $0.errors > 0 }) }
        }
    }

    private func startIntake(
        _ intake: consuming Intake, _ recorder: consuming Recorder, _ isCutShort: Flag
    ) throws -> DedicatedThread {
        let (log, lifecycle, once) = (log, lifecycle, configuration.once)
        let readsOnce =
            !configuration.once && !configuration.watch
            && configuration.sources.contains {
                // What has an entry for itself.
                OSString.withCString("\($0)/.") { access($0, F_OK) == 0 }
            }
        let reader = Reader(intake: intake, recorder: recorder)
        return try ServiceThread.start("intake", reader, lifecycle: lifecycle, log: log) { [metrics] reader in
            let isComplete = try reader.run()
            if !isComplete { isCutShort.raise() }
            let unrecorded = reader.recorder.unrecorded
            if unrecorded > 0 {
                log.warning(
                    "articles were read and not published, since the journal took none until the end; those of files are read "
                        + "again at the next start, those of standard input are to be given again",
                    ["waiting": unrecorded])
            }
            log.info(
                isComplete
                    ? "all sources are read"
                        + (readsOnce ? ", and what comes into a folder now is not, since --watch was not given" : "")
                    : "stopped before all sources were read",
                [
                    "published": metrics.counter("onrecord_recorded_total", help: "Articles made durable.").value,
                    "known": metrics.counter("onrecord_known_total", help: "Articles that were published before.")
                        .value,
                    "refused": reader.recorder.refusals.refused, "missing": reader.recorder.refusals.missing,
                    "skipped": reader.recorder.refusals.skipped,
                ])
            if once, isComplete { lifecycle.stop(reader.recorder.refusals.exitCode, because: "all sources are read") }
        }
    }
}

/// An intake with the recorder that takes from it: what the intake's thread owns.
private struct Reader: ~Copyable, @unchecked Sendable {
    // Unchecked, since it is moved to one thread as a whole.
    var intake: Intake?
    var recorder: Recorder

    init(intake: consuming Intake, recorder: consuming Recorder) {
        self.intake = consume intake
        self.recorder = consume recorder
    }

    mutating func run() throws -> Bool {
        guard let intake = intake.take() else { return true }
        return try recorder.run(intake)
    }
}
