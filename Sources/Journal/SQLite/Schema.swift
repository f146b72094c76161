/// The tables of a journal in SQLite.
enum Schema {
    /// Version of the tables, in `PRAGMA user_version`; raised with every change that older programs cannot read.
    static let version: Int64 = 1

    /// "NWP1", in `PRAGMA application_id`: says that a file is a journal.
    private static let application: Int64 = 0x4E57_5031

    /// Makes the tables in a new file and checks them in any other.
    static func prepare(_ database: inout Database) throws(JournalError) {
        try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            let path = database.path
            let application = try database.first("PRAGMA application_id") { $0.integer(0) }
            let version = try database.first("PRAGMA user_version") { $0.integer(0) }
            let objects = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
            switch (application, version, objects) {
            case (0, 0, 0):
                for statement in tables { try database.run(statement) }
                try database.run("PRAGMA application_id = \(Schema.application)")
                try database.run("PRAGMA user_version = \(Schema.version)")
            case (Schema.application, Schema.version, _):
                return
            case (Schema.application, let version?, _):
                throw JournalError(
                    .unusable,
                    "\(path): the journal has version \(version), this program knows version \(Schema.version); "
                        + "use the release that made it, or a newer one")
            default:
                throw JournalError(.unusable, "\(path): is no journal but another database; choose another folder")
            }
        }
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
}
