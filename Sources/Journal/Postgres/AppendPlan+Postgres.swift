#if Postgres
internal import Wire

/// The questions that a plan is made from and the statements that carry it out.
extension AppendPlan {
    /// At most so many bytes of bodies go in one statement; the protocol ends at 1 GiB.
    private static let statementBytes = 8 << 20

    /// Makes streams that are missing and locks them all.
    static func questions(aboutStreams streams: [String]) -> [PostgresQuery] {
        // In one order, as everyone who locks several rows should.
        let names = PostgresFormat.texts(streams.sorted())
        let epochs = PostgresFormat.texts(streams.map { _ in StreamState.newEpoch() })
        return [
            PostgresQuery(
                """
                INSERT INTO streams SELECT name, epoch, 1, 0, 0, epoch, $3
                FROM unnest($1::bytea[], $2::bytea[]) AS new (name, epoch) ON CONFLICT DO NOTHING
                """, names, epochs, Link.start.bytes),
            PostgresQuery(
                """
                SELECT name, epoch, oldest, last, bytes, journal, link FROM streams WHERE name = ANY ($1::bytea[])
                ORDER BY name FOR UPDATE
                """, names),
        ]
    }

    /// The streams that the second of those questions gave.
    static func tails(_ rows: PostgresRows) -> [String: Tail] {
        let tails = rows.map { row in
            let state = StreamState(
                epoch: row.text(1), oldest: row.integer(2), last: row.integer(3), journal: row.text(5),
                link: Link(bytes: row.blob(6)) ?? .start)
            return (row.text(0), Tail(state: state, bytes: row.integer(4)))
        }
        return Dictionary(tails) { first, _ in first }
    }

    /// What is to be known before entries can be placed.
    static func questions(about entries: [(stream: String, entry: NewEntry)]) -> [PostgresQuery] {
        let topics = Set(entries.map { Name(stream: $0.stream, name: $0.entry.topic) })
        return questions(aboutStreams: Array(Set(entries.map(\.stream)))) + [
            PostgresQuery(
                """
                SELECT topic.stream, topic.name, topic.last
                FROM unnest($1::bytea[], $2::bytea[]) AS asked (stream, name) JOIN topic USING (stream, name)
                """, PostgresFormat.texts(topics.map(\.stream)), PostgresFormat.texts(topics.map(\.name))),
            PostgresQuery(
                """
                SELECT asked.stream, asked.id, known.n, entry.previous, entry.time, link.h
                FROM unnest($1::bytea[], $2::bytea[]) AS asked (stream, id)
                JOIN known ON known.stream = asked.stream AND known.digest = sha256(asked.id)
                LEFT JOIN entry ON entry.stream = known.stream AND entry.n = known.n
                LEFT JOIN link ON link.stream = known.stream AND link.n = known.n
                """, PostgresFormat.texts(entries.map(\.stream)), PostgresFormat.texts(entries.map(\.entry.id))),
        ]
    }

    /// A plan from the answers to the questions about entries.
    init(answers: [PostgresRows], reported: [String: Int64]) {
        let tails = AppendPlan.tails(answers[1])
        let topics = answers[2].map { (Name(stream: $0.text(0), name: $0.text(1)), $0.integer(2)) }
        let known = answers[3].map { row in
            let name = Name(stream: row.text(0), name: row.text(1))
            let position = Position(
                s: name.stream, e: tails[name.stream]?.state.epoch ?? "", n: row.integer(2), p: row.integer(3),
                id: name.name, ts: row.text(4), h: Link(bytes: row.blob(5)))
            return (name, position)
        }
        let unreported = known.filter { $1.n > reported[$0.stream, default: 0] }
        self.init(
            tails: tails, topics: Dictionary(topics) { first, _ in first }, known: Set(known.map(\.0)),
            unreported: Dictionary(unreported) { first, _ in first })
    }

    /// The statements that carry out the plan.
    var effects: [PostgresQuery] {
        guard !rows.isEmpty else { return [] }
        let streams = PostgresFormat.texts(rows.map(\.stream))
        let numbers = PostgresFormat.integers(rows.map(\.n))
        let moved = Set(rows.map { Name(stream: $0.stream, name: $0.entry.topic) }).sorted {
            ($0.stream, $0.name) < ($1.stream, $1.name)
        }
        let grown = Set(rows.map(\.stream)).sorted()
        let keys = rows.flatMap { row in ([row.entry.key] + row.entry.otherKeys).map { (row: row, key: $0) } }
        return inserts + [
            PostgresQuery(
                """
                INSERT INTO known SELECT stream, sha256(id), n
                FROM unnest($1::bytea[], $2::bytea[], $3::bigint[]) AS new (stream, id, n)
                """, streams, PostgresFormat.texts(rows.map(\.entry.id)), numbers),
            PostgresQuery(
                """
                INSERT INTO subject SELECT stream, sha256(key), count(*)
                FROM unnest($1::bytea[], $2::bytea[]) AS new (stream, key) GROUP BY stream, key
                ON CONFLICT (stream, digest) DO UPDATE SET count = subject.count + excluded.count
                """, streams, PostgresFormat.texts(rows.map(\.entry.key))),
            PostgresQuery(
                """
                INSERT INTO about SELECT stream, sha256(key), n
                FROM unnest($1::bytea[], $2::bytea[], $3::bigint[]) AS new (stream, key, n) ON CONFLICT DO NOTHING
                """, PostgresFormat.texts(keys.map(\.row.stream)), PostgresFormat.texts(keys.map(\.key)),
                PostgresFormat.integers(keys.map(\.row.n))),
            PostgresQuery(
                """
                INSERT INTO topic SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[])
                ON CONFLICT (stream, name) DO UPDATE SET last = excluded.last
                """, PostgresFormat.texts(moved.map(\.stream)), PostgresFormat.texts(moved.map(\.name)),
                PostgresFormat.integers(moved.map { topics[$0] ?? 0 })),
            PostgresQuery(
                """
                UPDATE streams SET last = new.last, bytes = new.bytes, link = new.link
                FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[]) AS new (name, last, bytes, link)
                WHERE streams.name = new.name
                """, PostgresFormat.texts(grown), PostgresFormat.integers(grown.map { tails[$0]?.state.last ?? 0 }),
                PostgresFormat.integers(grown.map { tails[$0]?.bytes ?? 0 }),
                PostgresFormat.blobs(grown.map { tails[$0]?.state.link.bytes ?? [] })),
            PostgresQuery(
                "INSERT INTO link SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])", streams, numbers,
                PostgresFormat.blobs(rows.map(\.link.bytes))),
        ]
    }

    private var inserts: [PostgresQuery] {
        var queries: [PostgresQuery] = []
        var start = 0
        var bytes = 0
        for index in rows.indices {
            bytes += rows[index].entry.body.count
            guard bytes >= AppendPlan.statementBytes || index == rows.count - 1 else { continue }
            queries.append(AppendPlan.insert(rows[start...index]))
            (start, bytes) = (index + 1, 0)
        }
        return queries
    }

    private static func insert(_ rows: ArraySlice<Row>) -> PostgresQuery {
        PostgresQuery(
            """
            INSERT INTO entry SELECT * FROM unnest(
                $1::bytea[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[])
            """, PostgresFormat.texts(rows.map(\.stream)), PostgresFormat.integers(rows.map(\.n)),
            PostgresFormat.integers(rows.map(\.previous)), PostgresFormat.texts(rows.map(\.entry.topic)),
            PostgresFormat.texts(rows.map(\.entry.id)), PostgresFormat.texts(rows.map(\.entry.time)),
            PostgresFormat.blobs(rows.map(\.entry.body)))
    }
}
#endif
