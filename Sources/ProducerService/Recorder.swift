import Ingest
import Journal
import Service
import Streams
import Wire

/// Writes what a source yields to the journal, several articles a transaction, and has it published.
///
/// It runs on a thread of its own. An article is let go only once the journal has it: while the disk is full or the
/// journal away, it waits and says so, for as long as that lasts.
struct Recorder: ~Copyable {
    /// Articles that share a transaction at most.
    private static let batchCount = 64
    /// Bytes of articles that share a transaction at most.
    private static let batchBytes = 4 << 20

    let recording: Recording
    let log: Log
    let metrics: Metrics
    let health: Health
    let isStopping: @Sendable () -> Bool
    /// Lets so many milliseconds pass before the journal is asked again.
    let pause: @Sendable (UInt32) -> Void
    /// Articles that were read and could not be made durable before the end.
    private(set) var unrecorded = 0
    /// What was refused.
    private(set) var refusals: Refusals
    private var batch: [IncomingArticle] = []
    private var bytes = 0
    private var isWaiting = false

    init(
        _ recording: Recording, log: Log, metrics: Metrics, health: Health = Health(), refusals: Refusals? = nil,
        isStopping: @escaping @Sendable () -> Bool, pause: @escaping @Sendable (UInt32) -> Void = Pause.milliseconds
    ) {
        self.recording = recording
        self.log = log
        self.metrics = metrics
        self.health = health
        self.refusals = refusals ?? Refusals(log: log, metrics: metrics)
        self.isStopping = isStopping
        self.pause = pause
    }

    /// Takes everything from `intake`, until it ends or the service is to stop.
    ///
    /// - Returns: Whether it ended, and all of it was taken.
    mutating func run(_ intake: consuming Intake) throws(JournalError) -> Bool {
        while !isStopping() {
            switch intake.next(waitingAtMost: batch.isEmpty ? .milliseconds(200) : .zero) {
            case .article(let article): try take(article)
            case .remark(let place, let text):
                log.warning("published in part", ["place": place, "reason": text])
                metrics.counter(
                    "onrecord_partial_total", help: "Parts of articles that were left out, or taken from elsewhere."
                ).increment()
            case .note(let level, let place, let text):
                log.write(level, "news of a source", ["place": place, "reason": text])
            case .failure(let error): refusals.take(error)
            case .hidden(let place): log.debug("hidden", ["place": place])
            case .ignored(let place, let reason): refusals.skip(place, reason)
            case .idle: try flush()
            case .end:
                try flush()
                return unrecorded == 0
            }
        }
        try flush()
        if unrecorded == 0 { intake.settle() }
        return false
    }

    private mutating func take(_ incoming: IncomingArticle) throws(JournalError) {
        batch.append(incoming)
        bytes += incoming.article.body.utf8.count
        if batch.count >= Self.batchCount || bytes >= Self.batchBytes { try flush() }
    }

    private mutating func flush() throws(JournalError) {
        guard !batch.isEmpty else { return }
        defer {
            batch = []
            bytes = 0
        }
        while true {
            do {
                for (incoming, outcome) in zip(batch, try recording.record(batch)) { tell(outcome, of: incoming) }
                journalAnswered()
                return
            } catch {
                try wait(after: error)
                if isStopping() {
                    unrecorded += batch.count
                    return
                }
            }
        }
    }

    private mutating func tell(_ outcome: Recording.Outcome, of incoming: IncomingArticle) {
        switch outcome {
        case .recorded: break
        case .known(_, let absence?): log.info(absence.words, ["place": incoming.place])
        case .known: log.debug("known already", ["place": incoming.place])
        case .refused(let error): refusals.take(IngestError(refusing: incoming, error))
        }
    }

    private mutating func wait(after error: JournalError) throws(JournalError) {
        guard error.isRetriable else { throw error }
        if !isWaiting { log.error("articles wait, since the journal takes none; trying again", ["error": error]) }
        isWaiting = true
        health.wait("articles", "the journal takes none: \(error)")
        metrics.counter("onrecord_journal_errors_total", help: "Failures of the journal.").increment()
        pause(250)
    }

    private mutating func journalAnswered() {
        if isWaiting {
            log.info("the journal takes articles again")
            health.go("articles")
        }
        isWaiting = false
    }
}

extension IngestError {
    /// The error of an article that does not fit into a message.
    init(refusing incoming: IncomingArticle, _ error: WireError) {
        self.init(.tooBig, "\(error)", place: incoming.place, remedy: "split it")
        input = try? JSON.encode(incoming.article)
    }
}
