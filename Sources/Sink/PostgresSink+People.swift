#if Postgres
import Journal

extension PostgresSink {
    /// Notes who speaks; the blocks of names that this may concern.
    static func note(_ people: SightedPeople, _ session: inout PostgresSession) throws(JournalError) -> Set<String> {
        guard !people.dates.isEmpty else { return [] }
        let dates = people.dates.sorted { ($0.key.name, $0.key.source) < ($1.key.name, $1.key.source) }
        let names = dates.map(\.key.name)
        let query = PostgresQuery(
            """
            INSERT INTO spelling SELECT name, source, block, fold, first, last, name, 'name'
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
                AS new (name, source, block, fold, first, last)
            ON CONFLICT (name, source) DO UPDATE
                SET first = least(spelling.first, excluded.first), last = greatest(spelling.last, excluded.last)
                WHERE spelling.first > excluded.first OR spelling.last < excluded.last
            RETURNING block
            """, PostgresFormat.strings(names), PostgresFormat.strings(dates.map(\.key.source)),
            PostgresFormat.strings(names.map { People.block(of: $0) }),
            PostgresFormat.strings(names.map { People.fold($0) }), PostgresFormat.strings(dates.map(\.value.first)),
            PostgresFormat.strings(dates.map(\.value.last)))
        return Set(try session.run([query])[0].map { $0.text(0) })
    }

    /// Joins all names anew, from what stands now.
    static func joinAnew(_ session: inout PostgresSession) throws(JournalError) {
        let answers = try session.run([
            PostgresQuery("DELETE FROM spelling"),
            PostgresQuery(
                """
                SELECT speaker, coalesce(source, ''), \(SinkDialect.postgres.text(of: "min(date)")),
                    \(SinkDialect.postgres.text(of: "max(date)")) FROM current
                WHERE type = 'person' AND speaker IS NOT NULL GROUP BY 1, 2
                """),
        ])
        var people = SightedPeople()
        for row in answers[1].map({ ($0.text(0), $0.text(1), $0.text(2), $0.text(3)) }) {
            people.see(row.0, in: row.1, from: row.2, to: row.3)
        }
        try join(try note(people, &session), &session)
    }

    /// Forgets names of articles that do not stand any more and that are in no other one of their source; the blocks of those.
    static func forgetNames(
        of articles: [String], _ session: inout PostgresSession
    ) throws(JournalError) -> Set<String> {
        let query = PostgresQuery(
            """
            DELETE FROM spelling USING (
                SELECT DISTINCT speaker, coalesce(source, '') AS source
                FROM passage JOIN analysis ON analysis.key = passage.analysis
                WHERE article = ANY ($1::text[]) AND type = 'person'
            ) AS theirs
            WHERE spelling.name = theirs.speaker AND spelling.source = theirs.source AND NOT EXISTS (
                SELECT 1 FROM passage JOIN analysis ON analysis.key = passage.analysis
                WHERE passage.speaker = spelling.name AND type = 'person' AND coalesce(analysis.source, '') = spelling.source
                    AND NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = analysis.article))
            RETURNING block
            """, PostgresFormat.strings(articles))
        return Set(try session.run([query])[0].map { $0.text(0) })
    }

    /// Joins the names of some blocks.
    static func join(_ blocks: Set<String>, _ session: inout PostgresSession) throws(JournalError) {
        let blocks = blocks.filter { !$0.isEmpty }.sorted()
        guard !blocks.isEmpty else { return }
        let query = PostgresQuery(
            """
            SELECT name, source, first, last, person, rule, block FROM (
                SELECT *, row_number() OVER (PARTITION BY block ORDER BY name COLLATE "C", source COLLATE "C") AS place FROM spelling
                WHERE block = ANY ($1::text[])
            ) AS found WHERE place <= \(People.largestBlock)
            """, PostgresFormat.strings(blocks))
        let rows = try session.run([query])[0].map { row in
            (
                block: row.text(6),
                join: People.Join(
                    spelling: People.Spelling(
                        name: row.text(0), source: row.text(1), first: row.text(2), last: row.text(3)),
                    person: row.text(4), rule: row.text(5))
            )
        }
        let changes = Dictionary(grouping: rows, by: \.block).values.flatMap { People.changes(to: $0.map(\.join)) }
        guard !changes.isEmpty else { return }
        let update = PostgresQuery(
            """
            UPDATE spelling SET person = new.person, rule = new.rule
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS new (name, source, person, rule)
            WHERE spelling.name = new.name AND spelling.source = new.source
            """, PostgresFormat.strings(changes.map(\.spelling.name)),
            PostgresFormat.strings(changes.map(\.spelling.source)), PostgresFormat.strings(changes.map(\.person)),
            PostgresFormat.strings(changes.map(\.rule)))
        _ = try session.run([update])
    }
}
#endif
