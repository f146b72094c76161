internal import Wire

/// The tables of a journal in SQLite, and the steps from earlier ones.
enum Schema {
    /// Version of the tables, in the lower half of `PRAGMA user_version`.
    ///
    /// It is raised with every change that older programs cannot read, with a step in `migrations`.
    static let version: Int64 = 3

    /// The upper half of `PRAGMA user_version` where the file alone is the whole journal, as after a clean end and in a
    /// backup: whatever a write-ahead log beside it holds, is none of it.
    static let whole: Int64 = 1 << 16

    /// "NWP1", in `PRAGMA application_id`: says that a file is a journal.
    static let application: Int64 = 0x4E57_5031

    /// What stands in a file.
    enum Content: Equatable {
        /// Nothing.
        case nothing
        /// A journal of a version that this program knows.
        case journal(version: Int64)
    }

    /// Looks what stands in a file, and refuses what no release of this program before or with this one made.
    static func content(of database: inout Database) throws(JournalError) -> Content {
        let path = database.path
        let application = try database.first("PRAGMA application_id") { $0.integer(0) }
        let version = try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
        let objects = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        switch (application, version & ~whole, objects) {
        case (0, 0, 0): return .nothing
        case (Schema.application, 1...Schema.version, _): return .journal(version: version & ~whole)
        case (Schema.application, let version, _):
            throw JournalError(
                .unusable,
                "\(path): the journal has version \(version), this program knows version \(Schema.version); "
                    + "use the release that made it, or a newer one")
        default:
            throw JournalError(.unusable, "\(path): is no journal but another database; choose another folder")
        }
    }

    /// Refuses a journal of this version that lacks a table, or a part of one.
    static func checkTables(of database: inout Database) throws(JournalError) {
        try database.checkTables(madeBy: tables, remedy: "restore a backup")
    }

    /// Makes the tables in a new file.
    static func make(in database: inout Database) throws(JournalError) {
        try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            for statement in tables { try database.run(statement) }
            try database.run("PRAGMA application_id = \(application)")
            try database.run("PRAGMA user_version = \(version)")
        }
    }

    /// Brings the tables from `old` to this version, one transaction a step.
    static func migrate(_ database: inout Database, from old: Int64) throws(JournalError) {
        for version in old..<Schema.version {
            try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
                try migrations[version]?(&database)
                try database.run("PRAGMA user_version = \(version + 1)")
            }
        }
    }

    /// The step from each earlier version to the next one.
    private static let migrations: [Int64: @Sendable (inout Database) throws(JournalError) -> Void] = [
        1: { (database) throws(JournalError) in try addLinks(to: &database) },
        2: { (database) throws(JournalError) in
            try database.run(about)
            // What is no event is about nothing.
            try database.run(
                """
                INSERT OR IGNORE INTO about SELECT stream, json_extract(CAST(body AS TEXT), '$.subject'), n FROM entry
                WHERE json_valid(CAST(body AS TEXT)) AND json_type(CAST(body AS TEXT), '$.subject') = 'text'
                """)
        },
    ]

    /// Links tell a journal that was set back from one that was not.
    ///
    /// The table of streams gets another name, lest a program of version 1 that waits for the lead writes without them.
    private static func addLinks(to database: inout Database) throws(JournalError) {
        for statement in [
            "ALTER TABLE stream RENAME TO streams", "ALTER TABLE streams ADD COLUMN journal TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE streams ADD COLUMN link BLOB NOT NULL DEFAULT x''", "UPDATE streams SET journal = epoch",
            "ALTER TABLE origin ADD COLUMN journal TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE origin ADD COLUMN trail TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE task ADD COLUMN link BLOB NOT NULL DEFAULT x''", link, place,
        ] { try database.run(statement) }
        var streams: [(key: Int64, epoch: String, before: Int64)] = []
        try database.rows("SELECT key, epoch, oldest - 1 FROM streams", []) { row in
            streams.append((row.integer(0), row.text(1), row.integer(2)))
            return true
        }
        for stream in streams {
            var last = Link.base(epoch: stream.epoch, n: stream.before)
            var n = stream.before
            while true {
                var ids: [String] = []
                try database.rows(
                    "SELECT id FROM entry WHERE stream = ? AND n > ? ORDER BY n LIMIT 1000",
                    [.integer(stream.key), .integer(n)]
                ) { row in
                    ids.append(row.text(0))
                    return true
                }
                if ids.isEmpty { break }
                for id in ids {
                    n += 1
                    last = last.next(id)
                    try database.run(
                        "INSERT INTO link (stream, n, h) VALUES (?, ?, ?)", .integer(stream.key), .integer(n),
                        .blob(last.bytes))
                }
            }
            try database.run("UPDATE streams SET link = ? WHERE key = ?", .blob(last.bytes), .integer(stream.key))
        }
    }

    private static let link = """
        CREATE TABLE link (stream INTEGER, n INTEGER, h BLOB NOT NULL, PRIMARY KEY (stream, n)) STRICT, WITHOUT ROWID
        """
    private static let about = """
        CREATE TABLE about (stream INTEGER, key TEXT, n INTEGER, PRIMARY KEY (stream, key, n)) STRICT, WITHOUT ROWID
        """
    private static let place = "CREATE TABLE place (home TEXT NOT NULL) STRICT"

    private static let tables = [
        """
        CREATE TABLE streams (
            key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL,
            oldest INTEGER NOT NULL, last INTEGER NOT NULL, bytes INTEGER NOT NULL,
            journal TEXT NOT NULL, link BLOB NOT NULL
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
        // These outlive the entries, and `about` too; links by `StreamState.linksBelow`.
        "CREATE TABLE known (stream INTEGER, id TEXT, PRIMARY KEY (stream, id)) STRICT, WITHOUT ROWID",
        """
        CREATE TABLE subject (stream INTEGER, key TEXT, count INTEGER NOT NULL, PRIMARY KEY (stream, key))
        STRICT, WITHOUT ROWID
        """,
        link,
        about,
        """
        CREATE TABLE origin (
            name TEXT PRIMARY KEY, epoch TEXT NOT NULL, cursor INTEGER NOT NULL, journal TEXT NOT NULL,
            trail TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE task (
            origin TEXT, n INTEGER, attempts INTEGER NOT NULL, settled INTEGER NOT NULL,
            link BLOB NOT NULL DEFAULT x'', PRIMARY KEY (origin, n)
        ) STRICT, WITHOUT ROWID
        """,
        place,
    ]
}
