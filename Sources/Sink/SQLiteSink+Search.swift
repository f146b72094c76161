import Journal

extension SQLiteSink: Searchable {
    static let date = "coalesce(published, time)"
    /// The most names of people that are looked for at once.
    private static let mostNames = 1_000

    /// Finds passages of what stands now: the newest first.
    /// - Throws: `JournalError` where the database cannot be read, or too many people are meant.
    public mutating func passages(_ search: SinkSearch) throws -> [SinkPassage] {
        var (conditions, arguments) = Self.conditions(search, names: try names(search))
        conditions.append("NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)")
        arguments.append(.integer(Int64(search.limit)))
        func joined(_ column: String) -> String {
            """
            CASE passage.type WHEN 'person' THEN (SELECT \(column) FROM people
                WHERE people.name = speaker AND people.source = coalesce(analysis.source, '')) END
            """
        }
        var found: [SinkPassage] = []
        try database.rows(
            """
            SELECT kind, speaker, role, form, act, score, text, \(Self.date), headline, source, uri, passage.id,
                \(joined("person")), \(joined("rule"))
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(Self.date) DESC, analysis.n DESC, start LIMIT ?
            """, arguments
        ) { row in
            func optional(_ column: Int32) -> String? { row.text(column).isEmpty ? nil : row.text(column) }
            found.append(
                SinkPassage(
                    kind: row.text(0), speaker: optional(1), person: optional(12), rule: optional(13),
                    role: optional(2),
                    form: row.text(3), act: optional(4), score: row.number(5), text: row.text(6), date: row.text(7),
                    headline: row.text(8), source: row.text(9), uri: row.text(10), id: row.text(11)))
            return true
        }
        return found
    }

    /// Lists who says what is found, the most quoted first.
    /// - Throws: `JournalError` where the database cannot be read, or too many people are meant.
    public mutating func speakers(_ search: SinkSearch) throws -> [SinkSpeaker] {
        var (conditions, arguments) = Self.conditions(search, names: try names(search))
        conditions.append("NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)")
        conditions.append("speaker IS NOT NULL")
        var counts: [(name: String, source: String, isPerson: Bool, quotes: Int, claims: Int, last: String)] = []
        try database.rows(
            """
            SELECT speaker, coalesce(source, ''), coalesce(type = 'person', 0), sum(kind = 'quote'), sum(kind = 'claim'),
                max(\(Self.date))
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(conditions.joined(separator: " AND ")) GROUP BY 1, 2, 3
            """, arguments
        ) { row in
            counts.append(
                (
                    row.text(0), row.text(1), row.integer(2) == 1, Int(row.integer(3)), Int(row.integer(4)), row.text(5)
                ))
            return true
        }
        return try Self.people(in: &database).speakers(counts, limit: search.limit)
    }

    static func people(in database: inout Database) throws(JournalError) -> KnownPeople {
        var people = KnownPeople()
        try database.rows("SELECT name, source, person, rule, fold FROM people", []) { row in
            people.entries.append(
                KnownPeople.Entry(
                    name: row.text(0), source: row.text(1), person: row.text(2), rule: row.text(3), fold: row.text(4)))
            return true
        }
        return people
    }

    /// The names of the person that is looked for, nil where none is.
    private mutating func names(_ search: SinkSearch) throws(JournalError) -> [KnownPeople.Entry]? {
        guard let person = search.person else { return nil }
        let names = try Self.people(in: &database).named(person)
        guard names.count <= Self.mostNames else {
            throw JournalError(
                .failed, "'\(person)' is part of \(names.count) names, too many to look for; say more of the name")
        }
        return names
    }

    /// What has to be so of a passage and its analysis; with `names`, those of the people that are looked for.
    static func conditions(
        _ search: SinkSearch, names: [KnownPeople.Entry]? = nil
    ) -> (sql: [String], arguments: [SQLValue]) {
        let (match, sql, arguments) = parts(search, names: names)
        guard let match else { return (sql, arguments) }
        return (
            ["passage.key IN (SELECT rowid FROM words WHERE words MATCH ?)"] + sql, [.text(match)] + arguments
        )
    }

    /// The same as what is to be found in the index of words, and what else has to be so.
    static func parts(
        _ search: SinkSearch, names: [KnownPeople.Entry]? = nil
    ) -> (match: String?, sql: [String], arguments: [SQLValue]) {
        var sql: [String] = []
        var arguments: [SQLValue] = []
        let speaker = (search.speaker ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        var match: [String] = []
        for (columns, words) in [("text plain", search.words), ("speaker plain_speaker", speaker)] where !words.isEmpty
        {
            // With a word that the index does not have it would find nothing; without any, nothing was asked for.
            let indexed = words.filter(FullText.isIndexed).map(FullText.word)
            if indexed.isEmpty {
                sql.append("0")
            } else {
                match.append("{\(columns)} : (\(indexed.joined(separator: " AND ")))")
            }
        }
        if let names {
            let places = ["('', NULL)"] + names.map { _ in "(?, ?)" }
            sql.append("passage.type = 'person'")
            sql.append("(passage.speaker, coalesce(source, '')) IN (VALUES \(places.joined(separator: ", ")))")
            arguments += names.flatMap { [SQLValue.text($0.name), .text($0.source)] }
            let phrases = Set(names.map { FullText.phrase($0.name) }).sorted()
            // A name that the index does not have would not be found by it.
            if !phrases.isEmpty, names.allSatisfy({ FullText.isIndexed($0.name) }) {
                match.append("speaker : (\(phrases.joined(separator: " OR ")))")
            }
        }
        func narrow(_ condition: String, _ value: SQLValue?) {
            guard let value else { return }
            sql.append(condition)
            arguments.append(value)
        }
        narrow("kind = ?", search.kind.map(SQLValue.text))
        narrow("source = ? COLLATE \(Database.anyCase)", search.source.map(SQLValue.text))
        narrow("\(Self.date) >= ?", search.since.map(SQLValue.text))
        narrow("\(Self.date) < ?", search.until.map(SQLValue.text))
        narrow("score >= ?", search.least.map(SQLValue.real))
        for (column, value) in [("form", search.form), ("act", search.act)] {
            narrow("kind = 'quote' AND \(column) = ?", value.map(SQLValue.text))
        }
        if let language = search.language {
            sql.append("(language = ? COLLATE NOCASE OR language LIKE ?)")
            arguments += [.text(language), .text(language + "-%")]
        }
        return (match.isEmpty ? nil : match.joined(separator: " AND "), sql, arguments)
    }
}
