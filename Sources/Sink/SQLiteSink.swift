internal import Journal
public import Wire

/// Analyses in an SQLite database: who said what, and what is claimed, to be searched.
///
/// What a message says and the cursor behind it are one transaction. Which results are replaced or withdrawn is decided by
/// identifiers when they are read, so it does not matter in which order they came.
public struct SQLiteSink: ~Copyable, Sink {
    var database: Database
    /// How far it has come, nil for a new one.
    public private(set) var cursor: SinkCursor?

    /// Opens the database, or makes it.
    /// - Parameters:
    ///   - path: The file.
    ///   - isNew: Whether it may be made; else it has to be there.
    /// - Throws: `JournalError` where it cannot be used.
    public init(at path: String, makes isNew: Bool = true) throws {
        var database = try Database(at: path)
        let application = try database.first("PRAGMA application_id") { $0.integer(0) }
        let version = try database.first("PRAGMA user_version") { $0.integer(0) }
        let objects = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        if objects == 0, isNew {
            try database.run("PRAGMA journal_mode = WAL")
            try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
                for statement in Self.tables { try database.run(statement) }
                try database.run("PRAGMA application_id = \(Self.application)")
                try database.run("PRAGMA user_version = \(Self.version)")
            }
        } else if application != Self.application || version != Self.version {
            throw JournalError(.unusable, "\(path): is no database of analyses; name a file of onrecord sink")
        }
        // After a loss of power the cursor goes back together with what it stands for.
        try database.run("PRAGMA synchronous = NORMAL")
        // What is erased is not to be read in free pages.
        try database.run("PRAGMA secure_delete = ON")
        try database.run("PRAGMA cache_size = -65536")
        let text = try database.first("SELECT value FROM cursor") { $0.text(0) }
        self.database = database
        cursor = text.flatMap { try? JSON.decode(SinkCursor.self, from: Array($0.utf8)) }
    }

    /// Takes messages; one whose identifier it has already is not taken twice.
    public mutating func take(_ messages: [StreamMessage], upTo cursor: SinkCursor) throws {
        let text = String(decoding: try JSON.encode(cursor), as: UTF8.self)
        let erased = try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            var erased = 0
            for message in messages {
                let isNotice = (try? Topic(message.topic))?.isNotice ?? false
                erased += try Self.add(message, isNotice: isNotice, to: &database)
            }
            try database.run("INSERT OR REPLACE INTO cursor (key, value) VALUES (1, ?)", .text(text))
            return erased
        }
        self.cursor = cursor
        if erased > 0 {
            // The index of words keeps what was deleted until it is written anew, and the log what was changed.
            try database.run("INSERT INTO words (words) VALUES ('optimize')")
            try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Deletes what came with later numbers.
    public mutating func goBack(to cursor: SinkCursor) throws {
        let text = String(decoding: try JSON.encode(cursor), as: UTF8.self)
        try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            let later = "SELECT key FROM analysis WHERE n > ?"
            try database.run(
                """
                INSERT INTO words (words, rowid, text, speaker)
                    SELECT 'delete', key, text, speaker FROM passage WHERE analysis IN (\(later))
                """, .integer(cursor.n))
            try database.run("DELETE FROM passage WHERE analysis IN (\(later))", .integer(cursor.n))
            try database.run("DELETE FROM analysis WHERE n > ?", .integer(cursor.n))
            try database.run("DELETE FROM gone WHERE n > ?", .integer(cursor.n))
            try database.run("INSERT OR REPLACE INTO cursor (key, value) VALUES (1, ?)", .text(text))
        }
        self.cursor = cursor
    }

    /// Adds what a message says; how many analyses it erases.
    private static func add(
        _ message: StreamMessage, isNotice: Bool, to database: inout Database
    ) throws(JournalError) -> Int {
        let event = SQLValue.text(String(decoding: message.body, as: UTF8.self))
        let n = SQLValue.integer(message.position.n)
        // What is no event stays out; the journal has it.
        guard let parts = try database.first(Self.parts, event, read: { row in (0..<11).map { row.text($0) } }) else {
            return 0
        }
        func json(_ part: Int) -> SQLValue { .text(parts[part].isEmpty ? "[]" : parts[part]) }
        if isNotice {
            guard parts[8] == Notice.Kind.withdrawal else { return 0 }
            let isErasure = parts[10] == Notice.erased
            try database.run(
                """
                INSERT OR IGNORE INTO gone (id, why, n)
                    SELECT json_extract(value, '$.id'), ?3, ?2 FROM json_each(?1) WHERE type = 'object'
                """, json(9), n, .text(isErasure ? "erased" : "withdrawn"))
            return isErasure ? try erase(json(9), in: &database) : 0
        }
        for id in [parts[2], parts[3].isEmpty ? "" : parts[1]] where !id.isEmpty {
            try database.run("INSERT OR IGNORE INTO gone (id, why, n) VALUES (?, 'replaced', ?)", .text(id), n)
        }
        guard !parts[0].isEmpty, parts[4].first == "{" else { return 0 }
        // One that was erased before it came, or came a second time, says nothing.
        let isErased =
            try database.first(
                "SELECT 1 FROM gone WHERE id = ? AND why = 'erased'", .text(parts[1]), read: { _ in true })
            ?? false
        guard !isErased else { return 0 }
        try database.run(insertAnalysis, .text(parts[0]), .text(parts[1]), n, .text(message.position.ts), json(4))
        guard database.changes > 0 else { return 0 }
        let key = SQLValue.integer(database.lastInsertedKey)
        for (part, statement) in [(6, insertQuotes), (7, insertClaims)] where !["", "[]"].contains(parts[part]) {
            guard parts[part].first == "[" else { continue }
            try database.run(statement, json(part), key, json(5))
        }
        try database.run(
            "INSERT INTO words (rowid, text, speaker) SELECT key, text, speaker FROM passage WHERE analysis = ?", key)
        return 0
    }

    /// Deletes all that analyses of these articles said; how many there were.
    private static func erase(_ targets: SQLValue, in database: inout Database) throws(JournalError) -> Int {
        let theirs = """
            SELECT key FROM analysis
            WHERE article IN (SELECT json_extract(value, '$.id') FROM json_each(?) WHERE type = 'object')
            """
        try database.run(
            """
            INSERT INTO words (words, rowid, text, speaker)
                SELECT 'delete', key, text, speaker FROM passage WHERE analysis IN (\(theirs))
            """, targets)
        try database.run("DELETE FROM passage WHERE analysis IN (\(theirs))", targets)
        try database.run("DELETE FROM analysis WHERE key IN (\(theirs))", targets)
        return database.changes
    }
}
