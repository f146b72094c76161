#if Postgres
internal import Wire

/// The tables of a journal in PostgreSQL, in the first schema of the search path, and the steps from earlier ones.
enum PostgresSchema {
    /// Version of the tables, in the table `journal`.
    ///
    /// It is raised with every change that older programs cannot read, with a step in `migrate`.
    static let version: Int64 = 3

    /// Makes the tables where there are none, brings older ones up to date, and checks them anywhere else.
    ///
    /// A trial undoes what it makes, and brings nothing up to date.
    static func prepare(_ session: inout PostgresSession, isTrial: Bool = false) throws(JournalError) {
        try session.prepare(lock: "\(lockClass)", holding: "journal", isTrial: isTrial) {
            (session) throws(JournalError) in
            if try session.run([PostgresQuery("SELECT 1 WHERE to_regclass('journal') IS NULL")])[0].count == 1 {
                try session.makeTables(tables)
            }
            let found = try session.run([PostgresQuery("SELECT version FROM journal")])[0].first { $0.integer(0) } ?? 0
            guard (1...version).contains(found) else {
                throw JournalError(
                    .unusable,
                    "\(session.place): the journal has version \(found), this program knows version \(version); "
                        + "use the release that made it, or a newer one")
            }
            if found < version, isTrial { return }
            if found < version { try migrate(&session, from: found) }
            try session.requireTables(names, remedy: "restore a backup")
        }
    }

    /// "NWP1": the first half of every advisory lock's key; the second is the table's object id.
    static let lockClass = 0x4E57_5031

    /// Which database this is: another one where it was dumped and restored, or copied as files and made one of its own.
    static let home = "SELECT (SELECT system_identifier FROM pg_control_system()) || ' ' || 'journal'::regclass::oid"

    /// Brings the tables up to date in the open transaction, which only the leader may do.
    private static func migrate(_ session: inout PostgresSession, from old: Int64) throws(JournalError) {
        let lock = """
            SELECT 1 WHERE pg_try_advisory_xact_lock(\(lockClass), 'journal'::regclass::oid::integer)
            """
        guard try session.run([PostgresQuery(lock)])[0].count == 1 else {
            session.rollBack()
            throw JournalError(
                .unavailable,
                "\(session.place): a program of an earlier release leads this journal; its tables are brought up to date "
                    + "once that has stopped", isRetriable: true)
        }
        try keepCopy(in: &session, of: old)
        if old < 2 { try addLinks(to: &session) }
        if old < 3 { try addKeys(to: &session) }
        try session.execute("UPDATE journal SET version = \(version)")
    }

    /// The tables of each earlier version.
    private static let earlierTables: [Int64: [String]] = [
        1: ["journal", "stream", "topic", "entry", "known", "subject", "origin", "task"],
        2: ["journal", "streams", "topic", "entry", "known", "subject", "origin", "task", "link"],
    ]

    /// Copies the tables of version `old` into a schema of their own, which a program of that release can go on with.
    private static func keepCopy(in session: inout PostgresSession, of old: Int64) throws(JournalError) {
        let names = """
            SELECT current_schema() || '_v\(old)', quote_ident(current_schema() || '_v\(old)'),
                quote_ident(current_user), (to_regnamespace(quote_ident(current_schema() || '_v\(old)')) IS NOT NULL)::int::bigint,
                has_database_privilege(current_database(), 'CREATE')::int::bigint
            """
        let found = try session.run([PostgresQuery(names)])[0]
            .first {
                (name: $0.text(0), quoted: $0.text(1), user: $0.text(2), isThere: $0.integer(3), may: $0.integer(4))
            }
        guard let (name, quoted, user, isThere, may) = found else { return }
        guard isThere == 1 || may == 1 else {
            session.rollBack()
            throw JournalError(
                .unusable,
                "\(session.place): before the tables of version \(old) are brought up to date they are copied into the schema "
                    + "\(name), which this user may not make; have an administrator run: "
                    + "CREATE SCHEMA \(quoted) AUTHORIZATION \(user)")
        }
        if isThere == 0 { try session.execute("CREATE SCHEMA \(quoted)") }
        for table in earlierTables[old] ?? [] {
            try session.execute(
                """
                DROP TABLE IF EXISTS \(quoted).\(table);
                CREATE TABLE \(quoted).\(table) (LIKE \(table) INCLUDING ALL);
                INSERT INTO \(quoted).\(table) SELECT * FROM \(table);
                """, within: .seconds(4 * 3600))
        }
    }

    /// Links tell a journal that was set back from one that was not.
    ///
    /// The table of streams gets another name, lest a program of version 1 that waits for the lead writes without them.
    private static func addLinks(to session: inout PostgresSession) throws(JournalError) {
        try session.execute(
            """
            ALTER TABLE journal ADD COLUMN home text NOT NULL DEFAULT '';
            UPDATE journal SET home = (\(home));
            ALTER TABLE stream RENAME TO streams;
            ALTER TABLE streams ADD COLUMN journal bytea NOT NULL DEFAULT '', ADD COLUMN link bytea NOT NULL DEFAULT '';
            UPDATE streams SET journal = epoch;
            ALTER TABLE origin ADD COLUMN journal bytea NOT NULL DEFAULT '', ADD COLUMN trail bytea NOT NULL DEFAULT '';
            ALTER TABLE task ADD COLUMN link bytea NOT NULL DEFAULT '';
            \(link)
            """)
        let streams = try session.run([PostgresQuery("SELECT name, epoch, oldest FROM streams")])[0]
            .map { (name: $0.text(0), epoch: $0.text(1), before: $0.integer(2) - 1) }
        for stream in streams {
            let name = PostgresFormat.text(stream.name)
            var last = Link.base(epoch: stream.epoch, n: stream.before)
            var n = stream.before
            while true {
                let query = PostgresQuery(
                    "SELECT id FROM entry WHERE stream = $1 AND n > $2 ORDER BY n LIMIT 10000", name,
                    PostgresFormat.integer(n))
                let ids = try session.run([query])[0].map { $0.text(0) }
                if ids.isEmpty { break }
                var links: [[UInt8]] = []
                for id in ids {
                    last = last.next(id)
                    links.append(last.bytes)
                }
                let numbers = (n + 1...n + Int64(ids.count)).map { $0 }
                let insert = PostgresQuery(
                    "INSERT INTO link SELECT $1, n, h FROM unnest($2::bigint[], $3::bytea[]) AS new (n, h)", name,
                    PostgresFormat.integers(numbers), PostgresFormat.blobs(links))
                _ = try session.run([insert])
                n += Int64(ids.count)
            }
            _ = try session.run([
                PostgresQuery(
                    "UPDATE streams SET link = $2 WHERE name = $1", name, last.bytes)
            ])
        }
    }

    /// Keys tell which entries are about an article.
    private static func addKeys(to session: inout PostgresSession) throws(JournalError) {
        // What is no event is about nothing.
        try session.execute(
            """
            \(about)
            CREATE FUNCTION pg_temp.subject(body bytea) RETURNS bytea LANGUAGE plpgsql AS $$ BEGIN
                RETURN convert_to(convert_from(body, 'UTF8')::json ->> 'subject', 'UTF8');
            EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;
            INSERT INTO about SELECT stream, sha256(subject), n
                FROM (SELECT stream, n, pg_temp.subject(body) AS subject FROM entry) AS found WHERE subject IS NOT NULL;
            """, within: .seconds(4 * 3600))
    }

    private static let about = """
        CREATE TABLE about (stream bytea, digest bytea, n bigint, PRIMARY KEY (stream, digest, n));
        """

    private static let link = """
        CREATE TABLE link (stream bytea, n bigint, h bytea NOT NULL, PRIMARY KEY (stream, n));
        """

    private static let names = [
        "journal", "streams", "topic", "entry", "known", "subject", "link", "about", "origin", "task",
    ]

    private static let tables = """
        CREATE TABLE journal (version bigint NOT NULL, term bigint NOT NULL, home text NOT NULL);
        INSERT INTO journal VALUES (\(version), 0, (\(home)));
        CREATE TABLE streams (
            name bytea PRIMARY KEY, epoch bytea NOT NULL, oldest bigint NOT NULL, last bigint NOT NULL,
            bytes bigint NOT NULL, journal bytea NOT NULL, link bytea NOT NULL
        ) WITH (fillfactor = 50);
        CREATE TABLE topic (
            stream bytea, name bytea, last bigint NOT NULL, PRIMARY KEY (stream, name)
        ) WITH (fillfactor = 50);
        CREATE TABLE entry (
            stream bytea, n bigint, previous bigint NOT NULL, topic bytea NOT NULL, id bytea NOT NULL,
            time bytea NOT NULL, body bytea NOT NULL, PRIMARY KEY (stream, n)
        );
        CREATE TABLE known (stream bytea, digest bytea, n bigint NOT NULL, PRIMARY KEY (stream, digest));
        CREATE TABLE subject (
            stream bytea, digest bytea, count bigint NOT NULL, PRIMARY KEY (stream, digest)
        );
        \(link)
        \(about)
        CREATE TABLE origin (
            name bytea PRIMARY KEY, epoch bytea NOT NULL, cursor bigint NOT NULL, journal bytea NOT NULL,
            trail bytea NOT NULL
        ) WITH (fillfactor = 50);
        CREATE TABLE task (
            origin bytea, n bigint, attempts bigint NOT NULL, settled boolean NOT NULL, link bytea NOT NULL,
            PRIMARY KEY (origin, n)
        );
        """
}
#endif
