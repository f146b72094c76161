#if Postgres
import Journal
import Wire

extension PostgresSink: Searchable {
    /// A time as text, in RFC 3339 and UTC.
    static func date(_ column: String) -> String {
        "to_char(\(column) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    }

    /// Finds passages of what stands now: the newest first.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func passages(_ search: SinkSearch) throws -> [SinkPassage] {
        var question = try question(search)
        let limit = question.add(PostgresFormat.integer(Int64(search.limit)))
        let query = PostgresQuery(
            """
            SELECT kind, speaker, role, form, act, score, text, \(Self.date("date")), headline, source, uri, id, person, rule
            FROM current WHERE \(question.sql) ORDER BY date DESC, n DESC, start LIMIT \(limit)
            """, list: question.parameters)
        return try session.run([query])[0].map { row in
            func optional(_ column: Int32) -> String? { row.text(column).isEmpty ? nil : row.text(column) }
            return SinkPassage(
                kind: row.text(0), speaker: optional(1), person: optional(12), rule: optional(13), role: optional(2),
                form: row.text(3), act: optional(4), score: row.number(5), text: row.text(6), date: row.text(7),
                headline: row.text(8), source: row.text(9), uri: row.text(10), id: row.text(11))
        }
    }

    /// Lists who says what is found, the most quoted first.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func speakers(_ search: SinkSearch) throws -> [SinkSpeaker] {
        let question = try question(search)
        let query = PostgresQuery(
            """
            SELECT speaker, coalesce(source, ''), coalesce(type = 'person', false)::integer::bigint,
                count(*) FILTER (WHERE kind = 'quote'), count(*) FILTER (WHERE kind = 'claim'), \(Self.date("max(date)"))
            FROM current WHERE speaker IS NOT NULL AND \(question.sql) GROUP BY 1, 2, 3
            """, list: question.parameters)
        let counts = try session.run([query])[0].map { row in
            (
                name: row.text(0), source: row.text(1), isPerson: row.integer(2) == 1, quotes: Int(row.integer(3)),
                claims: Int(row.integer(4)), last: row.text(5)
            )
        }
        return try people().speakers(counts, limit: search.limit)
    }

    private mutating func people() throws(JournalError) -> KnownPeople {
        let rows = try session.run([PostgresQuery("SELECT name, source, person, rule, fold FROM people")])[0]
        return KnownPeople(
            entries: rows.map { row in
                KnownPeople.Entry(
                    name: row.text(0), source: row.text(1), person: row.text(2), rule: row.text(3), fold: row.text(4))
            })
    }

    /// Conditions and their parameters.
    private struct Question {
        var conditions = ["true"]
        var parameters: [[UInt8]] = []
        var sql: String { conditions.joined(separator: " AND ") }

        /// The name of a new parameter.
        mutating func add(_ parameter: [UInt8]) -> String {
            parameters.append(parameter)
            return "$\(parameters.count)"
        }

        mutating func add(_ text: String) -> String { add(PostgresFormat.text(PostgresFormat.string(text))) }

        /// Words that a column holds, or with `*` at their end beginnings of such.
        mutating func add(words: [String], in column: String) {
            for word in words {
                let plain = FullText.fold(word)
                if word.count > 1, word.hasSuffix("*") {
                    let quoted = String(plain.dropLast()).doubling(["\\", "'"])
                    conditions.append("\(column) @@ to_tsquery('simple', \(add("'\(quoted)':*")))")
                } else {
                    conditions.append("\(column) @@ phraseto_tsquery('simple', \(add(plain)))")
                }
            }
        }
    }

    private mutating func question(_ search: SinkSearch) throws(JournalError) -> Question {
        var question = Question()
        question.add(words: search.words, in: "words")
        question.add(
            words: (search.speaker ?? "").split(whereSeparator: \.isWhitespace).map(String.init), in: "names")
        if let person = search.person {
            let names = try people().named(person)
            let name = question.add(PostgresFormat.strings(names.map(\.name)))
            let source = question.add(PostgresFormat.strings(names.map(\.source)))
            // The first of the two finds its index.
            question.conditions.append(
                """
                speaker = ANY (\(name)::text[]) AND type = 'person'
                AND (speaker, coalesce(source, '')) IN (SELECT * FROM unnest(\(name)::text[], \(source)::text[]))
                """)
        }
        if let kind = search.kind { question.conditions.append("kind = \(question.add(kind))") }
        for (column, value) in [("form", search.form), ("act", search.act)] {
            guard let value else { continue }
            question.conditions.append("kind = 'quote' AND \(column) = \(question.add(value))")
        }
        if let language = search.language {
            let tag = question.add(language)
            question.conditions.append(
                "(lower(language) = lower(\(tag)) OR lower(language) LIKE lower(\(tag)) || '-%')")
        }
        if let source = search.source { question.conditions.append("lower(source) = lower(\(question.add(source)))") }
        if let since = search.since { question.conditions.append("date >= \(question.add(since))::text::timestamptz") }
        if let until = search.until { question.conditions.append("date < \(question.add(until))::text::timestamptz") }
        if let least = search.least {
            question.conditions.append("score >= \(question.add(PostgresFormat.real(least)))::double precision")
        }
        return question
    }
}
#endif
