internal import CSQLite
internal import Glibc

extension JournalError {
    /// The error for a result code of SQLite on the connection `handle` to the file at `path`.
    init(sqlite handle: OpaquePointer?, code: Int32, at path: String) {
        let text = handle.flatMap(sqlite3_errmsg).map { String(cString: $0) } ?? String(cString: sqlite3_errstr(code))
        let system = handle.map(sqlite3_system_errno) ?? 0
        var cause = "SQLite \(code): \(text)"
        if system != 0 { cause += ", errno \(system): \(String(cString: strerror(system)))" }

        switch (code & 0xff, system) {
        case (SQLITE_FULL, _), (SQLITE_IOERR, ENOSPC), (SQLITE_IOERR, EDQUOT):
            self.init(
                .full, "\(path): the disk is full; free space, or keep less of the streams", cause: cause,
                isRetriable: true)
        case (SQLITE_BUSY, _), (SQLITE_LOCKED, _):
            self.init(.unavailable, "\(path): another process holds it", cause: cause, isRetriable: true)
        case (SQLITE_INTERRUPT, _):
            self.init(.tooLong, "\(path): the search took too long", cause: cause, isRetriable: true)
        case (SQLITE_NOTADB, _), (SQLITE_CORRUPT, _):
            self.init(
                .unusable, "\(path): is no database or is damaged; restore it, or move it away to start a new one",
                cause: cause)
        case (SQLITE_CANTOPEN, _), (SQLITE_READONLY, _), (SQLITE_PERM, _), (SQLITE_AUTH, _):
            self.init(
                .cannotOpen, "\(path): cannot be opened for writing; check the folder and its owner", cause: cause)
        default:
            self.init(.failed, "\(path): the database failed", cause: cause)
        }
    }

    /// The error for a failed system call on `path`.
    init(_ code: Code, _ message: String, errno system: Int32) {
        self.init(code, message, cause: "errno \(system): \(String(cString: strerror(system)))")
    }

    /// The error of every call after `close`.
    static func closed(_ path: String) -> JournalError {
        JournalError(.closed, "\(path): the journal is closed")
    }
}
