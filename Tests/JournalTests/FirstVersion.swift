import Wire

@testable import Journal

/// Journals as the release 0.1.0 made them, whose tables have version 1.
enum FirstVersion {
    /// Makes one in SQLite with a stream `raw` that holds the samples 3 to 5 of 5, and an account that has come to 2.
    static func make(in folder: String) throws {
        var database = try Database(at: folder + "/journal.db")
        try database.run("PRAGMA journal_mode = WAL")
        let rest = [
            "PRAGMA application_id = \(Schema.application)", "PRAGMA user_version = 1",
            "INSERT INTO stream VALUES (1, 'raw', '00000000000000aa', 3, 5, 60)",
            "INSERT INTO topic VALUES (1, 1, 'raw/1/en/afp.com/', 5)",
            "INSERT INTO origin VALUES ('there', '00000000000000bb', 2)", "INSERT INTO task VALUES ('there', 4, 0, 1)",
        ]
        for statement in tables + rest { try database.run(statement) }
        for n in 1...5 {
            let entry = NewEntry.sample(n)
            try database.run("INSERT INTO known VALUES (1, ?)", .text(entry.id))
            try database.run("INSERT INTO subject VALUES (1, ?, 1)", .text(entry.key))
            guard n >= 3 else { continue }
            try database.run(
                "INSERT INTO entry (stream, n, previous, topic, id, time, body) VALUES (1, ?, ?, 1, ?, ?, ?)",
                .integer(Int64(n)), .integer(Int64(n - 1)), .text(entry.id), .text(entry.time), .blob(entry.body))
        }
    }

    /// The same in PostgreSQL, in SQL.
    static var postgres: String {
        let entries = (3...5).map { n in
            let entry = NewEntry.sample(n)
            let body = String(decoding: entry.body, as: UTF8.self)
            return
                "INSERT INTO entry VALUES ('raw', \(n), \(n - 1), 'raw/1/en/afp.com/', '\(entry.id)', '\(entry.time)', '\(body)');"
        }
        let known = (1...5).map { n in
            """
            INSERT INTO known VALUES ('raw', sha256('id-\(n)'), \(n));
            INSERT INTO subject VALUES ('raw', sha256('uri-\(n)'), 1);
            """
        }
        return postgresTables + (known + entries).joined(separator: "\n") + """
            INSERT INTO stream VALUES ('raw', '00000000000000aa', 3, 5, 60);
            INSERT INTO topic VALUES ('raw', 'raw/1/en/afp.com/', 5);
            INSERT INTO origin VALUES ('there', '00000000000000bb', 2);
            INSERT INTO task VALUES ('there', 4, 0, true);
            """
    }

    private static let tables = [
        """
        CREATE TABLE stream (
            key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL,
            oldest INTEGER NOT NULL, last INTEGER NOT NULL, bytes INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE topic (
            key INTEGER PRIMARY KEY, stream INTEGER NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL,
            UNIQUE (stream, name)
        ) STRICT
        """,
        // In the order of arrival, so that pages fill up; the body comes last, so that nothing else is behind it.
        """
        CREATE TABLE entry (
            key INTEGER PRIMARY KEY, stream INTEGER NOT NULL, n INTEGER NOT NULL, previous INTEGER NOT NULL,
            topic INTEGER NOT NULL, id TEXT NOT NULL, time TEXT NOT NULL, body BLOB NOT NULL
        ) STRICT
        """,
        // With the topic in it, a search for a rare one passes over the others without reading them.
        "CREATE UNIQUE INDEX entry_position ON entry (stream, n, topic)",
        // These two outlive the entries.
        "CREATE TABLE known (stream INTEGER, id TEXT, PRIMARY KEY (stream, id)) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE subject (stream INTEGER, key TEXT, count INTEGER NOT NULL, PRIMARY KEY (stream, key))
        STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE origin (name TEXT PRIMARY KEY, epoch TEXT NOT NULL, cursor INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE task (
            origin TEXT, n INTEGER, attempts INTEGER NOT NULL, settled INTEGER NOT NULL, PRIMARY KEY (origin, n)
        ) STRICT, WITHOUT ROWID
        """,
    ]

    private static let postgresTables = """
        CREATE TABLE IF NOT EXISTS journal (version bigint NOT NULL, term bigint NOT NULL);
        INSERT INTO journal SELECT 1, 0 WHERE NOT EXISTS (SELECT FROM journal);
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
