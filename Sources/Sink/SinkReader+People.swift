internal import Journal

/// Who somebody is, as the articles of a sink tell.
public struct SinkPerson: Sendable, Hashable {
    /// How many quotes stand now.
    public var quotes = 0
    /// How many claims.
    public var claims = 0
    /// The date of the first and of the last of them.
    public var (first, last) = ("", "")
    /// What they are called, the most frequent first.
    public var roles: [String] = []
    /// How else their name is written.
    public var spellings: [String] = []
    /// Other names that end like theirs.
    public var others: [String] = []
}

extension SinkReader {
    private static let stands = "NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)"

    /// Lists who says what is found, the most quoted first.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func speakers(_ search: SinkSearch) throws -> [SinkSpeaker] {
        database.limit(to: Self.seconds)
        let (conditions, arguments) = Self.conditions(search, by: nil, worth: false)
        var found: [SinkSpeaker] = []
        try database.rows(
            """
            SELECT speaker, sum(kind = 'quote') AS quotes, sum(kind = 'claim') AS claims, max(\(SQLiteSink.date))
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \((conditions + [Self.stands, "speaker <> ''"]).joined(separator: " AND "))
            GROUP BY speaker ORDER BY quotes + claims DESC, speaker LIMIT ?
            """, arguments + [.integer(Int64(search.limit))]
        ) { row in
            found.append(
                SinkSpeaker(
                    speaker: row.text(0), quotes: Int(row.integer(1)), claims: Int(row.integer(2)), last: row.text(3)))
            return true
        }
        return found
    }

    /// What is known of whoever is called so.
    /// - Throws: `JournalError` where the database cannot be read.
    public mutating func person(_ name: String) throws -> SinkPerson {
        database.limit(to: Self.seconds)
        let (conditions, arguments) = Self.conditions(SinkSearch(), by: name, worth: false)
        let table = """
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE \((conditions + [Self.stands]).joined(separator: " AND "))
            """
        var person = SinkPerson()
        try database.rows(
            """
            SELECT sum(kind = 'quote'), sum(kind = 'claim'), min(\(SQLiteSink.date)), max(\(SQLiteSink.date)) \(table)
            """, arguments
        ) { row in
            (person.quotes, person.claims) = (Int(row.integer(0)), Int(row.integer(1)))
            (person.first, person.last) = (row.text(2), row.text(3))
            return true
        }
        try database.rows(
            "SELECT role, count(*) \(table) AND role <> '' GROUP BY role ORDER BY 2 DESC, role LIMIT 6", arguments
        ) { row in
            person.roles.append(row.text(0))
            return true
        }
        if let last = name.split(separator: " ").last, last.contains(where: \.isLetter) {
            var search = SinkSearch()
            (search.speaker, search.limit) = (String(last), 12)
            person.others = try speakers(search).map(\.speaker).filter { $0 != name }
        }
        return person
    }
}
