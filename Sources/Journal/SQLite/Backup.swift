internal import Glibc

/// A copy of a journal in one file, which is the whole of it.
enum Backup {
    /// Writes the journal, as it is at this moment, into the file `target`; it is checked, and durable on return.
    ///
    /// - Parameters:
    ///   - database: The journal.
    ///   - target: The file.
    ///   - replacing: Whether a file of that name is replaced; otherwise it is refused.
    /// - Throws: `JournalError`.
    static func write(of database: inout Database, to target: String, replacing: Bool = false) throws(JournalError) {
        if !replacing, access(target, F_OK) == 0 {
            throw JournalError(.cannotMake, "\(target): is there already; name a new file")
        }
        let part = target + ".part"
        unlink(part)
        do throws(JournalError) {
            try StateFolder.makeFile(at: part, orElse: .cannotMake)
            var copy = try Database(at: part)
            try database.copy(into: copy)
            try copy.run("PRAGMA journal_mode = DELETE")
            try copy.check()
            let version = try copy.first("PRAGMA user_version") { $0.integer(0) } ?? 0
            // Programs of version 1 know nothing of whole files.
            if version > 1 { try copy.run("PRAGMA user_version = \(version | Schema.whole)") }
        } catch {
            unlink(part)
            unlink(part + "-journal")
            throw error
        }
        guard rename(part, target) == 0 else {
            throw JournalError(.cannotMake, "\(target): cannot be made", errno: errno)
        }
        StateFolder.syncParent(of: target)
    }
}

extension SQLiteJournal {
    /// Copies the journal in a folder into the new file `target`.
    ///
    /// - Returns: The streams that it holds, by name.
    static func backUp(at folder: String, to target: String) throws(JournalError) -> [(
        name: String, state: StreamState
    )] {
        let path = folder + "/journal.db"
        var database = try Database(at: path)
        try checkLog(of: &database, restored: false)
        try database.keepLog()
        guard case .journal(let version) = try Schema.content(of: &database) else {
            throw JournalError(.unusable, "\(path): is empty")
        }
        try Backup.write(of: &database, to: target)
        var copy = try Database(at: target)
        var streams: [(name: String, state: StreamState)] = []
        if version == Schema.version {
            var names: [String] = []
            try copy.rows("SELECT name FROM streams ORDER BY name", []) { row in
                names.append(row.text(0))
                return true
            }
            for name in names { if let row = try copy.stream(name) { streams.append((name, row.tail.state)) } }
        }
        return streams
    }
}

extension Database {
    /// Looks through the whole file for damage.
    mutating func check() throws(JournalError) {
        let flaw = try first("PRAGMA quick_check(1)") { $0.text(0) }
        guard flaw == "ok" else {
            throw JournalError(
                .unusable, "\(path): is damaged; restore a backup", cause: flaw.map { "quick_check: \($0)" })
        }
    }
}

extension String {
    /// The string with another end.
    func replacingSuffix(_ suffix: String, with other: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
    }
}
