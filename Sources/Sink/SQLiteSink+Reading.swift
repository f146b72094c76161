import Journal

extension SQLiteSink {
    /// Opens a database of this release to read it alone; another process may write to it.
    static func reading(_ path: String) throws(JournalError) -> Database {
        var database = try Database(reading: path)
        guard try isSink(&database) else {
            throw JournalError(.unusable, "\(path): is no database of analyses; name a file of onrecord sink")
        }
        let version = try database.first("PRAGMA user_version") { $0.integer(0) }
        guard version == Self.version else {
            throw JournalError(.unusable, "\(path): is of another release; fill a new one with onrecord sink")
        }
        return database
    }

    private static func isSink(_ database: inout Database) throws(JournalError) -> Bool {
        do {
            return try database.first("PRAGMA application_id") { $0.integer(0) } == application
        } catch {
            // What SQLite cannot make sense of is none, either.
            if error.code == .unusable { return false }
            guard error.code == .cannotOpen else { throw error }
            throw JournalError(
                .cannotOpen,
                "\(database.path): cannot be read; SQLite makes files beside it, so run this as whoever runs onrecord sink",
                cause: error.cause)
        }
    }
}
