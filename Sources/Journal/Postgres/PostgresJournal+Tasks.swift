#if Postgres
public import Wire

extension PostgresJournal {
    /// How far the stream of `origin` was consumed, as one transaction left it.
    public func progress(of origin: String) throws(JournalError) -> Progress? {
        let query = PostgresQuery(
            """
            SELECT epoch, cursor, n, attempts, settled::integer::bigint, journal, trail, link
            FROM origin LEFT JOIN task ON task.origin = origin.name WHERE name = $1
            """, PostgresFormat.text(origin))
        return try read(query) { rows in
            let known = rows.first { row in
                Progress(
                    epoch: row.text(0), journal: row.text(5).isEmpty ? nil : row.text(5),
                    cursor: Cursor(row.integer(1), trail: Trail(stored: row.text(6))))
            }
            guard var progress = known else { return nil }
            _ = rows.map { row in
                guard !row.isNull(2) else { return }
                let n = row.integer(2)
                if row.integer(4) != 0 {
                    progress.settled.insert(n)
                    progress.links[n] = Link(bytes: row.blob(7))
                } else {
                    progress.attempts[n] = Int(row.integer(3))
                }
            }
            return progress
        }
    }

    /// Starts or restarts the account of an origin in one transaction.
    public func begin(
        _ origin: String, epoch: String, journal: String?, cursor: Cursor
    ) throws(JournalError) {
        let name = PostgresFormat.text(origin)
        try write { (writer) throws(JournalError) in
            try writer.write([]) { (_, _) throws(JournalError) in
                let effects = [
                    PostgresQuery("DELETE FROM task WHERE origin = $1", name),
                    PostgresQuery(
                        """
                        INSERT INTO origin VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, cursor = excluded.cursor,
                            journal = excluded.journal, trail = excluded.trail
                        """, name, PostgresFormat.text(epoch), PostgresFormat.integer(cursor.n),
                        PostgresFormat.text(journal ?? ""), PostgresFormat.text(cursor.trail.stored)),
                ]
                return (effects, ())
            }
        }
    }

    /// Makes numbers of attempts durable in one transaction; those of settled tasks are left out.
    public func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {
        let questions = TaskAccount.questions(
            about: attempts.map { TaskAccount.Task(origin: $0.origin, n: $0.n) })
        try write { (writer) throws(JournalError) in
            try writer.write(questions) { (answers, _) throws(JournalError) in
                let account = TaskAccount(at: place.description, answers: answers)
                return (TaskAccount.record(try account.open(attempts)), ())
            }
        }
    }

    /// Completes tasks in one transaction.
    public func complete(
        _ completions: [Completion], cursors: [String: Cursor]
    ) throws(JournalError) -> [Position?] {
        let entries = completions.compactMap { done in done.entry.map { (stream: done.stream, entry: $0) } }
        let questions = TaskAccount.questions(
            about: completions.map { TaskAccount.Task(origin: $0.origin, n: $0.n) }, origins: Array(cursors.keys))
        return try write { (writer) throws(JournalError) in
            try writer.append(entries, asking: questions) { (plan, answers) throws(JournalError) in
                var account = TaskAccount(at: place.description, answers: answers)
                let positions = try plan.complete(completions, cursors: cursors, of: &account)
                return (account.effects, positions)
            }
        }
    }
}
#endif
