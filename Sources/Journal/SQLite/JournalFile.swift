internal import CSQLite
internal import Glibc

/// The files of a journal, looked at without SQLite, which would take them as they are.
struct JournalFile {
    /// The database.
    let path: String

    /// The write-ahead log beside it.
    var log: String { path + "-wal" }

    /// What tells this file from a copy of it: which one it is, and when it was made.
    var home: String {
        var status = stat()
        guard stat(path, &status) == 0 else { return "" }
        return "\(status.st_ino) \(onrecord_birth(path))"
    }

    /// Whether what was written last is, or may be, missing since the log that held it is.
    func lacksItsLog(_ header: Header?) -> Bool {
        guard let header, header.usesLog, access(log, F_OK) != 0 else { return false }
        // A file without tables is one whose tables are still in the log.
        if header.application == 0, header.version == 0 { return true }
        let version = header.version & ~Schema.whole
        return header.application == Schema.application && version >= 2 && header.version & Schema.whole == 0
    }

    /// Whether there is the log of another journal beside it: a file that is whole has none.
    func hasForeignLog(_ header: Header?) -> Bool {
        guard let header, header.application == Schema.application, header.version & Schema.whole != 0
        else { return false }
        var status = stat()
        return stat(log, &status) == 0 && status.st_size > 0
    }

    /// Puts the log of another journal aside, which SQLite would mix into this one.
    func setForeignLogAside(_ header: Header?) throws(JournalError) {
        guard hasForeignLog(header) else { return }
        guard rename(log, path + "-wal.stale") == 0 else {
            throw JournalError(.cannotOpen, "\(log): belongs to another journal and cannot be renamed", errno: errno)
        }
        unlink(path + "-shm")
    }

    /// What the file itself says, whatever the log holds.
    struct Header {
        var usesLog: Bool
        var version: Int64
        var application: Int64

        /// Reads the first bytes of a file; nil where they are not those of a database.
        init?(_ bytes: [UInt8]?) {
            guard let bytes, bytes.count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
            func number(_ at: Int) -> Int64 { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int64($1) } }
            usesLog = bytes[18] == 2
            version = number(60)
            application = number(68)
        }
    }
}
