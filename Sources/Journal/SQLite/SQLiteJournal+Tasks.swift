public import Wire

extension SQLiteJournal {
    /// How far the stream of `origin` was consumed, as one transaction left it.
    public func progress(of origin: String) throws(JournalError) -> Progress? {
        try read { (db) throws(JournalError) in
            let known = try db.first("SELECT epoch, cursor FROM origin WHERE name = ?", .text(origin)) {
                Progress(epoch: $0.text(0), cursor: $0.integer(1))
            }
            guard var progress = known else { return nil }
            try db.rows("SELECT n, attempts, settled FROM task WHERE origin = ?", [.text(origin)]) { row in
                if row.integer(2) != 0 {
                    progress.settled.insert(row.integer(0))
                } else {
                    progress.attempts[row.integer(0)] = Int(row.integer(1))
                }
                return true
            }
            return progress
        }
    }

    /// Starts or restarts the account of an origin in one transaction.
    public func begin(_ origin: String, epoch: String, cursor: Int64) throws(JournalError) {
        try write { (db) throws(JournalError) in
            try db.run("DELETE FROM task WHERE origin = ?", .text(origin))
            try db.run(
                """
                INSERT INTO origin (name, epoch, cursor) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET epoch = excluded.epoch, cursor = excluded.cursor
                """, .text(origin), .text(epoch), .integer(cursor))
        }
    }

    /// Makes numbers of attempts durable in one transaction; those of settled tasks are left out.
    public func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {
        try write { (db) throws(JournalError) in
            for attempt in attempts where try !db.isSettled(attempt.n, of: attempt.origin) {
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
        _ completions: [Completion], cursors: [String: Int64]
    ) throws(JournalError) -> [Position?] {
        try write { (db) throws(JournalError) in
            try db.requireFree(SQLiteJournal.reserve / 2)
            var tails: [String: StreamTail] = [:]
            var positions: [Position?] = []
            for completion in completions {
                positions.append(try db.complete(completion, tails: &tails))
            }
            for tail in tails.values { try db.save(tail) }
            for (origin, cursor) in cursors { try db.advance(origin, to: cursor) }
            return positions
        }
    }
}

extension Database {
    /// Whether a task needs nothing any more.
    fileprivate mutating func isSettled(_ n: Int64, of origin: String) throws(JournalError) -> Bool {
        let cursor = try first("SELECT cursor FROM origin WHERE name = ?", .text(origin)) { $0.integer(0) }
        guard let cursor else { throw .neverBegun(origin, at: path) }
        if n <= cursor { return true }
        let settled = try first("SELECT settled FROM task WHERE origin = ? AND n = ?", .text(origin), .integer(n)) {
            $0.integer(0)
        }
        return settled == 1
    }

    /// Settles a task and appends its entry, unless that was done before.
    fileprivate mutating func complete(
        _ completion: Completion, tails: inout [String: StreamTail]
    ) throws(JournalError) -> Position? {
        guard try !isSettled(completion.n, of: completion.origin) else { return nil }
        try run(
            """
            INSERT INTO task (origin, n, attempts, settled) VALUES (?, ?, 0, 1)
            ON CONFLICT DO UPDATE SET settled = 1
            """, .text(completion.origin), .integer(completion.n))
        guard let entry = completion.entry else { return nil }
        var tail: StreamTail
        if let known = tails[completion.stream] {
            tail = known
        } else {
            tail = try tailMadeIfMissing(of: completion.stream)
        }
        let position = try append(entry, to: &tail)
        tails[completion.stream] = tail
        return position
    }

    /// Moves the cursor of an origin forward; the tasks that it passes are forgotten.
    fileprivate mutating func advance(_ origin: String, to cursor: Int64) throws(JournalError) {
        try run("UPDATE origin SET cursor = max(cursor, ?) WHERE name = ?", .integer(cursor), .text(origin))
        guard changes == 1 else { throw .neverBegun(origin, at: path) }
        try run("DELETE FROM task WHERE origin = ? AND n <= ?", .text(origin), .integer(cursor))
    }
}

extension JournalError {
    /// The error of completing what was never begun.
    static func neverBegun(_ origin: String, at place: String) -> JournalError {
        JournalError(.failed, "\(place): the origin \(origin) has no account yet; begin it first")
    }
}
