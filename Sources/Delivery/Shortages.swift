internal import Glibc
import Journal
import Service

/// Looks whether a service still has file descriptors, and reach and room for its journal; says so once when it has not, and when it has again.
///
/// Without descriptors nobody can connect, and nothing else would tell: whoever listens is only told of those that came in.
struct Shortages: Sendable {
    let log: Log
    let metrics: Metrics
    let health: Health
    let journal: any Journal

    /// Looks; to be called about every second.
    func look() {
        lookAfterDescriptors()
        do throws(JournalError) {
            try journal.requireRoom()
            if health.go("room") { log.info("the journal is within reach and has room again") }
        } catch {
            // A journal that is busy, or whose server is away, is told of by those that need it.
            guard error.code != .unavailable, health.wait("room", "\(error)") else { return }
            log.error(
                error.code == .full ? "there is no room for the journal" : "the journal is out of reach",
                ["error": error])
        }
    }

    private func lookAfterDescriptors() {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
            close(descriptor)
            if health.go("descriptors") { log.info("there are file descriptors again") }
            return
        }
        guard errno == EMFILE || errno == ENFILE else { return }
        let reason = "no file descriptor is left, so that nobody can connect"
        guard health.wait("descriptors", reason) else { return }
        metrics.counter("onrecord_descriptors_exhausted_total", help: "Times that no file descriptor was left.")
            .increment()
        log.error("\(reason): raise the limit (LimitNOFILE of the unit, or ulimit -n), and start again")
    }
}
