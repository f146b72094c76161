public import Journal
public import Service

/// The journal of a service: opened and led before anything else starts.
public enum ServiceJournal {
    /// Returns the journal at `location` once this process leads it; says so when it has to wait.
    ///
    /// - Parameters:
    ///   - location: A folder or a PostgreSQL URL.
    ///   - service: The service that it belongs to.
    ///   - restored: Whether an operator says that the journal was restored.
    ///   - lifecycle: Ends the wait when the process is to stop.
    ///   - health: Is told what it waits for.
    ///   - log: Where it says that it waits.
    /// - Returns: The journal; nil if the process is to stop first.
    /// - Throws: `JournalError` if the journal cannot be opened, or fails for good.
    public static func lead(
        _ location: String, of service: String, restored: Bool, lifecycle: Lifecycle, health: Health, log: Log
    ) throws(JournalError) -> (any Journal)? {
        let place = JournalLocation(location)
        if place.holdsPassword, CommandLine.arguments.contains(where: { $0.hasSuffix(location) }) {
            throw JournalError(
                .cannotOpen,
                "\(place): everyone on this machine can read a password on a command line; set the URL in the environment "
                    + "or in a file for --config, or the password in PGPASSFILE")
        }
        var journal: (any Journal)?
        var isStandingBy = false
        var isWaiting = false
        while true {
            do throws(JournalError) {
                if journal == nil { journal = try place.open(for: service, restored: restored) }
                if let journal, try journal.tryLead() {
                    if isWaiting { log.info("the journal is available now", ["journal": place]) }
                    if isStandingBy { log.info("leading now", ["journal": place]) }
                    if let reason = try journal.takeUp(restored: restored) {
                        log.warning(
                            "the streams of this journal have new epochs; followers go on from what they and it have in common",
                            ["journal": place, "reason": reason])
                    }
                    health.go("journal")
                    return journal
                }
                health.wait("journal", "another process leads it; standing by")
                if !isStandingBy { log.info("another process leads this journal; standing by", ["journal": place]) }
                isStandingBy = true
            } catch {
                guard error.isRetriable else { throw error }
                health.wait("journal", "\(error)")
                if !isWaiting { log.warning("the journal is not available; trying again", ["error": error]) }
                isWaiting = true
            }
            if lifecycle.waitUntilStopped(for: .milliseconds(250)) { return nil }
        }
    }
}
