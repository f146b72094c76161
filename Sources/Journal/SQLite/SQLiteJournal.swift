internal import Synchronization

/// A journal in a folder of its own: an SQLite database `journal.db`, and `journal.lock`, which its leader holds.
///
/// One connection writes and one reads, so reading never waits for a commit. Writes take the lead where nobody has it, and
/// throw `notLeading` while another process does.
///
/// Bounds: 10 MiB of pages in memory; a write-ahead log of 16 MiB, and more only while a single transaction needs it. The
/// file keeps the size of the largest content that it had, and about 100 bytes for every entry there ever was. With less
/// than 64 MiB free, on the disk and in the file, nothing is appended, and below 32 MiB nothing completed: dropping old
/// entries takes space, too, before it gives any.
public final class SQLiteJournal: Journal {
    /// So many bytes of the disk stay free of entries.
    static let reserve: Int64 = 64 << 20

    let path: String
    private let lockPath: String
    private let writer: Mutex<Writer?>
    private let reader: Mutex<Database?>

    /// Opens the journal in the folder `directory`; both are made if they are missing.
    public convenience init(at directory: String) throws(JournalError) {
        try self.init(at: directory, maximumPages: nil)
    }

    /// Opens the journal in the folder `directory`; its file never takes more than `maximumPages` pages of 4 KiB.
    init(at directory: String, maximumPages: Int?) throws(JournalError) {
        path = directory + "/journal.db"
        lockPath = directory + "/journal.lock"
        try StateFolder.make(at: directory)
        // Two processes that make the same journal would disturb each other.
        let making = try FileLock(folder: directory)
        try StateFolder.makeFile(at: path)
        var database = try Database(at: path)
        try database.run("PRAGMA cache_size = -8192")
        try database.run("PRAGMA journal_mode = WAL")
        try database.run("PRAGMA synchronous = FULL")
        try database.run("PRAGMA wal_autocheckpoint = 2000")
        try database.run("PRAGMA journal_size_limit = \(16 << 20)")
        if let maximumPages { try database.run("PRAGMA max_page_count = \(maximumPages)") }
        try Schema.prepare(&database)
        var second = try Database(at: path)
        try second.run("PRAGMA cache_size = -2048")
        try second.run("PRAGMA query_only = 1")
        writer = Mutex(Writer(database: database, lock: nil))
        reader = Mutex(second)
        _ = consume making
    }

    /// Takes the lock on `journal.lock` unless another process, or another instance in this one, holds it.
    public func tryLead() throws(JournalError) -> Bool {
        let leads = try writer.withLock { (writer) throws(JournalError) in try writer?.lead(by: lockPath) }
        guard let leads else { throw .closed(path) }
        return leads
    }

    /// Closes both connections and frees the lock; waits for a call that is in progress.
    public func close() {
        writer.withLock { $0 = nil }
        reader.withLock { $0 = nil }
    }

    /// Runs `body` in a transaction, which only the leader may do where `leading`.
    func write<Result: Sendable>(
        leading: Bool = true, _ body: (inout Database) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        let result = try writer.withLock { (writer) throws(JournalError) -> Result? in
            if leading, try writer?.lead(by: lockPath) == false {
                throw JournalError(.notLeading, "\(path): another process leads; stop it first", isRetriable: true)
            }
            return try writer?.database.transaction("BEGIN IMMEDIATE", body)
        }
        guard let result else { throw .closed(path) }
        return result
    }

    /// Runs `body` on the reading connection, which sees one state of the journal from its first query to its last.
    func read<Result: Sendable>(
        _ body: (inout Database) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        let result = try reader.withLock { (reader) throws(JournalError) -> Result? in
            try reader?.transaction("BEGIN", body)
        }
        guard let result else { throw .closed(path) }
        return result
    }

    private struct Writer: ~Copyable {
        var database: Database
        var lock: FileLock?

        /// Takes the lead unless it is held, here or elsewhere.
        mutating func lead(by path: String) throws(JournalError) -> Bool {
            if lock == nil { lock = try FileLock.tryLock(file: path) }
            return lock != nil
        }
    }
}
