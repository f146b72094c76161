/// Opens the journal at `location`, and makes it if there is none.
///
/// - Parameter location: A folder, for a journal in SQLite, or a `postgres://` URL, for one in PostgreSQL.
/// - Returns: The journal.
/// - Throws: `JournalError`; `cannotOpen` for a URL where this build has no PostgreSQL.
public func openJournal(_ location: String) throws(JournalError) -> any Journal {
    guard location.hasPrefix("postgres://") || location.hasPrefix("postgresql://") else {
        return try SQLiteJournal(at: location)
    }
    #if Postgres
    return try PostgresJournal(at: location)
    #else
    throw JournalError(
        .cannotOpen,
        "this build keeps no journal in PostgreSQL; install libpq-dev and build with: swift build --traits Postgres"
    )
    #endif
}
