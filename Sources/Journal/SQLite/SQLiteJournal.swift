internal import Glibc
internal import Synchronization
internal import Wire

/// A journal in a folder of its own: an SQLite database `journal.db`, `journal.lock`, which its leader holds, and
/// `journal.high`, which tells how far the streams had come.
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
    private let folder: String
    private let writer: Mutex<Writer?>
    private let reader: Mutex<Database?>

    /// Opens the journal in the folder `directory`; both are made if they are missing.
    ///
    /// - Parameters:
    ///   - directory: The folder.
    ///   - restored: Whether to go on with what the file holds, even where what was written last is known to be missing.
    /// - Throws: `JournalError`.
    public convenience init(at directory: String, restored: Bool = false) throws(JournalError) {
        try self.init(at: directory, restored: restored, maximumPages: nil)
    }

    /// Opens the journal in the folder `directory`; its file never takes more than `maximumPages` pages of 4 KiB.
    init(at directory: String, restored: Bool = false, maximumPages: Int?) throws(JournalError) {
        folder = directory
        path = directory + "/journal.db"
        try StateFolder.make(at: directory)
        // Two processes that make the same journal would disturb each other.
        let making = try FileLock(folder: directory)
        try StateFolder.makeFile(at: path)
        var database = try Database(at: path)
        try Self.checkLog(of: &database, restored: restored)
        try database.keepLog()
        try database.run("PRAGMA cache_size = -8192")
        try database.run("PRAGMA journal_mode = WAL")
        try database.run("PRAGMA synchronous = FULL")
        try database.run("PRAGMA wal_autocheckpoint = 2000")
        try database.run("PRAGMA journal_size_limit = \(16 << 20)")
        if let maximumPages { try database.run("PRAGMA max_page_count = \(maximumPages)") }
        try Self.prepare(&database, in: directory)
        var second = try Database(at: path)
        try second.keepLog()
        try second.run("PRAGMA cache_size = -2048")
        try second.run("PRAGMA query_only = 1")
        writer = Mutex(Writer(database: database, folder: directory))
        reader = Mutex(second)
        _ = consume making
    }

    /// The names of the streams of the journal in a folder, which is looked at as a start would, and left as it is.
    ///
    /// - Throws: `JournalError` where a start would; where there is nothing yet, there are no streams.
    static func streams(at folder: String, restored: Bool) throws(JournalError) -> [String] {
        let file = JournalFile(path: folder + "/journal.db")
        guard access(file.path, F_OK) == 0 else { return [] }
        var database = try Database(asItStands: file.path)
        let header = JournalFile.Header(database.header())
        // Reading with the log makes files beside it; without one, or with that of another journal, the file is all there is.
        if access(file.log, F_OK) == 0, !file.hasForeignLog(header) {
            database = try Database(reading: file.path)
            try database.keepLog()
        }
        if !restored, file.lacksItsLog(header) { try refuseLoss(of: &database, file, header) }
        guard try Schema.content(of: &database) == .journal(version: Schema.version) else { return [] }
        try Schema.checkTables(of: &database)
        var names: [String] = []
        try database.rows("SELECT name FROM streams", []) { row in
            names.append(row.text(0))
            return true
        }
        return names
    }

    /// Refuses a file whose log is missing, and keeps off a log that is not its own.
    static func checkLog(of database: inout Database, restored: Bool) throws(JournalError) {
        let file = JournalFile(path: database.path)
        let header = JournalFile.Header(database.header())
        try file.setForeignLogAside(header)
        if !restored, file.lacksItsLog(header) { try refuseLoss(of: &database, file, header) }
    }

    private static func refuseLoss(
        of database: inout Database, _ file: JournalFile, _ header: JournalFile.Header?
    ) throws(JournalError) {
        // Another program that closed it as the last one, such as the sqlite3 shell, has moved the log into it.
        if header?.application == Schema.application {
            let home = try database.first("SELECT home FROM place") { $0.text(0) }
            let high = HighMark(at: database.path.replacingSuffix(".db", with: ".high"))
            if home == file.home, !high.streams.isEmpty, try high.excess(over: &database) == nil { return }
        }
        throw JournalError(
            .unusable,
            "\(database.path): its write-ahead log \(file.log) is missing, as in a copy made while the journal was in use, "
                + "and with it what was written last; put both files back, or a backup made with the command 'backup', or "
                + "start with --restored to go on with what the file holds")
    }

    /// Makes the tables, or brings them up to date, which only the leader may do; a copy of the old journal is kept.
    private static func prepare(_ database: inout Database, in folder: String) throws(JournalError) {
        switch try Schema.content(of: &database) {
        case .nothing:
            try Schema.make(in: &database)
            try database.run("INSERT INTO place VALUES (?)", .text(JournalFile(path: database.path).home))
            // Whoever copies the file alone from now on has a journal that says that it is in use.
            _ = try database.emptyLog()
        case .journal(Schema.version): try Schema.checkTables(of: &database)
        case .journal(let old):
            guard let lead = try FileLock.tryLock(file: folder + "/journal.lock") else {
                throw JournalError(
                    .unavailable,
                    "\(database.path): a program of an earlier release leads this journal; its tables are brought up to "
                        + "date once that has stopped", isRetriable: true)
            }
            try Backup.write(of: &database, to: "\(folder)/journal.v\(old).db", replacing: true)
            try Schema.migrate(&database, from: old)
            if try database.first("SELECT 1 FROM place", read: { _ in true }) == nil {
                try database.run("INSERT INTO place VALUES (?)", .text(JournalFile(path: database.path).home))
            }
            _ = try database.emptyLog()
            _ = consume lead
        }
    }

    /// Takes the lock on `journal.lock` unless another process, or another instance in this one, holds it.
    public func tryLead() throws(JournalError) -> Bool {
        let leads = try writer.withLock { (writer) throws(JournalError) in try writer?.lead() }
        guard let leads else { throw .closed(path) }
        return leads
    }

    /// Gives the streams new epochs where the file is a copy, ends before what it is known to have held, or was restored.
    public func takeUp(restored: Bool) throws(JournalError) -> String? {
        let home = JournalFile(path: path).home
        let high = HighMark(at: folder + "/journal.high")
        return try write { (db) throws(JournalError) in
            var reason = restored ? "it was restored, as it was said" : nil
            if try db.first("SELECT home FROM place", read: { $0.text(0) }) != home {
                reason = reason ?? "it is a copy, or was moved to another disk"
            }
            if reason == nil, let excess = try high.excess(over: &db) { reason = "it was set back: \(excess)" }
            guard let reason else { return nil }
            try db.check()
            try db.run("UPDATE place SET home = ?", .text(home))
            var keys: [Int64] = []
            try db.rows("SELECT key FROM streams", []) { row in
                keys.append(row.integer(0))
                return true
            }
            for key in keys {
                try db.run("UPDATE streams SET epoch = ? WHERE key = ?", .text(StreamState.newEpoch()), .integer(key))
            }
            return reason
        }
    }

    /// Closes both connections and frees the lock; waits for a call that is in progress.
    public func close() {
        reader.withLock { $0 = nil }
        writer.withLock { writer in
            writer?.finish()
            writer = nil
        }
    }

    /// Runs `body` in a transaction, which only the leader may do where `leading`.
    func write<Result: Sendable>(
        leading: Bool = true, _ body: (inout Database) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        let result = try writer.withLock { (writer) throws(JournalError) -> Result? in
            if leading, try writer?.lead() == false {
                throw JournalError(.notLeading, "\(path): another process leads; stop it first", isRetriable: true)
            }
            try writer?.beginUse()
            let result = try writer?.database.transaction("BEGIN IMMEDIATE", body)
            if leading { writer?.noteHigh() }
            return result
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
        let folder: String
        private var lock: FileLock?
        private var hasWritten = false
        private var nextHigh = ContinuousClock.now

        init(database: consuming Database, folder: String) {
            self.database = database
            self.folder = folder
        }

        /// Takes the lead unless it is held, here or elsewhere.
        mutating func lead() throws(JournalError) -> Bool {
            if lock == nil { lock = try FileLock.tryLock(file: folder + "/journal.lock") }
            return lock != nil
        }

        /// Has the file say that it is in use, before anything is written that is not in the file itself.
        ///
        /// Each time, for whoever led before may have ended meanwhile, or be of a later release.
        mutating func beginUse() throws(JournalError) {
            hasWritten = true
            let version = try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
            if version == Schema.version { return }
            guard version & ~Schema.whole == Schema.version else {
                throw JournalError(
                    .unusable,
                    "\(database.path): a later release has changed the journal; use that one, and start again")
            }
            try database.run("PRAGMA user_version = \(Schema.version)")
            guard try database.emptyLog() else {
                throw JournalError(.unavailable, "\(database.path): another process reads it", isRetriable: true)
            }
        }

        /// Writes down how far the streams have come, at most once a second.
        mutating func noteHigh(now: ContinuousClock.Instant = .now) {
            guard now >= nextHigh else { return }
            nextHigh = now + .seconds(1)
            if let high = try? HighMark(of: &database) { high.write(to: folder + "/journal.high") }
        }

        /// Has the file be the whole journal, if nobody else uses it.
        mutating func finish() {
            guard hasWritten, (try? lead()) == true, let making = try? FileLock(folder: folder) else { return }
            noteHigh(now: nextHigh)
            if (try? database.emptyLog()) == true {
                try? database.run("PRAGMA user_version = \(Schema.version | Schema.whole)")
                _ = try? database.emptyLog()
            }
            _ = consume making
        }
    }
}
