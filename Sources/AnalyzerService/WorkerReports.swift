import Delivery
import Pool
import Service
import Wire

/// Turns what a worker reports into log lines and counters.
struct WorkerReports: Sendable {
    let log: Log
    let metrics: Metrics

    func take(_ report: Worker.Report) {
        switch report {
        case .welcome: log.debug("head welcomes this worker")
        case .finished(.result):
            metrics.counter("onrecord_analyses_total", help: "Articles analysed here.").increment()
        case .finished(.failure(_, let code, let text)):
            log.warning("article cannot be analysed", ["code": code, "reason": text])
            metrics.counter("onrecord_failures_total", ["code": code], help: "Articles that failed here.").increment()
        case .abandoned:
            log.error("article made no progress and was taken away; its thread hangs")
            metrics.counter("onrecord_abandoned_total", help: "Articles that hung here.").increment()
        case .malformed(let error): MalformedReport.take(error, log: log, metrics: metrics)
        }
    }
}
