import Delivery
import Pool
import Service
import Wire

/// Turns what a worker reports into log lines and counters.
struct WorkerReports: Sendable {
    let log: Log
    let metrics: Metrics
    let health: Health
    /// The head that it joined, nil for the one in its own process.
    var head: String?
    var workers = 0
    var pipeline = ""

    func take(_ report: Worker.Report) {
        switch report {
        case .welcome:
            health.go("head")
            if let head {
                log.info("worker is ready", ["head": head, "workers": workers, "pipeline": pipeline])
            } else {
                log.debug("head welcomes this worker")
            }
        case .waiting(let milliseconds, let why):
            if head != nil { health.wait("head", why) }
            log.warning(
                "the head does not take this worker yet; trying again",
                ["head": head ?? "", "reason": why, "seconds": milliseconds / 1_000])
        case .finished(.result):
            metrics.counter("onrecord_analyses_total", help: "Articles analysed here.").increment()
        case .finished(.failure(_, let code, let text)):
            log.warning("article cannot be analysed", ["code": code, "reason": text])
            metrics.counter("onrecord_failures_total", ["code": code], help: "Articles that failed here.").increment()
        case .abandoned:
            log.error("article made no progress, or was not done in time, and was given up; its thread hangs")
            metrics.counter("onrecord_abandoned_total", help: "Articles that hung here.").increment()
        case .malformed(let error): MalformedReport.take(error, log: log, metrics: metrics)
        }
    }
}
