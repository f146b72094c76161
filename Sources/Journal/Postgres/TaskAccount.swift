#if Postgres
/// Which tasks of which origins are settled: what a completion reads, and what it changes.
struct TaskAccount {
    /// A task of an origin.
    struct Task: Hashable {
        let origin: String
        let n: Int64
    }

    private var cursors: [String: Int64]
    private var settled: Set<Task>
    private var newlySettled: [Task] = []
    private var moved: Set<String> = []

    /// What is to be known about tasks, and about further origins.
    static func questions(about tasks: [Task], origins: [String] = []) -> [PostgresQuery] {
        let names = PostgresFormat.texts(Set(tasks.map(\.origin)).union(origins).sorted())
        return [
            PostgresQuery(
                "SELECT name, cursor FROM origin WHERE name = ANY ($1::bytea[]) ORDER BY name FOR UPDATE", names),
            PostgresQuery(
                """
                SELECT task.origin, task.n FROM unnest($1::bytea[], $2::bigint[]) AS asked (origin, n)
                JOIN task USING (origin, n) WHERE settled
                """, PostgresFormat.texts(tasks.map(\.origin)), PostgresFormat.integers(tasks.map(\.n))),
        ]
    }

    /// An account from the answers to those questions.
    init(answers: [PostgresRows]) {
        cursors = Dictionary(answers[0].map { ($0.text(0), $0.integer(1)) }) { first, _ in first }
        settled = Set(answers[1].map { Task(origin: $0.text(0), n: $0.integer(1)) })
    }

    /// Whether a task needs nothing any more.
    func isSettled(_ task: Task, at place: String) throws(JournalError) -> Bool {
        guard let cursor = cursors[task.origin] else { throw .neverBegun(task.origin, at: place) }
        return task.n <= cursor || settled.contains(task)
    }

    /// Settles a task.
    ///
    /// - Returns: Whether it was open.
    mutating func settle(_ task: Task, at place: String) throws(JournalError) -> Bool {
        guard try !isSettled(task, at: place) else { return false }
        settled.insert(task)
        newlySettled.append(task)
        return true
    }

    /// Moves cursors forward.
    mutating func advance(to new: [String: Int64], at place: String) throws(JournalError) {
        for (origin, cursor) in new {
            guard let old = cursors[origin] else { throw .neverBegun(origin, at: place) }
            guard cursor > old else { continue }
            cursors[origin] = cursor
            moved.insert(origin)
        }
    }

    /// The statements that carry out what changed.
    var effects: [PostgresQuery] {
        let beyond = newlySettled.filter { $0.n > cursors[$0.origin, default: 0] }
        var queries: [PostgresQuery] = []
        if !beyond.isEmpty {
            queries.append(
                PostgresQuery(
                    """
                    INSERT INTO task SELECT origin, n, 0, true FROM unnest($1::bytea[], $2::bigint[]) AS new (origin, n)
                    ON CONFLICT (origin, n) DO UPDATE SET settled = true
                    """, PostgresFormat.texts(beyond.map(\.origin)), PostgresFormat.integers(beyond.map(\.n))))
        }
        let origins = moved.sorted()
        if !origins.isEmpty {
            let names = PostgresFormat.texts(origins)
            let values = PostgresFormat.integers(origins.map { cursors[$0] ?? 0 })
            let source = "unnest($1::bytea[], $2::bigint[]) AS new (name, cursor)"
            queries += [
                PostgresQuery(
                    "UPDATE origin SET cursor = new.cursor FROM \(source) WHERE origin.name = new.name", names,
                    values),
                PostgresQuery(
                    "DELETE FROM task USING \(source) WHERE task.origin = new.name AND task.n <= new.cursor", names,
                    values),
            ]
        }
        return queries
    }

    /// The statement that records attempts at open tasks.
    static func record(_ tasks: [Task], attempts: [Int64]) -> [PostgresQuery] {
        guard !tasks.isEmpty else { return [] }
        return [
            PostgresQuery(
                """
                INSERT INTO task SELECT origin, n, attempts, false
                FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) AS new (origin, n, attempts)
                ON CONFLICT (origin, n) DO UPDATE SET attempts = excluded.attempts
                """, PostgresFormat.texts(tasks.map(\.origin)), PostgresFormat.integers(tasks.map(\.n)),
                PostgresFormat.integers(attempts))
        ]
    }
}
#endif
