internal import Journal

extension SinkReader {
    /// The most names of people that are looked for at once.
    private static let mostPeople = 1_000

    /// Finds passages of what stands now: the newest first.
    /// - Throws: `JournalError` where the database cannot be read, `SinkSearch.Vague` where too many people are meant.
    public mutating func passages(_ search: SinkSearch) throws -> [SinkPassage] {
        let filter = SinkConditions(search, names: try names(search), in: dialect).filter
        func joined(_ column: String) -> String {
            """
            CASE passage.type WHEN 'person' THEN (SELECT \(column) FROM people
                WHERE people.name = speaker AND people.source = coalesce(analysis.source, '')) END
            """
        }
        var found: [SinkPassage] = []
        try database.rows(
            """
            SELECT kind, speaker, role, form, act, score, text, \(dialect.text(of: SinkDialect.date)), headline, source, uri,
                passage.id, \(joined("person")), \(joined("rule"))
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \(filter.sql) ORDER BY \(SinkDialect.date) DESC, analysis.n DESC, start NULLS FIRST, passage.key LIMIT ?
            """, filter.arguments + [.integer(Int64(search.limit))]
        ) { row in
            found.append(
                SinkPassage(
                    kind: row.text(0), speaker: row.optional(1), person: row.optional(12), rule: row.optional(13),
                    role: row.optional(2), form: row.text(3), act: row.optional(4), score: row.number(5),
                    text: row.text(6), date: row.text(7), headline: row.text(8), source: row.text(9), uri: row.text(10),
                    id: row.text(11)))
            return true
        }
        return found
    }

    /// Lists who says what is found, the most quoted first; a person once, under all names.
    /// - Parameters:
    ///   - search: What to look for; its limit counts speakers.
    ///   - isAmongNewest: Whether only the `mostCounted` newest passages are counted.
    /// - Returns: The speakers.
    /// - Throws: `JournalError` where the database cannot be read, `SinkSearch.Vague` where too many people are meant.
    public mutating func speakers(
        _ search: SinkSearch, amongNewest isAmongNewest: Bool = false
    ) throws -> [SinkSpeaker] {
        var conditions = SinkConditions(search, names: try names(search), in: dialect)
        conditions.add("speaker <> ''")
        if isAmongNewest {
            conditions.add("passage.key > (SELECT coalesce(max(key), 0) - \(Self.mostCounted) FROM passage)")
        }
        let filter = conditions.filter
        var counts: [(name: String, source: String, isPerson: Bool, quotes: Int, claims: Int, last: String)] = []
        try database.rows(
            """
            SELECT speaker, coalesce(source, ''), CAST(CASE type WHEN 'person' THEN 1 ELSE 0 END AS bigint),
                count(*) FILTER (WHERE kind = 'quote'), count(*) FILTER (WHERE kind = 'claim'),
                \(dialect.text(of: "max(\(SinkDialect.date))"))
            FROM passage CROSS JOIN analysis WHERE analysis.key = passage.analysis AND \(filter.sql) GROUP BY 1, 2, 3
            """, filter.arguments
        ) { row in
            counts.append(
                (
                    row.text(0), row.text(1), row.integer(2) == 1, Int(row.integer(3)), Int(row.integer(4)), row.text(5)
                ))
            return true
        }
        return try people().speakers(counts, limit: search.limit)
    }

    private mutating func people() throws(JournalError) -> KnownPeople {
        var people = KnownPeople()
        try database.rows("SELECT name, source, person, rule, fold FROM people") { (row) throws(JournalError) in
            people.entries.append(
                KnownPeople.Entry(
                    name: row.text(0), source: row.text(1), person: row.text(2), rule: row.text(3), fold: row.text(4)))
            return true
        }
        return people
    }

    /// The names of the person that is looked for, nil where none is.
    private mutating func names(_ search: SinkSearch) throws -> [KnownPeople.Entry]? {
        guard let person = search.person else { return nil }
        let names = try people().named(person)
        guard names.count <= Self.mostPeople else {
            throw SinkSearch.Vague(description: "'\(person)' is part of \(names.count) names, too many to look for")
        }
        return names
    }
}
