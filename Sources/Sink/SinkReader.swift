internal import Journal
internal import Wire

/// A database of `SQLiteSink` that is read while another process may write to it.
///
/// What it finds comes article by article, the latest to arrive first. A search that takes more than five seconds ends with an error.
public struct SinkReader: ~Copyable, Sendable {
    /// How many passages of all articles of one answer are read at most.
    public static let mostPassages = 5_000
    /// The check-worthiness from which claims are found where a search says nothing of it.
    public static let leastWorth = 0.5

    static let seconds = 5
    var database: Database

    /// Opens the database.
    /// - Throws: `JournalError` where there is none.
    public init(at path: String) throws {
        var database = try Database(reading: path)
        guard try Self.isSink(&database) else {
            throw JournalError(.unusable, "\(path): is no database of analyses; name a file of onrecord sink")
        }
        let version = try database.first("PRAGMA user_version") { $0.integer(0) }
        guard version == SQLiteSink.version else {
            throw JournalError(
                .unusable, "\(path): is of another release; fill a new one with onrecord sink")
        }
        self.database = database
    }

    private static func isSink(_ database: inout Database) throws(JournalError) -> Bool {
        do {
            return try database.first("PRAGMA application_id") { $0.integer(0) } == SQLiteSink.application
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

    /// A number that is another one once another process has changed something.
    public mutating func change() throws -> Int64 { try database.first("PRAGMA data_version") { $0.integer(0) } ?? 0 }

    /// How far the sink has come in its stream, nil for a new one.
    public mutating func cursor() throws -> SinkCursor? {
        try database.first("SELECT value FROM cursor") { $0.text(0) }
            .flatMap { try? JSON.decode(SinkCursor.self, from: Array($0.utf8)) }
    }

    /// Finds articles of what stands now, each with the passages that are looked for.
    /// - Parameters:
    ///   - search: What to look for; its limit counts articles. Claims have to be worth a check.
    ///   - speaker: Whose words alone, or nil for everyone's.
    ///   - key: Only what arrived before this one.
    /// - Returns: The articles, the latest first.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func articles(
        _ search: SinkSearch, by speaker: SinkVoice? = nil, before key: Int64? = nil
    ) throws -> [SinkArticle] {
        database.limit(to: Self.seconds)
        let (sql, arguments) = Self.newest(search, by: speaker, before: key)
        var (articles, passages): ([Int64], [Int64]) = ([], [])
        try database.rows(sql, arguments) { row in
            let article = row.integer(0)
            if article != articles.last {
                guard articles.count < search.limit else { return false }
                articles.append(article)
            }
            passages.append(row.integer(1))
            return passages.count < Self.mostPassages
        }
        var found: [SinkArticle] = []
        try database.rows(
            """
            SELECT \(Self.columns) FROM analysis WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key DESC
            """, [.text(Self.list(articles))]
        ) { row in
            found.append(Self.article(row))
            return true
        }
        try addPassages(
            to: &found, where: "passage.key IN (SELECT value FROM json_each(?))", .text(Self.list(passages)))
        return found
    }

    /// The analysis of an identifier with all that was found in it, or nil.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func article(_ id: String) throws -> SinkArticle? {
        database.limit(to: Self.seconds)
        guard
            let article = try database.first(
                "SELECT \(Self.columns) FROM analysis WHERE id = ?", .text(id), read: { Self.article($0) })
        else { return nil }
        var found = [article]
        try addPassages(to: &found, where: "passage.analysis = ?", .integer(article.key))
        return found[0]
    }

    /// The analysis that stands now of an article's URI, or nil.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func current(of uri: String) throws -> SinkArticle? {
        database.limit(to: Self.seconds)
        return try database.first(
            """
            SELECT \(Self.columns) FROM analysis
            WHERE uri = ? AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article) ORDER BY key DESC LIMIT 1
            """, .text(uri), read: { Self.article($0) })
    }

    /// Publishers of the articles that came last, in the order of their names.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func sources() throws -> [String] {
        database.limit(to: Self.seconds)
        var found: [String] = []
        try database.rows(
            """
            SELECT DISTINCT source FROM (SELECT source FROM analysis ORDER BY key DESC LIMIT 2000)
            WHERE source <> '' ORDER BY source COLLATE NOCASE LIMIT 200
            """, []
        ) { row in
            found.append(row.text(0))
            return true
        }
        return found
    }

    /// When the newest analysis was published, in RFC 3339; nil where there is none.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func latest() throws -> String? {
        try database.first("SELECT time FROM analysis ORDER BY key DESC LIMIT 1") { $0.text(0) }
    }

    // MARK: - Rows

    private static let columns = """
        key, id, n, time, article, uri, version, headline, source, language, published,
        (SELECT max(CASE why WHEN 'replaced' THEN 1 ELSE 2 END) FROM gone WHERE gone.id = analysis.article)
        """

    private static func article(_ row: SQLRow) -> SinkArticle {
        func optional(_ column: Int32) -> String? { row.text(column).isEmpty ? nil : row.text(column) }
        return SinkArticle(
            key: row.integer(0), id: row.text(1), n: row.integer(2), time: row.text(3), article: optional(4),
            uri: row.text(5), version: row.text(6), headline: row.text(7), source: optional(8), language: row.text(9),
            published: optional(10), standing: [.current, .replaced, .withdrawn][min(max(Int(row.integer(11)), 0), 2)])
    }

    private mutating func addPassages(
        to articles: inout [SinkArticle], where condition: String, _ argument: SQLValue
    ) throws {
        var places: [Int64: Int] = [:]
        for (index, article) in articles.enumerated() { places[article.key] = index }
        try database.rows(
            """
            SELECT passage.analysis, kind, passage.id, speaker, role, form, act, score, start, end, text,
                CASE type WHEN 'person' THEN (SELECT person FROM people
                    WHERE people.name = speaker AND people.source = coalesce(analysis.source, '')) END
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(condition) ORDER BY passage.analysis DESC, start, passage.key LIMIT \(Self.mostPassages)
            """, [argument]
        ) { row in
            func optional(_ column: Int32) -> String? { row.text(column).isEmpty ? nil : row.text(column) }
            guard let place = places[row.integer(0)] else { return true }
            let (start, end) = (row.integer(8), row.integer(9))
            articles[place].passages.append(
                SinkArticle.Passage(
                    kind: row.text(1), id: row.text(2), speaker: optional(3), person: optional(11), role: optional(4),
                    form: row.text(5), act: optional(6), score: row.number(7), place: start..<max(start, end),
                    text: row.text(10)))
            return true
        }
    }

    private static func list(_ keys: [Int64]) -> String { "[\(keys.map { String($0) }.joined(separator: ","))]" }

    /// The query for keys of articles and of passages, the newest first, which is read until there are enough.
    private static func newest(
        _ search: SinkSearch, by speaker: SinkVoice?, before key: Int64?
    ) -> (String, [SQLValue]) {
        var (match, conditions, arguments) = parts(search, by: speaker)
        if search.least == nil { conditions.append("(kind = 'quote' OR score >= \(leastWorth))") }
        conditions.append(stands)
        guard let match else {
            conditions.append("analysis.key < ?")
            return (
                """
                SELECT passage.analysis, passage.key FROM analysis CROSS JOIN passage ON passage.analysis = analysis.key
                WHERE \(conditions.joined(separator: " AND ")) ORDER BY analysis.key DESC
                """, arguments + [.integer(key ?? .max)]
            )
        }
        // Passages have the order of their articles.
        conditions.append(
            "words.rowid < coalesce((SELECT key FROM passage WHERE analysis >= ? ORDER BY analysis, key LIMIT 1), \(Int64.max))"
        )
        return (
            """
            SELECT passage.analysis, passage.key FROM words CROSS JOIN passage ON passage.key = words.rowid
                CROSS JOIN analysis ON analysis.key = passage.analysis
            WHERE words MATCH ? AND \(conditions.joined(separator: " AND ")) ORDER BY words.rowid DESC
            """, [.text(match)] + arguments + [.integer(key ?? .max)]
        )
    }

    static let stands = "NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)"

    /// What has to be so of a passage and its article.
    static func parts(
        _ search: SinkSearch, by speaker: SinkVoice?
    ) -> (match: String?, sql: [String], arguments: [SQLValue]) {
        guard let speaker else { return SQLiteSink.parts(search) }
        if !speaker.names.isEmpty { return SQLiteSink.parts(search, names: speaker.names) }
        // The index of words finds candidates for an exact name, too.
        var (match, sql, arguments) = SQLiteSink.parts(search)
        if FullText.isIndexed(speaker.name) {
            match = [match, "speaker : \(FullText.phrase(speaker.name))"].compactMap(\.self).joined(separator: " AND ")
        }
        sql.append("passage.speaker = ?")
        arguments.append(.text(speaker.name))
        return (match, sql, arguments)
    }
}
