#if Postgres
internal import Wire

/// The questions that an account is made from and the statements that carry it out.
extension TaskAccount {
    /// What is to be known about tasks, and about further origins.
    static func questions(about tasks: [Task], origins: [String] = []) -> [PostgresQuery] {
        let names = PostgresFormat.texts(Set(tasks.map(\.origin)).union(origins).sorted())
        return [
            PostgresQuery(
                "SELECT name, cursor FROM origin WHERE name = ANY ($1::bytea[]) ORDER BY name FOR UPDATE", names),
            PostgresQuery(
                """
                SELECT task.origin, task.n, task.link FROM unnest($1::bytea[], $2::bigint[]) AS asked (origin, n)
                JOIN task USING (origin, n) WHERE settled
                """, PostgresFormat.texts(tasks.map(\.origin)), PostgresFormat.integers(tasks.map(\.n))),
        ]
    }

    /// An account from the answers to those questions.
    init(at place: String, answers: [PostgresRows]) {
        let settled = answers[1].map { row in
            (Task(origin: row.text(0), n: row.integer(1)), Link(bytes: row.blob(2)))
        }
        self.init(
            at: place, cursors: Dictionary(answers[0].map { ($0.text(0), $0.integer(1)) }) { first, _ in first },
            settled: Dictionary(settled) { first, _ in first })
    }

    /// The statements that carry out what changed.
    var effects: [PostgresQuery] {
        var queries: [PostgresQuery] = []
        let settled = beyond.map { (task: $0.key, link: $0.value?.bytes ?? []) }
        if !settled.isEmpty {
            queries.append(
                PostgresQuery(
                    """
                    INSERT INTO task SELECT origin, n, 0, true, link
                    FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS new (origin, n, link)
                    ON CONFLICT (origin, n) DO UPDATE SET settled = true, link = excluded.link
                    """, PostgresFormat.texts(settled.map(\.task.origin)),
                    PostgresFormat.integers(settled.map(\.task.n)), PostgresFormat.blobs(settled.map(\.link))))
        }
        let moved = moved.sorted { $0.key < $1.key }
        if !moved.isEmpty {
            let names = PostgresFormat.texts(moved.map(\.key))
            let numbers = PostgresFormat.integers(moved.map(\.value.n))
            queries += [
                PostgresQuery(
                    """
                    UPDATE origin SET cursor = new.cursor, trail = new.trail
                    FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS new (name, cursor, trail)
                    WHERE origin.name = new.name
                    """, names, numbers, PostgresFormat.texts(moved.map(\.value.trail.stored))),
                PostgresQuery(
                    """
                    DELETE FROM task USING unnest($1::bytea[], $2::bigint[]) AS new (name, cursor)
                    WHERE task.origin = new.name AND task.n <= new.cursor
                    """, names, numbers),
            ]
        }
        return queries
    }

    /// The statement that records attempts.
    static func record(_ attempts: [TaskAttempt]) -> [PostgresQuery] {
        guard !attempts.isEmpty else { return [] }
        return [
            PostgresQuery(
                """
                INSERT INTO task SELECT origin, n, attempts, false, ''
                FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) AS new (origin, n, attempts)
                ON CONFLICT (origin, n) DO UPDATE SET attempts = excluded.attempts
                """, PostgresFormat.texts(attempts.map(\.origin)), PostgresFormat.integers(attempts.map(\.n)),
                PostgresFormat.integers(attempts.map { Int64($0.attempts) }))
        ]
    }
}
#endif
