import Journal

extension SQLiteSink {
    /// Notes who speaks, and joins anew the names that this may concern.
    static func join(_ people: SightedPeople, in database: inout Database) throws(JournalError) {
        var blocks: Set<String> = []
        for (place, dates) in people.dates {
            let (name, source) = (SQLValue.text(place.name), SQLValue.text(place.source))
            try database.run(
                """
                UPDATE spelling SET first = min(first, ?3), last = max(last, ?4)
                WHERE name = ?1 AND source = ?2 AND (first > ?3 OR last < ?4)
                """, name, source, .text(dates.first), .text(dates.last))
            if database.changes == 0 {
                let isKnown = try database.first(
                    "SELECT 1 FROM spelling WHERE name = ? AND source = ?", name, source, read: { _ in true })
                if isKnown == true { continue }
                try database.run(
                    """
                    INSERT INTO spelling (name, source, block, fold, first, last, person, rule)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?1, 'name')
                    """,
                    name, source, .text(People.block(of: place.name)), .text(People.fold(place.name)),
                    .text(dates.first), .text(dates.last))
            }
            blocks.insert(People.block(of: place.name))
        }
        for block in blocks where !block.isEmpty { try join(block: block, in: &database) }
    }

    /// Joins all names anew, from what stands now.
    static func joinAnew(in database: inout Database) throws(JournalError) {
        try database.run("DELETE FROM spelling")
        var people = SightedPeople()
        try database.rows(
            """
            SELECT speaker, coalesce(source, ''), min(coalesce(published, time)), max(coalesce(published, time))
            FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE type = 'person' AND speaker IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article)
            GROUP BY 1, 2
            """, []
        ) { row in
            people.see(row.text(0), in: row.text(1), from: row.text(2), to: row.text(3))
            return true
        }
        try join(people, in: &database)
    }

    /// Forgets names of an article that does not stand any more and that are in no other one of their source.
    static func forgetNames(of article: String, in database: inout Database) throws(JournalError) {
        var names: [(name: String, source: String)] = []
        try database.rows(
            """
            SELECT DISTINCT speaker, coalesce(source, '') FROM passage JOIN analysis ON analysis.key = passage.analysis
            WHERE article = ? AND type = 'person' AND speaker IS NOT NULL
            """, [.text(article)]
        ) { row in
            names.append((row.text(0), row.text(1)))
            return true
        }
        for (name, source) in names {
            try database.run(
                """
                DELETE FROM spelling WHERE name = ?1 AND source = ?2 AND NOT EXISTS (
                    SELECT 1 FROM words JOIN passage ON passage.key = words.rowid
                        JOIN analysis ON analysis.key = passage.analysis
                    WHERE words MATCH ?3 AND passage.speaker = ?1 AND passage.type = 'person'
                        AND coalesce(analysis.source, '') = ?2
                        AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article))
                """, .text(name), .text(source), .text("speaker : \(FullText.phrase(name))"))
            if database.changes > 0 { try join(block: People.block(of: name), in: &database) }
        }
    }

    private static func join(block: String, in database: inout Database) throws(JournalError) {
        var known: [People.Join] = []
        try database.rows(
            "SELECT name, source, first, last, person, rule FROM spelling WHERE block = ? ORDER BY name, source LIMIT ?",
            [.text(block), .integer(Int64(People.largestBlock))]
        ) { row in
            let spelling = People.Spelling(
                name: row.text(0), source: row.text(1), first: row.text(2), last: row.text(3))
            known.append(People.Join(spelling: spelling, person: row.text(4), rule: row.text(5)))
            return true
        }
        for join in People.changes(to: known) {
            try database.run(
                "UPDATE spelling SET person = ?, rule = ? WHERE name = ? AND source = ?", .text(join.person),
                .text(join.rule), .text(join.spelling.name), .text(join.spelling.source))
        }
    }
}
