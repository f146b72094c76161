internal import Journal

/// Whose words are looked for: a person under all their names, or whoever is called exactly so.
public struct SinkVoice: Sendable {
    /// The fullest name.
    public let name: String
    /// The names of the person, none for somebody who is no person, or of whom nothing more is known.
    let names: [KnownPeople.Entry]
}

/// Who somebody is, as the articles of a sink tell.
public struct SinkPerson: Sendable, Hashable {
    /// How many quotes stand now, among the newest that are counted.
    public var quotes = 0
    /// How many claims.
    public var claims = 0
    /// The date of the first and of the last of them.
    public var (first, last) = ("", "")
    /// What they are called, the most frequent first.
    public var roles: [String] = []
    /// How their name is written, by whom, and by which rule it is theirs.
    public var spellings: [SinkSpeaker.Spelling] = []
    /// Other names that end like theirs, or that this name may stand for.
    public var others: [String] = []
}

extension SinkReader {
    /// How many passages are counted, from the newest on.
    public static let mostCounted = 100_000
    /// How many passages of one speaker are counted, from the newest on.
    public static let mostCountedOfOne = 20_000
    /// The most names of a person that are looked for at once.
    private static let mostNames = 1_000

    /// Whose words a name stands for: a person's under all their names where it is that of one alone.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func voice(_ name: String) throws -> SinkVoice {
        let persons = try persons(called: name)
        guard let person = persons.contains(name) || persons.isEmpty ? name : persons.count == 1 ? persons.first : nil
        else { return SinkVoice(name: name, names: []) }
        var names: [KnownPeople.Entry] = []
        try database.rows(
            """
            SELECT name, source, person, rule, fold FROM people WHERE person = ?
            ORDER BY \(dialect.ordered("name")), \(dialect.ordered("source")) LIMIT \(Self.mostNames)
            """,
            [.text(person)]
        ) { row in
            names.append(
                KnownPeople.Entry(
                    name: row.text(0), source: row.text(1), person: row.text(2), rule: row.text(3), fold: row.text(4)))
            return true
        }
        return SinkVoice(name: person, names: names)
    }

    private mutating func persons(called name: String) throws(JournalError) -> [String] {
        var found: [String] = []
        try database.rows(
            "SELECT person FROM people WHERE name = ? GROUP BY person ORDER BY \(dialect.ordered("person"))",
            [.text(name)]
        ) { row in
            found.append(row.text(0))
            return true
        }
        return found
    }

    /// What is known of whom a name stands for.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func person(_ voice: SinkVoice) throws -> SinkPerson {
        let walk = SinkConditions(SinkSearch(), by: voice, in: dialect).walk
        let theirs = """
            (SELECT kind, role, \(SinkDialect.date) AS date \(walk.sql) ORDER BY \(walk.order) DESC
                LIMIT \(Self.mostCountedOfOne)) AS theirs
            """
        var person = SinkPerson()
        try database.rows(
            """
            SELECT count(*) FILTER (WHERE kind = 'quote'), count(*) FILTER (WHERE kind = 'claim'),
                \(dialect.text(of: "min(date)")), \(dialect.text(of: "max(date)")) FROM \(theirs)
            """, walk.arguments
        ) { row in
            (person.quotes, person.claims) = (Int(row.integer(0)), Int(row.integer(1)))
            (person.first, person.last) = (row.text(2), row.text(3))
            return true
        }
        try database.rows(
            "SELECT role, count(*) FROM \(theirs) WHERE role <> '' GROUP BY role ORDER BY 2 DESC, \(dialect.ordered("role")) LIMIT 6",
            walk.arguments
        ) { row in
            person.roles.append(row.text(0))
            return true
        }
        if Set(voice.names.map(\.name)).count > 1 || voice.names.contains(where: { $0.name != voice.name }) {
            person.spellings = voice.names.map {
                SinkSpeaker.Spelling(name: $0.name, source: $0.source, rule: $0.rule)
            }.sorted { ($0.name, $0.source) < ($1.name, $1.source) }
        }
        if let last = voice.name.split(separator: " ").last, FullText.isIndexed(String(last)) {
            var search = SinkSearch()
            (search.speaker, search.limit) = (String(last), 12)
            person.others = try speakers(search, amongNewest: true).map(\.speaker).filter { $0 != voice.name }
        }
        return person
    }
}
