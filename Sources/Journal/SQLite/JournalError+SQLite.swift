internal import CSQLite
internal import Glibc

extension JournalError {
    /// The error for a result code of SQLite on the connection `handle` to the file at `path`, which is to be read alone or written.
    init(sqlite handle: OpaquePointer?, code: Int32, at path: String, reading: Bool) {
        let text = handle.flatMap(sqlite3_errmsg).map { String(cString: $0) } ?? String(cString: sqlite3_errstr(code))
        var system = handle.map(sqlite3_system_errno) ?? 0
        // Where SQLite may not make a file it tries to read it, and then tells why that failed.
        if system == ENOENT, !reading, access(StateFolder.parent(of: path), W_OK) != 0 { system = errno }
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
                .unusable,
                "\(path): is no database, or is damaged; restore a backup, or move it away, and a new one is begun",
                cause: cause)
        case (SQLITE_CANTOPEN, EISDIR), (SQLITE_IOERR, EISDIR):
            self.init(.cannotOpen, "\(path): it is a folder, and no file", cause: cause)
        case (SQLITE_CANTOPEN, ENOENT), (SQLITE_CANTOPEN, ENOTDIR):
            self.init(
                reading ? .missing : .cannotOpen,
                reading ? "\(path): is not there" : "\(path): cannot be made: its folder is not there", cause: cause)
        case (SQLITE_READONLY, _) where code >> 8 == 4:  // SQLITE_READONLY_DBMOVED
            self.init(.failed, "\(path): was moved away or deleted while it was in use; start again", cause: cause)
        case (SQLITE_CANTOPEN, _), (SQLITE_READONLY, _), (SQLITE_PERM, _), (SQLITE_AUTH, _), (SQLITE_IOERR, EACCES),
            (SQLITE_IOERR, EPERM):
            let isDenied = code & 0xff != SQLITE_CANTOPEN || Self.isRefusal(system)
            self.init(
                isDenied ? .denied : .cannotOpen,
                reading
                    ? "\(path): cannot be read by the user \(Self.user); SQLite makes files beside it, so run this as the user "
                        + "who writes it"
                    : "\(path): cannot be written by the user \(Self.user); look who owns it and its folder, or run this as "
                        + "that user", cause: cause)
        case (SQLITE_IOERR, _):
            self.init(
                .failed,
                "\(path): its disk fails, or takes nothing any more; look at the system's log, and whether it became read-only",
                cause: cause)
        default:
            self.init(.failed, "\(path): the database failed", cause: cause)
        }
    }

    /// The error for a failed system call on `path`; `denied` where this user lacks a right.
    package init(_ code: Code, _ message: String, errno system: Int32) {
        let isDenied = Self.isRefusal(system)
        self.init(
            isDenied ? .denied : code, isDenied ? "\(message); this runs as the user \(Self.user)" : message,
            cause: "errno \(system): \(String(cString: strerror(system)))")
    }

    /// The error of every call after `close`.
    static func closed(_ path: String) -> JournalError {
        JournalError(.closed, "\(path): the journal is closed")
    }

    private static func isRefusal(_ system: Int32) -> Bool { system == EACCES || system == EPERM }

    /// The name of the user that this process runs as.
    private static var user: String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 4_096)
        guard getpwuid_r(geteuid(), &entry, &room, room.count, &found) == 0, let name = found?.pointee.pw_name else {
            return "\(geteuid())"
        }
        return String(cString: name)
    }
}
