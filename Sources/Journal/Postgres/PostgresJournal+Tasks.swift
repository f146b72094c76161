#if Postgres
public import Wire

extension PostgresJournal {
    /// How far the stream of `origin` was consumed, as one transaction left it.
    public func progress(of origin: String) throws(JournalError) -> Progress? {
        let query = PostgresQuery(
            """
            SELECT epoch, cursor, n, attempts, settled::integer::bigint
            FROM origin LEFT JOIN task ON task.origin = origin.name WHERE name = $1
            """, PostgresFormat.text(origin))
        return try read(query) { rows in
            guard var progress = rows.first({ Progress(epoch: $0.text(0), cursor: $0.integer(1)) }) else {
                return nil
            }
            for task in rows.map({ $0.isNull(2) ? nil : ($0.integer(2), Int($0.integer(3)), $0.integer(4)) }) {
                guard let (n, attempts, settled) = task else { continue }
                if settled != 0 { progress.settled.insert(n) } else { progress.attempts[n] = attempts }
            }
            return progress
        }
    }

    /// Starts or restarts the account of an origin in one transaction.
    public func begin(_ origin: String, epoch: String, cursor: Int64) throws(JournalError) {
        let name = PostgresFormat.text(origin)
        try write { (writer) throws(JournalError) in
            try writer.write([]) { (_, _) throws(JournalError) in
                let effects = [
                    PostgresQuery("DELETE FROM task WHERE origin = $1", name),
                    PostgresQuery(
                        """
                        INSERT INTO origin VALUES ($1, $2, $3)
                        ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, cursor = excluded.cursor
                        """, name, PostgresFormat.text(epoch), PostgresFormat.integer(cursor)),
                ]
                return (effects, ())
            }
        }
    }

    /// Makes numbers of attempts durable in one transaction; those of settled tasks are left out.
    public func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {
        let tasks = attempts.map { TaskAccount.Task(origin: $0.origin, n: $0.n) }
        // The last of several numbers for one task counts.
        let latest = Dictionary(zip(tasks, attempts.map(\.attempts))) { $1 }
        try write { (writer) throws(JournalError) in
            let account = TaskAccount.questions(about: tasks)
            try writer.write(account) { (answers, _) throws(JournalError) in
                let account = TaskAccount(answers: answers)
                var open: [TaskAccount.Task] = []
                for task in latest.keys where try !account.isSettled(task, at: place.description) {
                    open.append(task)
                }
                return (TaskAccount.record(open, attempts: open.map { Int64(latest[$0] ?? 0) }), ())
            }
        }
    }

    /// Completes tasks in one transaction.
    public func complete(
        _ completions: [Completion], cursors: [String: Int64]
    ) throws(JournalError) -> [Position?] {
        let entries = completions.compactMap { done in done.entry.map { (stream: done.stream, entry: $0) } }
        let tasks = completions.map { TaskAccount.Task(origin: $0.origin, n: $0.n) }
        return try write { (writer) throws(JournalError) in
            let questions = TaskAccount.questions(about: tasks, origins: Array(cursors.keys))
            return try writer.append(entries, asking: questions) { (plan, answers) throws(JournalError) in
                var account = TaskAccount(answers: answers)
                var positions: [Position?] = []
                for (completion, task) in zip(completions, tasks) {
                    let isOpen = try account.settle(task, at: place.description)
                    positions.append(
                        completion.entry.flatMap { entry in
                            plan.unreported(entry.id, in: completion.stream)
                                ?? (isOpen ? plan.place(entry, in: completion.stream) : nil)
                        })
                }
                try account.advance(to: cursors, at: place.description)
                return (account.effects, positions)
            }
        }
    }
}
#endif
