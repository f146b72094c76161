public import Wire

extension SQLiteJournal {
    /// How far the stream of `origin` was consumed, as one transaction left it.
    public func progress(of origin: String) throws(JournalError) -> Progress? {
        try read { (db) throws(JournalError) in
            let known = try db.first(
                "SELECT epoch, journal, cursor, trail FROM origin WHERE name = ?", .text(origin)
            ) { (row) throws(JournalError) in
                Progress(
                    epoch: row.text(0), journal: row.text(1).isEmpty ? nil : row.text(1),
                    cursor: Cursor(row.integer(2), trail: Trail(stored: row.text(3))))
            }
            guard var progress = known else { return nil }
            try db.rows("SELECT n, attempts, settled, link FROM task WHERE origin = ?", [.text(origin)]) { row in
                let n = row.integer(0)
                if row.integer(2) != 0 {
                    progress.settled.insert(n)
                    progress.links[n] = Link(bytes: row.blob(3))
                } else {
                    progress.attempts[n] = Int(row.integer(1))
                }
                return true
            }
            return progress
        }
    }

    /// Starts or restarts the account of an origin in one transaction.
    public func begin(
        _ origin: String, epoch: String, journal: String?, cursor: Cursor
    ) throws(JournalError) {
        try write { (db) throws(JournalError) in
            try db.run("DELETE FROM task WHERE origin = ?", .text(origin))
            try db.run(
                """
                INSERT INTO origin (name, epoch, journal, cursor, trail) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET epoch = excluded.epoch, journal = excluded.journal, cursor = excluded.cursor,
                    trail = excluded.trail
                """, .text(origin), .text(epoch), .text(journal ?? ""), .integer(cursor.n), .text(cursor.trail.stored))
        }
    }

    /// Makes numbers of attempts durable in one transaction; those of settled tasks are left out.
    public func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {
        try write { (db) throws(JournalError) in
            let account = try db.account(of: attempts.map { TaskAccount.Task(origin: $0.origin, n: $0.n) }, origins: [])
            for attempt in try account.open(attempts) {
                try db.run(
                    """
                    INSERT INTO task (origin, n, attempts, settled) VALUES (?, ?, ?, 0)
                    ON CONFLICT DO UPDATE SET attempts = excluded.attempts
                    """, .text(attempt.origin), .integer(attempt.n), .integer(Int64(attempt.attempts)))
            }
        }
    }

    /// Completes tasks in one transaction, and one fsync, however many they are.
    public func complete(
        _ completions: [Completion], cursors: [String: Cursor]
    ) throws(JournalError) -> [Position?] {
        try write { (db) throws(JournalError) in
            try db.requireFree(SQLiteJournal.reserve / 2)
            var account = try db.account(
                of: completions.map { TaskAccount.Task(origin: $0.origin, n: $0.n) }, origins: Array(cursors.keys))
            let entries = completions.compactMap { done in done.entry.map { (stream: done.stream, entry: $0) } }
            let positions = try db.append(entries) { (plan) throws(JournalError) in
                try plan.complete(completions, cursors: cursors, of: &account)
            }
            try db.carryOut(account)
            return positions
        }
    }
}

extension Database {
    /// What is known about tasks, and about further origins.
    fileprivate mutating func account(
        of tasks: [TaskAccount.Task], origins: [String]
    ) throws(JournalError) -> TaskAccount {
        var cursors: [String: Int64] = [:]
        for origin in Set(tasks.map(\.origin)).union(origins) {
            cursors[origin] = try first("SELECT cursor FROM origin WHERE name = ?", .text(origin)) { $0.integer(0) }
        }
        var settled: [TaskAccount.Task: Link?] = [:]
        for task in tasks {
            let link = try first(
                "SELECT link FROM task WHERE origin = ? AND n = ? AND settled = 1", .text(task.origin), .integer(task.n)
            ) { Link(bytes: $0.blob(0)) }
            if let link { settled[task] = .some(link) }
        }
        return TaskAccount(at: path, cursors: cursors, settled: settled)
    }

    /// Writes down what changed in an account.
    fileprivate mutating func carryOut(_ account: TaskAccount) throws(JournalError) {
        for (task, link) in account.beyond {
            try run(
                """
                INSERT INTO task (origin, n, attempts, settled, link) VALUES (?, ?, 0, 1, ?)
                ON CONFLICT DO UPDATE SET settled = 1, link = excluded.link
                """, .text(task.origin), .integer(task.n), .blob(link?.bytes ?? []))
        }
        for (origin, cursor) in account.moved {
            try run(
                "UPDATE origin SET cursor = ?, trail = ? WHERE name = ?", .integer(cursor.n),
                .text(cursor.trail.stored), .text(origin))
            try run("DELETE FROM task WHERE origin = ? AND n <= ?", .text(origin), .integer(cursor.n))
        }
    }
}
