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

    /// Seconds that a search may take.
    private static let seconds = 5
    var database: SinkConnection
    var dialect: SinkDialect { database.dialect }

    /// Opens the database.
    /// - Parameters:
    ///   - place: The file of `onrecord sink`, or the URL of its database in PostgreSQL.
    ///   - isPatient: Whether a search may take any time.
    /// - Throws: `JournalError` where there is none.
    public init(at place: String, isPatient: Bool = false) throws {
        var database = try SinkConnection(to: place, within: isPatient ? nil : Self.seconds)
        hasRemarks = try database.first(database.dialect.hasRemarks, read: { $0.integer(0) }) == 1
        self.database = database
    }

    /// A number that is another one once another process has changed something.
    public mutating func change() throws -> Int64 { try database.first(dialect.change) { $0.integer(0) } ?? 0 }

    /// How far the sink has come in its stream, nil for a new one.
    public mutating func cursor() throws -> SinkCursor? {
        try database.first(dialect.cursor) { $0.text(0) }
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
        var conditions = SinkConditions(search, by: speaker, in: dialect)
        if search.least == nil { conditions.add("(kind = 'quote' OR score >= \(Self.leastWorth))") }
        conditions.add(before: key ?? .max)
        let walk = conditions.walk
        var (articles, passages): ([Int64], [Int64]) = ([], [])
        try database.rows(
            "SELECT passage.analysis, passage.key \(walk.sql) ORDER BY \(walk.order) DESC", walk.arguments
        ) { row in
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
            SELECT \(columns) FROM analysis WHERE \(dialect.isAmong("key")) ORDER BY key DESC
            """, [.text(Self.list(articles))]
        ) { row in
            found.append(Self.article(row))
            return true
        }
        try addPassages(
            to: &found, where: dialect.isAmong("passage.key"), .text(Self.list(passages)))
        return found
    }

    /// The analysis of an identifier with all that was found in it, or nil.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func article(_ id: String) throws -> SinkArticle? {
        guard
            let article = try database.first(
                "SELECT \(columns) FROM analysis WHERE id = ?", [.text(id)], read: { Self.article($0) })
        else { return nil }
        var found = [article]
        try addPassages(to: &found, where: "passage.analysis = ?", .integer(article.key))
        return found[0]
    }

    /// The analysis that stands now of an article's URI, or nil.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func current(of uri: String) throws -> SinkArticle? {
        try database.first(
            """
            SELECT \(columns) FROM analysis WHERE uri = ? AND \(SinkConditions.stands) ORDER BY key DESC LIMIT 1
            """, [.text(uri)], read: { Self.article($0) })
    }

    /// Publishers of the articles that came last, in the order of their names.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func sources() throws -> [String] {
        var found: [String] = []
        try database.rows(
            """
            SELECT source FROM (SELECT source FROM analysis ORDER BY key DESC LIMIT 2000) AS newest
            WHERE source <> '' GROUP BY source
            """
        ) { row in
            found.append(row.text(0))
            return true
        }
        // The databases order letters in different ways.
        let sorted = found.map { (FullText.fold($0).lowercased(), $0) }.sorted { $0 < $1 }
        return sorted.prefix(200).map(\.1)
    }

    /// When the newest analysis was published, in RFC 3339; nil where there is none.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func latest() throws -> String? {
        try database.first("SELECT \(dialect.text(of: "time")) FROM analysis ORDER BY key DESC LIMIT 1") { $0.text(0) }
    }

    // MARK: - Rows

    /// Whether the sink keeps what is not told: one that no sink of this release has opened yet does not.
    private var hasRemarks: Bool

    private var columns: String {
        """
        key, id, n, \(dialect.text(of: "time")), article, uri, version, headline, source, language,
            \(dialect.text(of: "published")), (
                SELECT CAST(max(CASE why WHEN 'replaced' THEN 1 ELSE 2 END) AS bigint) FROM gone WHERE gone.id = analysis.article),
            \(hasRemarks ? "remarks" : "CAST(NULL AS text)")
        """
    }

    private static func article(_ row: SinkRow) -> SinkArticle {
        SinkArticle(
            key: row.integer(0), id: row.text(1), n: row.integer(2), time: row.text(3), article: row.optional(4),
            uri: row.text(5), version: row.text(6), headline: row.text(7), source: row.optional(8),
            language: row.text(9),
            published: row.optional(10),
            standing: [.current, .replaced, .withdrawn][min(max(Int(row.integer(11)), 0), 2)],
            remarks: (try? JSON.decode([Analysis.Remark].self, from: Array(row.text(12).utf8))) ?? [])
    }

    private mutating func addPassages(
        to articles: inout [SinkArticle], where condition: String, _ argument: SQLValue
    ) throws {
        var places: [Int64: Int] = [:]
        for (index, article) in articles.enumerated() { places[article.key] = index }
        try database.rows(
            """
            SELECT passage.analysis, kind, passage.id, speaker, role, form, act, score, start, "end", text,
                CASE type WHEN 'person' THEN (SELECT person FROM people
                    WHERE people.name = speaker AND people.source = coalesce(analysis.source, '')) END
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(condition) ORDER BY passage.analysis DESC, start NULLS FIRST, passage.key LIMIT \(Self.mostPassages)
            """, [argument]
        ) { row in
            guard let place = places[row.integer(0)] else { return true }
            let (start, end) = (row.integer(8), row.integer(9))
            articles[place].passages.append(
                SinkArticle.Passage(
                    kind: row.text(1), id: row.text(2), speaker: row.optional(3), person: row.optional(11),
                    role: row.optional(4),
                    form: row.text(5), act: row.optional(6), score: row.number(7), place: start..<max(start, end),
                    text: row.text(10)))
            return true
        }
    }

    private static func list(_ keys: [Int64]) -> String { "[\(keys.map { String($0) }.joined(separator: ","))]" }
}
