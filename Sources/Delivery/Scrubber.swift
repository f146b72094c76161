internal import Glibc
public import Journal
public import Service
internal import Synchronization
public import ZeroMQ

/// Has a journal rewritten after something in it was erased, on a thread of its own; what a crash keeps from being done is done
/// at the next start.
public struct Scrubber: Sendable {
    private static let period = Duration.seconds(1)

    private final class Wish: Sendable {
        let isThere: Atomic<Bool>
        init(_ isThere: Bool) { self.isThere = Atomic(isThere) }
    }

    private let journal: any Journal
    /// A file that is there from before something is erased until nothing is left of it.
    private let marker: String
    private let wish: Wish

    /// Creates one for a journal.
    ///
    /// - Parameters:
    ///   - journal: The journal.
    ///   - folder: A folder that outlives the process.
    public init(_ journal: any Journal, in folder: String) {
        self.journal = journal
        marker = folder + "/journal.scrub"
        wish = Wish(access(marker, F_OK) == 0)
    }

    /// Takes note that something is about to be erased, durably.
    ///
    /// - Returns: Whether that worked.
    @discardableResult
    public func announce() -> Bool {
        let file = open(marker, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        return fsync(file) == 0
    }

    /// Has the journal rewritten now, so that nothing is left of what was erased; blocks.
    ///
    /// - Throws: `JournalError`; then it is still to be done.
    public func scrub() throws(JournalError) {
        try journal.scrub()
        unlink(marker)
    }

    /// Has the journal rewritten soon.
    public func request() { wish.isThere.store(true, ordering: .releasing) }

    /// Starts to wait for requests, until the service ends.
    ///
    /// - Parameters:
    ///   - lifecycle: Ends it.
    ///   - log: Where it says what it does.
    /// - Returns: Its thread.
    /// - Throws: `ZeroMQError` where the system has no threads left.
    public func start(lifecycle: Lifecycle, log: Log) throws(ZeroMQError) -> DedicatedThread {
        try ServiceThread.start("scrubber", self, lifecycle: lifecycle, log: log) { scrubber in
            while !lifecycle.waitUntilStopped(for: Self.period) {
                guard scrubber.wish.isThere.exchange(false, ordering: .acquiring) else { continue }
                do throws(JournalError) {
                    try scrubber.scrub()
                    log.info("the journal was rewritten; nothing is left in it of what was erased")
                } catch {
                    scrubber.request()
                    log.limited(
                        "scrubber", .error,
                        "the journal cannot be rewritten, and holds remains of what was erased; trying again",
                        ["error": error])
                    if lifecycle.waitUntilStopped(for: .seconds(30)) { return }
                }
            }
        }
    }
}
