import Journal

extension SQLiteSink {
    /// Opens a database of this release to read it alone; another process may write to it.
    static func reading(_ path: String) throws(JournalError) -> Database {
        var database = try Database(reading: path)
        guard try !isNew(&database) else { throw foreign(path) }
        return database
    }
}
