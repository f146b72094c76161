public import Journal
public import Service
public import Streams
public import Wire

/// Turns what a publisher reports into log lines and counters.
public struct PublisherReports: Sendable {
    private let log: Log
    private let metrics: Metrics
    private let health: Health
    private let shortages: Shortages

    /// Creates a turn into this log, these metrics and this health, of a publisher of this journal.
    public init(log: Log, metrics: Metrics, health: Health, journal: any Journal) {
        self.log = log
        self.metrics = metrics
        self.health = health
        shortages = Shortages(log: log, metrics: metrics, health: health, journal: journal)
    }

    /// Takes one report.
    public func take(_ report: StreamPublisher.Report) {
        switch report {
        case .published(let stream, let count):
            metrics.counter("onrecord_published_total", ["stream": stream], help: "Messages sent live.")
                .increment(by: UInt64(count))
        case .replayed(let stream, let count):
            metrics.counter("onrecord_replayed_total", ["stream": stream], help: "Messages sent for FETCH.")
                .increment(by: UInt64(count))
        case .malformed(let error): MalformedReport.take(error, log: log, metrics: metrics)
        case .otherHistory(let stream, let client, let same, let through):
            log.limited(
                "history \(client)", .warning,
                "a follower has other messages than this journal; was this journal restored? it goes on from what both have",
                ["stream": stream, "client": client, "common": same, "followed": through])
            metrics.counter(
                "onrecord_other_histories_total", ["stream": stream], help: "Followers that had other messages."
            ).increment()
        case .setBack(let stream, let sent, let last):
            log.error(
                "the journal was set back while it was published; followers are told",
                ["stream": stream, "published": sent, "now": last])
        case .journal(let error):
            metrics.counter("onrecord_journal_errors_total", help: "Failures of the journal.").increment()
            guard health.wait("streams", "the journal cannot be read: \(error)") else { return }
            log.error("the journal cannot be read; trying again", ["error": error])
        case .turned:
            health.beat("publisher")
            shortages.look()
        case .extent(let stream, let state):
            if health.go("streams") { log.info("the journal can be read again") }
            metrics.gauge("onrecord_newest", ["stream": stream], help: "Number of the newest message.")
                .set(Double(state.last))
            metrics.gauge("onrecord_oldest", ["stream": stream], help: "Number of the oldest message that is kept.")
                .set(Double(state.oldest))
        }
    }
}

/// What is said of a peer that breaks the protocol.
public enum MalformedReport {
    /// Counts the error by its reason and logs it, once a second.
    public static func take(_ error: WireError, log: Log, metrics: Metrics) {
        log.limited("malformed \(error.reason)", .warning, "peer broke the protocol", ["error": error])
        metrics.counter("onrecord_malformed_total", ["reason": error.reason], help: "Messages that broke the protocol.")
            .increment()
    }
}
