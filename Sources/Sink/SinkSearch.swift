internal import Journal

/// What to look for in a sink.
public struct SinkSearch: Sendable {
    /// Words that the passage holds, all of them.
    public var words: [String] = []
    /// Words of the speaker's name, all of them.
    public var speaker: String?
    /// `quote` or `claim`, nil for both.
    public var kind: String?
    /// The publisher, as the article says it.
    public var source: String?
    /// Published, or else analysed, not before this time, in RFC 3339 and UTC.
    public var since: String?
    /// Published, or else analysed, before this time, in RFC 3339 and UTC.
    public var until: String?
    /// At least so confident, or so worth a check.
    public var least: Double?
    /// At most so many.
    public var limit = 50

    /// Looks for everything.
    public init() {}
}

/// A passage that was found.
public struct SinkPassage: Sendable, Hashable, Encodable {
    /// `quote` or `claim`.
    public var kind: String
    /// Who said it, as the analysis names them; nil for what the article claims itself.
    public var speaker: String?
    /// What the speaker is, as the article says.
    public var role: String?
    /// How a quote is told, or who claims: `direct`, `indirect` …, `speaker`, `article`.
    public var form: String
    /// What the speaker does with it, such as `statement`.
    public var act: String?
    /// How sure the quote is, or how worth a check the claim.
    public var score: Double?
    /// What was said.
    public var text: String
    /// When the article was published, or else when it was analysed.
    public var date: String
    /// The article's headline.
    public var headline: String
    /// Its publisher.
    public var source: String
    /// Its URI.
    public var uri: String
    /// The passage's identifier.
    public var id: String
}

/// A name with what is there under it.
public struct SinkSpeaker: Sendable, Hashable, Encodable {
    /// The name.
    public var speaker: String
    /// How many quotes.
    public var quotes: Int
    /// How many claims.
    public var claims: Int
    /// The date of the last of them.
    public var last: String
}

extension SQLiteSink {
    static let date = "coalesce(published, time)"

    /// Finds passages of what stands now: the newest first.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func passages(_ search: SinkSearch) throws -> [SinkPassage] {
        var (conditions, arguments) = Self.conditions(search)
        conditions.append("NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)")
        arguments.append(.integer(Int64(search.limit)))
        var found: [SinkPassage] = []
        try database.rows(
            """
            SELECT kind, speaker, role, form, act, score, text, \(Self.date), headline, source, uri, passage.id
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(Self.date) DESC, analysis.n DESC, start LIMIT ?
            """, arguments
        ) { row in
            func optional(_ column: Int32) -> String? { row.text(column).isEmpty ? nil : row.text(column) }
            found.append(
                SinkPassage(
                    kind: row.text(0), speaker: optional(1), role: optional(2), form: row.text(3), act: optional(4),
                    score: row.number(5), text: row.text(6), date: row.text(7), headline: row.text(8),
                    source: row.text(9), uri: row.text(10), id: row.text(11)))
            return true
        }
        return found
    }

    /// Lists who says what is found, the most quoted first.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func speakers(_ search: SinkSearch) throws -> [SinkSpeaker] {
        var (conditions, arguments) = Self.conditions(search)
        conditions.append("NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)")
        conditions.append("speaker IS NOT NULL")
        arguments.append(.integer(Int64(search.limit)))
        var found: [SinkSpeaker] = []
        try database.rows(
            """
            SELECT speaker, sum(kind = 'quote') AS quotes, sum(kind = 'claim') AS claims, max(\(Self.date))
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(conditions.joined(separator: " AND ")) GROUP BY speaker ORDER BY quotes + claims DESC, speaker LIMIT ?
            """, arguments
        ) { row in
            found.append(
                SinkSpeaker(
                    speaker: row.text(0), quotes: Int(row.integer(1)), claims: Int(row.integer(2)), last: row.text(3)))
            return true
        }
        return found
    }

    static func conditions(_ search: SinkSearch) -> (sql: [String], arguments: [SQLValue]) {
        var sql: [String] = []
        var arguments: [SQLValue] = []
        let speaker = (search.speaker ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        let match = [("text", search.words), ("speaker", speaker)].filter { !$0.1.isEmpty }.map { column, words in
            "\(column) : (\(words.map(quoted).joined(separator: " AND ")))"
        }.joined(separator: " AND ")
        if !match.isEmpty {
            sql.append("passage.key IN (SELECT rowid FROM words WHERE words MATCH ?)")
            arguments.append(.text(match))
        }
        if let kind = search.kind {
            sql.append("kind = ?")
            arguments.append(.text(kind))
        }
        if let source = search.source {
            sql.append("source = ? COLLATE NOCASE")
            arguments.append(.text(source))
        }
        if let since = search.since {
            sql.append("\(date) >= ?")
            arguments.append(.text(since))
        }
        if let until = search.until {
            sql.append("\(date) < ?")
            arguments.append(.text(until))
        }
        if let least = search.least {
            sql.append("score >= CAST(? AS REAL)")
            arguments.append(.text(String(least)))
        }
        return (sql, arguments)
    }

    /// A word for FTS5 that means itself, or with `*` at its end each word that begins so.
    private static func quoted(_ word: String) -> String {
        let isStart = word.count > 1 && word.hasSuffix("*")
        let plain = (isStart ? String(word.dropLast()) : word).replacing("\"", with: "\"\"").replacing("\0", with: " ")
        return "\"\(plain)\"" + (isStart ? "*" : "")
    }
}
