#if Postgres
/// The tables of a journal in PostgreSQL, in the first schema of the search path.
enum PostgresSchema {
    /// Version of the tables, in the table `journal`; raised with every change that older programs cannot read.
    static let version: Int64 = 1

    /// Makes the tables where there are none and checks them anywhere else.
    static func prepare(_ session: inout PostgresSession) throws(JournalError) {
        try session.execute("BEGIN")
        // Two processes that make the same tables would disturb each other.
        try session.execute(
            "SELECT pg_advisory_xact_lock(\(lockClass), hashtext(current_setting('search_path')))")
        let isMissing =
            try session.run([
                PostgresQuery(
                    "SELECT current_schema() WHERE current_schema() IS NULL AND current_setting('search_path') = $1",
                    PostgresFormat.text(session.place.schema))
            ])[0].count == 1
        if isMissing { try session.execute("CREATE SCHEMA \(session.place.schema)") }
        try session.execute(tables)
        let found = try session.run([PostgresQuery("SELECT version FROM journal")])[0].first { $0.integer(0) }
        guard found == version else {
            throw JournalError(
                .unusable,
                "\(session.place): the journal has version \(found ?? 0), this program knows version \(version); "
                    + "use the release that made it, or a newer one")
        }
        try session.execute("COMMIT")
    }

    /// "NWP1": the first half of every advisory lock's key; the second is the table's object id.
    static let lockClass = 0x4E57_5031

    private static let tables = """
        CREATE TABLE IF NOT EXISTS journal (version bigint NOT NULL, term bigint NOT NULL);
        INSERT INTO journal SELECT \(version), 0 WHERE NOT EXISTS (SELECT FROM journal);
        CREATE TABLE IF NOT EXISTS stream (
            name bytea PRIMARY KEY, epoch bytea NOT NULL, oldest bigint NOT NULL, last bigint NOT NULL,
            bytes bigint NOT NULL
        ) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS topic (
            stream bytea, name bytea, last bigint NOT NULL, PRIMARY KEY (stream, name)
        ) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS entry (
            stream bytea, n bigint, previous bigint NOT NULL, topic bytea NOT NULL, id bytea NOT NULL,
            time bytea NOT NULL, body bytea NOT NULL, PRIMARY KEY (stream, n)
        );
        CREATE TABLE IF NOT EXISTS known (stream bytea, digest bytea, n bigint NOT NULL, PRIMARY KEY (stream, digest));
        CREATE TABLE IF NOT EXISTS subject (
            stream bytea, digest bytea, count bigint NOT NULL, PRIMARY KEY (stream, digest)
        );
        CREATE TABLE IF NOT EXISTS origin (name bytea PRIMARY KEY, epoch bytea NOT NULL, cursor bigint NOT NULL)
            WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS task (
            origin bytea, n bigint, attempts bigint NOT NULL, settled boolean NOT NULL, PRIMARY KEY (origin, n)
        );
        """
}
#endif
