public import Journal
public import Service

/// Waits until this process may write a journal that another one leads.
public enum Standby {
    /// Returns once `journal` is led by this process; says so when it has to wait.
    ///
    /// - Parameters:
    ///   - journal: The journal to lead.
    ///   - location: What the log calls it.
    ///   - lifecycle: Ends the wait when the process is to stop.
    ///   - log: Where it says that it waits.
    /// - Returns: Whether this process leads; false if it is to stop first.
    /// - Throws: `JournalError` if the journal fails for good.
    public static func wait(
        for journal: any Journal, at location: String, lifecycle: Lifecycle, log: Log
    ) throws(JournalError) -> Bool {
        var isWaiting = false
        while true {
            do {
                if try journal.tryLead() { break }
            } catch  where error.isRetriable {
                log.limited("standby", .warning, "journal is not available", ["error": error])
            }
            if !isWaiting {
                isWaiting = true
                log.info("another process leads this journal; standing by", ["state": location])
            }
            if lifecycle.waitUntilStopped(for: .milliseconds(250)) { return false }
        }
        if isWaiting { log.info("leading now", ["state": location]) }
        return true
    }
}
