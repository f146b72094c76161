internal import Journal

/// What has to be so of a passage and its analysis to be found by a search.
struct SinkConditions {
    /// What stands now.
    static let stands = "NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)"

    private let dialect: SinkDialect
    /// What SQLite's index of words is asked for, nil where that is nothing; PostgreSQL's are conditions like others.
    private var match: [String] = []
    private var sql: [String] = []
    private var arguments: [SQLValue] = []

    /// The conditions of a search for what stands now.
    ///
    /// - Parameters:
    ///   - search: The search.
    ///   - names: The names of the people that are looked for, nil where that is nobody in particular.
    ///   - dialect: The database's own.
    init(_ search: SinkSearch, names: [KnownPeople.Entry]? = nil, in dialect: SinkDialect) {
        self.dialect = dialect
        add(search.words, in: .text)
        add((search.speaker ?? "").split(whereSeparator: \.isWhitespace).map(String.init), in: .speaker)
        if let names { add(names) }
        add("kind = ?", search.kind.map(SQLValue.text))
        add(dialect.isSame("source"), search.source.map(SQLValue.text))
        add("\(SinkDialect.date) >= \(dialect.time)", search.since.map(SQLValue.text))
        add("\(SinkDialect.date) < \(dialect.time)", search.until.map(SQLValue.text))
        add("score >= ?", search.least.map(SQLValue.real))
        for (column, value) in [("form", search.form), ("act", search.act)] {
            add("kind = 'quote' AND \(column) = ?", value.map(SQLValue.text))
        }
        if let language = search.language {
            sql.append("(lower(language) = lower(?) OR lower(language) LIKE lower(?) || '-%')")
            arguments += [.text(language), .text(language)]
        }
        sql.append(Self.stands)
    }

    /// The same of one speaker's words: a person's under all names, or of whoever is called exactly so.
    init(_ search: SinkSearch, by voice: SinkVoice?, in dialect: SinkDialect) {
        self.init(search, names: voice.flatMap { $0.names.isEmpty ? nil : $0.names }, in: dialect)
        guard let voice, voice.names.isEmpty else { return }
        // The index of words finds candidates for an exact name, too.
        if dialect == .sqlite, FullText.isIndexed(voice.name) {
            match.append("speaker : \(FullText.phrase(voice.name))")
        }
        add("passage.speaker = ?", .text(voice.name))
    }

    /// Adds a condition, where there is a value for it.
    mutating func add(_ condition: String, _ value: SQLValue?) {
        guard let value else { return }
        sql.append(condition)
        arguments.append(value)
    }

    /// Adds a condition.
    mutating func add(_ condition: String) { sql.append(condition) }

    /// A condition on `passage` and `analysis`, wherever they come from.
    var filter: (sql: String, arguments: [SQLValue]) {
        guard !match.isEmpty else { return (sql.joined(separator: " AND "), arguments) }
        return (
            (["passage.key IN (SELECT rowid FROM words WHERE words MATCH ?)"] + sql).joined(separator: " AND "),
            [.text(match.joined(separator: " AND "))] + arguments
        )
    }

    /// Passages with their analyses, one after another as they are found: to be read in the order of `order`, and not to the end.
    var walk: (sql: String, arguments: [SQLValue], order: String) {
        let conditions = sql.joined(separator: " AND ")
        guard !match.isEmpty else {
            return (
                "FROM analysis CROSS JOIN passage WHERE passage.analysis = analysis.key AND \(conditions)", arguments,
                "analysis.key"
            )
        }
        // SQLite takes tables in the order of a CROSS JOIN; passages have the order of their articles.
        return (
            """
            FROM words CROSS JOIN passage CROSS JOIN analysis
            WHERE words MATCH ? AND passage.key = words.rowid AND analysis.key = passage.analysis AND \(conditions)
            """, [.text(match.joined(separator: " AND "))] + arguments, "words.rowid"
        )
    }

    /// Adds that only what arrived before an article is found.
    mutating func add(before key: Int64) {
        guard !match.isEmpty else { return add("analysis.key < ?", .integer(key)) }
        add(
            "words.rowid < coalesce((SELECT key FROM passage WHERE analysis >= ? ORDER BY analysis, key LIMIT 1), \(Int64.max))",
            .integer(key))
    }

    // MARK: - Words and names

    private enum Field {
        case text
        case speaker
    }

    private mutating func add(_ words: [String], in field: Field) {
        guard !words.isEmpty else { return }
        // With a word that the index does not have it would find nothing; without any, nothing was asked for.
        let indexed = words.filter(FullText.isIndexed)
        if indexed.isEmpty { return add("1 = 0") }
        switch dialect {
        case .sqlite:
            let columns = field == .text ? "text plain" : "speaker plain_speaker"
            match.append("{\(columns)} : (\(indexed.map(FullText.word).joined(separator: " AND ")))")
        case .postgres:
            let column = field == .text ? "words" : "names"
            for word in indexed {
                let phrase = "phraseto_tsquery('simple', ?)"
                let isStart = word.count > 1 && word.hasSuffix("*")
                // The last word of the phrase begins so.
                let query = isStart ? "(nullif(\(phrase)::text, '') || ':*')::tsquery" : phrase
                let words = FullText.words(isStart ? String(word.dropLast()) : word)
                add("\(column) @@ \(query)", .text(words))
            }
        }
    }

    private mutating func add(_ names: [KnownPeople.Entry]) {
        sql.append("passage.type = 'person'")
        switch dialect {
        case .sqlite:
            let phrases = Set(names.map { FullText.phrase($0.name) }).sorted()
            // A name that the index does not have would not be found by it.
            if !phrases.isEmpty, names.allSatisfy({ FullText.isIndexed($0.name) }) {
                match.append("speaker : (\(phrases.joined(separator: " OR ")))")
            }
        case .postgres:
            // For its index.
            sql.append("passage.speaker IN (\((["NULL"] + names.map { _ in "?" }).joined(separator: ", ")))")
            arguments += names.map { .text($0.name) }
        }
        let places = ["('', NULL)"] + names.map { _ in "(?, ?)" }
        sql.append("(passage.speaker, coalesce(source, '')) IN (VALUES \(places.joined(separator: ", ")))")
        arguments += names.flatMap { [SQLValue.text($0.name), .text($0.source)] }
    }
}
