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
    /// - Parameter path: The file.
    /// - Throws: `JournalError` where it cannot be used.
    public init(at path: String) throws {
        var database = try Database(at: path)
        if try Self.isNew(&database) {
            try database.run("PRAGMA journal_mode = WAL")
            try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
                for statement in Self.tables { try database.run(statement) }
                try database.run("PRAGMA application_id = \(Self.application)")
                try database.run("PRAGMA user_version = \(Self.version)")
            }
        } else {
            try Self.upgrade(&database)
        }
        // After a loss of power the cursor goes back together with what it stands for.
        try database.run("PRAGMA synchronous = NORMAL")
        // What is erased is not to be read in free pages.
        try database.run("PRAGMA secure_delete = ON")
        try database.run("PRAGMA cache_size = -65536")
        // The log is 32 MB long before it goes into the file, since the disk is waited for each time.
        try database.run("PRAGMA wal_autocheckpoint = 8192")
        // The log keeps what was erased; a process that was killed may have left it.
        try database.run(Self.emptyLog)
        let text = try database.first("SELECT value FROM cursor") { $0.text(0) }
        self.database = database
        cursor = text.flatMap { try? JSON.decode(SinkCursor.self, from: Array($0.utf8)) }
    }

    /// Adds to the tables of the release before what this one has besides.
    private static func upgrade(_ database: inout Database) throws(JournalError) {
        try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            guard try database.first("PRAGMA user_version", read: { $0.integer(0) }) == upgrade.from else { return }
            for statement in upgrade.statements { try database.run(statement) }
            try database.run("PRAGMA user_version = \(version)")
        }
    }

    /// Looks whether analyses can be kept in a file that is there, and changes nothing.
    /// - Throws: `JournalError` where it is something else.
    public static func check(_ path: String) throws {
        var database = try Database(reading: path)
        _ = try isNew(&database)
    }

    private static let remedy = "name a new file, which onrecord sink fills from the journal"

    /// Whether a database is empty.
    /// - Throws: `JournalError` where it is neither that nor a sink of this release.
    static func isNew(_ database: inout Database) throws(JournalError) -> Bool {
        let application = try database.first("PRAGMA application_id") { $0.integer(0) }
        let version = try database.first("PRAGMA user_version") { $0.integer(0) }
        let objects = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        if objects == 0 { return true }
        guard application == Self.application else {
            throw foreign(database.path)
        }
        guard version == Self.version || version == upgrade.from else {
            throw JournalError(.unusable, "\(database.path): was made by another release; \(remedy)")
        }
        try database.checkTables(
            madeBy: version == Self.version ? tables : earlierTables, remedy: "restore a copy of it, or \(remedy)")
        return false
    }

    static func foreign(_ path: String) -> JournalError {
        JournalError(.unusable, "\(path): is no database of analyses; name a file of onrecord sink")
    }

    /// Takes messages; one whose identifier it has already is not taken twice.
    @discardableResult
    public mutating func take(_ messages: [StreamMessage], upTo cursor: SinkCursor) throws -> [SinkRemark] {
        let (events, remarks) = SinkEvent.read(messages)
        let erased = try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            var erased = 0
            var people = SightedPeople()
            for event in events {
                switch event {
                case .analysis(let analysis): try Self.add(analysis, sighting: &people, to: &database)
                case .withdrawal(let articles, let n, let isErasure):
                    for article in articles {
                        try Self.mark(article, isErasure ? "erased" : "withdrawn", by: n, in: &database)
                        if isErasure { erased += try Self.erase(article, in: &database) }
                    }
                case .nothing: break
                }
            }
            try Self.join(people, in: &database)
            // The index of words keeps what was deleted until it is written anew.
            if erased > 0 { try database.run("INSERT INTO words (words) VALUES ('optimize')") }
            try Self.keep(cursor, in: &database)
            return erased
        }
        self.cursor = cursor
        if erased > 0 { try database.run(Self.emptyLog) }
        return remarks
    }

    /// Deletes what came with later numbers.
    public mutating func goBack(to cursor: SinkCursor) throws {
        try database.transaction("BEGIN IMMEDIATE") { (database) throws(JournalError) in
            var later: [Int64] = []
            try database.rows("SELECT key FROM analysis WHERE n > ?", [.integer(cursor.n)]) { row in
                later.append(row.integer(0))
                return true
            }
            for key in later { try Self.delete(key, in: &database) }
            try database.run("DELETE FROM gone WHERE n > ?", .integer(cursor.n))
            try Self.joinAnew(in: &database)
            try Self.keep(cursor, in: &database)
        }
        self.cursor = cursor
    }

    private static let emptyLog = "PRAGMA wal_checkpoint(TRUNCATE)"

    private static func keep(_ cursor: SinkCursor, in database: inout Database) throws(JournalError) {
        // A cursor is written as JSON without fail: it holds strings and whole numbers.
        guard let text = try? JSON.encode(cursor) else { return }
        try database.run(
            "INSERT OR REPLACE INTO cursor (key, value) VALUES (1, ?)", .text(String(decoding: text, as: UTF8.self)))
    }

    private static func add(
        _ analysis: SinkAnalysis, sighting people: inout SightedPeople, to database: inout Database
    ) throws(JournalError) {
        for id in analysis.replaced { try mark(id, "replaced", by: analysis.n, in: &database) }
        let why = try database.first(
            "SELECT max(why = 'erased') FROM gone WHERE id = ? HAVING count(*) > 0", .text(analysis.article),
            read: { $0.integer(0) })
        // One that was erased before it came, or came a second time, says nothing.
        guard why != 1 else { return }
        let article = analysis.reference
        try database.run(
            insertAnalysis, .text(analysis.id), .text(analysis.article), .integer(analysis.n), .text(analysis.time),
            .text(article.uri), .text(article.version), .text(article.headline), .text(article.source),
            .text(article.language), .text(article.published), .text(analysis.remarks))
        guard database.changes > 0 else { return }
        let key = SQLValue.integer(database.lastInsertedKey)
        for passage in analysis.passages {
            let (plain, plainSpeaker) = (passage.text.flatMap(FullText.plain), passage.speaker.flatMap(FullText.plain))
            try database.run(
                insertPassage, key, .text(passage.kind), .text(passage.id), .text(passage.speaker), .text(passage.type),
                .text(passage.role), .text(passage.form), .text(passage.act), passage.score.map { .real($0) } ?? .null,
                passage.start.map { .integer($0) } ?? .null, passage.end.map { .integer($0) } ?? .null,
                .text(passage.text), .text(plain), .text(plainSpeaker))
            try database.run(
                "INSERT INTO words (rowid, text, speaker, plain, plain_speaker) VALUES (?, ?, ?, ?, ?)",
                .integer(database.lastInsertedKey), .text(passage.text), .text(passage.speaker), .text(plain),
                .text(plainSpeaker))
        }
        if why == nil { people.see(analysis) }
    }

    /// Notes that an article does not stand any more, and forgets the names that stood in it alone.
    private static func mark(
        _ article: String, _ why: String, by n: Int64, in database: inout Database
    ) throws(JournalError) {
        try database.run(
            "INSERT OR IGNORE INTO gone (id, why, n) VALUES (?, ?, ?)", .text(article), .text(why), .integer(n))
        guard database.changes > 0 else { return }
        try forgetNames(of: article, in: &database)
    }

    /// Deletes all that analyses of an article said; how many there were.
    private static func erase(_ article: String, in database: inout Database) throws(JournalError) -> Int {
        var keys: [Int64] = []
        try database.rows("SELECT key FROM analysis WHERE article = ?", [.text(article)]) { row in
            keys.append(row.integer(0))
            return true
        }
        for key in keys { try delete(key, in: &database) }
        return keys.count
    }

    private static func delete(_ analysis: Int64, in database: inout Database) throws(JournalError) {
        let key = SQLValue.integer(analysis)
        try database.run(
            """
            INSERT INTO words (words, rowid, text, speaker, plain, plain_speaker)
                SELECT 'delete', key, text, speaker, plain, plain_speaker FROM passage WHERE analysis = ?
            """, key)
        try database.run("DELETE FROM passage WHERE analysis = ?", key)
        try database.run("DELETE FROM analysis WHERE key = ?", key)
    }
}
