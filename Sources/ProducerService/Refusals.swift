import Ingest
import Service

/// What becomes of inputs that are no articles: said, counted, and kept where a folder for them is given.
struct Refusals {
    let log: Log
    let metrics: Metrics
    /// Where they are kept, or nil.
    private let folder: RejectFolder?
    /// Where those of servers are kept.
    private var bounded: BoundedRejects?
    /// Inputs that were read and refused.
    private(set) var refused = 0
    /// Files and folders that were not there or could not be read.
    private(set) var missing = 0
    /// Files in folders that are not read for what they are.
    private(set) var skipped = 0

    init(log: Log, metrics: Metrics, folder: RejectFolder? = nil) {
        self.log = log
        self.metrics = metrics
        self.folder = folder
        bounded = folder.map { BoundedRejects($0) }
    }

    /// What to end with once everything is read.
    var exitCode: ExitCode { refused > 0 ? .dataError : missing > 0 ? .noInput : .ok }

    mutating func take(_ error: IngestError) {
        if error.isMissing { missing += 1 } else { refused += 1 }
        log.warning("cannot publish this", ["place": error.description, "code": error.code.rawValue])
        metrics.counter(
            "onrecord_rejected_total", ["reason": error.code.rawValue], help: "Inputs that are no articles."
        ).increment()
        guard let folder, !error.isMissing else { return }
        do {
            guard error.isFromWeb else {
                try folder.keep(error)
                return
            }
            guard try bounded?.keep(error) == .full else { return }
            log.limited(
                "rejects full", .warning,
                "no more of what servers give and is refused is kept before the next start; empty the folder of --rejects"
            )
        } catch {
            log.limited("rejects", .error, "what was refused cannot be kept", ["error": "\(error)"])
        }
    }

    mutating func skip(_ place: String, _ reason: String) {
        skipped += 1
        log.info("not read", ["place": place, "reason": reason])
        metrics.counter("onrecord_skipped_total", help: "Files in folders that are not read.").increment()
    }
}
