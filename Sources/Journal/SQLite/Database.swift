internal import CSQLite
internal import Wire

/// A connection to an SQLite database with its prepared statements, closed at the end of its life.
///
/// Sendable because it has one owner, and SQLite lets a connection go from thread to thread.
package struct Database: ~Copyable, @unchecked Sendable {
    /// The database file.
    package let path: String

    /// The collation in which letters are the same whatever their case, in all alphabets, and their accents; SQLite's own knows ASCII
    /// alone.
    package static let folded = "FOLDED"

    /// How many prepared statements are kept.
    private static let mostStatements = 200

    private let handle: OpaquePointer
    private let isReading: Bool
    private var statements: [String: OpaquePointer] = [:]

    /// Opens `path`, which is made if it is missing.
    package init(at path: String) throws(JournalError) {
        try self.init(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    }

    /// Opens `path` to read it alone; another process may write to it.
    package init(reading path: String) throws(JournalError) {
        try self.init(path, SQLITE_OPEN_READONLY)
    }

    /// Opens `path`, which nobody writes to, to read it alone without making files beside it, or looking at those that are there.
    init(asItStands path: String) throws(JournalError) {
        let name = path.utf8.flatMap { "%?#".utf8.contains($0) ? Array("%\(String($0, radix: 16))".utf8) : [$0] }
        let start = path.hasPrefix("/") ? "file://" : "file:"
        try self.init(
            path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
            as: start + String(decoding: name, as: UTF8.self) + "?immutable=1")
    }

    private init(_ path: String, _ mode: Int32, as name: String? = nil) throws(JournalError) {
        // Each connection stands behind a mutex of its own, so SQLite needs none.
        let flags = mode | SQLITE_OPEN_NOMUTEX
        isReading = mode & SQLITE_OPEN_READONLY != 0
        var opened: OpaquePointer?
        var code = sqlite3_open_v2(name ?? path, &opened, flags, nil)
        if code == SQLITE_OK {
            code = sqlite3_create_collation_v2(opened, Self.folded, SQLITE_UTF8, nil, Self.compareFolded, nil)
        }
        guard code == SQLITE_OK, let opened else {
            let error = JournalError(sqlite: opened, code: code, at: path, reading: isReading)
            sqlite3_close_v2(opened)
            throw error
        }
        self.path = path
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 2_000)
    }

    private static let compareFolded:
        @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafeRawPointer?, Int32, UnsafeRawPointer?) -> Int32 = {
            _, count, text, otherCount, otherText in
            func folded(_ text: UnsafeRawPointer?, _ count: Int32) -> String {
                Latin.fold(String(decoding: UnsafeRawBufferPointer(start: text, count: Int(count)), as: UTF8.self))
                    .lowercased()
            }
            let (one, other) = (folded(text, count), folded(otherText, otherCount))
            return one == other ? 0 : one < other ? -1 : 1
        }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// The first 100 bytes of the file as they stand there, whatever the write-ahead log holds; nil for a shorter file.
    ///
    /// To be called before any statement, which would read the log.
    func header() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 100)
        return onrecord_sqlite_header(handle, &bytes, 100) == SQLITE_OK ? bytes : nil
    }

    /// Has the write-ahead log stay when the last connection ends.
    func keepLog() throws(JournalError) { try check(onrecord_sqlite_keep_log(handle)) }

    /// Copies the whole database, as it is at this moment, into another one.
    func copy(into other: borrowing Database) throws(JournalError) {
        guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
            throw other.error(sqlite3_errcode(other.handle))
        }
        // In one step, so that no write in between has it begin anew.
        var code = sqlite3_backup_step(backup, -1)
        while code == SQLITE_BUSY || code == SQLITE_LOCKED {
            sqlite3_sleep(50)
            code = sqlite3_backup_step(backup, -1)
        }
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw other.error(end == SQLITE_OK ? code : end)
        }
    }

    /// Moves everything from the write-ahead log into the file, and empties the log.
    ///
    /// - Returns: Whether that is done; another process that reads may keep it from that.
    mutating func emptyLog() throws(JournalError) -> Bool {
        try first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) == 0 } ?? false
    }

    /// Runs a statement that gives no rows that matter.
    package mutating func run(_ sql: String, _ arguments: SQLValue...) throws(JournalError) {
        try rows(sql, arguments) { (_) throws(JournalError) in true }
    }

    /// The first row of a query as `read` makes it, or nil.
    package mutating func first<Result>(
        _ sql: String, _ arguments: SQLValue..., read: (SQLRow) throws(JournalError) -> Result
    ) throws(JournalError) -> Result? {
        var result: Result?
        try rows(sql, arguments) { (row) throws(JournalError) in
            result = try read(row)
            return false
        }
        return result
    }

    /// Hands the rows of a query to `each`, until there are no more or it returns false.
    package mutating func rows(
        _ sql: String, _ arguments: [SQLValue], each: (SQLRow) throws(JournalError) -> Bool
    ) throws(JournalError) {
        let statement = try statement(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try withBound(arguments[...], in: statement, from: 1) { () throws(JournalError) in
            while true {
                switch sqlite3_step(statement) {
                case SQLITE_ROW: if try !each(SQLRow(statement)) { return }
                case SQLITE_DONE: return
                case let code: throw error(code)
                }
            }
        }
    }

    /// Ends whatever a statement does longer than for so many seconds from now, with an error that may be tried again.
    package mutating func limit(to seconds: Int) { onrecord_sqlite_limit(handle, Int64(seconds)) }

    /// The key of the latest row that an INSERT made.
    package var lastInsertedKey: Int64 { sqlite3_last_insert_rowid(handle) }

    /// How many rows the latest INSERT, UPDATE or DELETE changed.
    package var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Runs `body` in a transaction that is kept if it returns and undone if it throws.
    package mutating func transaction<Result>(
        _ begin: String, _ body: (inout Database) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        // Only a rollback that failed leaves a transaction open.
        if sqlite3_get_autocommit(handle) == 0 { try run("ROLLBACK") }
        try run(begin)
        do {
            let result = try body(&self)
            try run("COMMIT")
            return result
        } catch {
            // After some errors SQLite has rolled back already. A rollback that fails changes nothing about the first error.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    private mutating func statement(_ sql: String) throws(JournalError) -> OpaquePointer {
        if let known = statements[sql] { return known }
        // None of them is in use here. Searches may be put in very many ways.
        if statements.count >= Self.mostStatements {
            for statement in statements.values { sqlite3_finalize(statement) }
            statements = [:]
        }
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw error(code) }
        statements[sql] = prepared
        return prepared
    }

    /// Binds `arguments` to the parameters from `index` on and calls `body` while blobs stay where they are, uncopied.
    private func withBound(
        _ arguments: ArraySlice<SQLValue>, in statement: OpaquePointer, from index: Int32,
        _ body: () throws(JournalError) -> Void
    ) throws(JournalError) {
        guard let argument = arguments.first else { return try body() }
        switch argument {
        case .integer(let value):
            try check(sqlite3_bind_int64(statement, index, value))
            try withBound(arguments.dropFirst(), in: statement, from: index + 1, body)
        case .real(let value):
            try check(sqlite3_bind_double(statement, index, value))
            try withBound(arguments.dropFirst(), in: statement, from: index + 1, body)
        case .null:
            try check(sqlite3_bind_null(statement, index))
            try withBound(arguments.dropFirst(), in: statement, from: index + 1, body)
        case .text(let text):
            let count = UInt64(text.utf8.count)
            try check(
                sqlite3_bind_text64(
                    statement, index, text, count, onrecord_sqlite_transient(), UInt8(SQLITE_UTF8)))
            try withBound(arguments.dropFirst(), in: statement, from: index + 1, body)
        case .blob(let blob):
            try blob.span.withUnsafeBufferPointer { (bytes) throws(JournalError) in
                let code =
                    bytes.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob64(statement, index, bytes.baseAddress, UInt64(bytes.count), nil)
                try check(code)
                try withBound(arguments.dropFirst(), in: statement, from: index + 1, body)
            }
        }
    }

    private func error(_ code: Int32) -> JournalError {
        JournalError(sqlite: handle, code: code, at: path, reading: isReading)
    }

    private func check(_ code: Int32) throws(JournalError) {
        guard code == SQLITE_OK else { throw error(code) }
    }
}
