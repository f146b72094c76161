internal import Wire

/// A stream's row.
struct StreamRow {
    /// The row's key in the database.
    let key: Int64
    /// The stream's name.
    let name: String
    /// Where the next entry goes.
    var tail: AppendPlan.Tail
}

extension Database {
    /// A stream, or nil if there is none of that name.
    mutating func stream(_ name: String) throws(JournalError) -> StreamRow? {
        try first(
            "SELECT key, epoch, oldest, last, bytes, journal, link FROM streams WHERE name = ?", .text(name)
        ) { row in
            let state = StreamState(
                epoch: row.text(1), oldest: row.integer(2), last: row.integer(3), journal: row.text(5),
                link: Link(bytes: row.blob(6)) ?? .start)
            return StreamRow(
                key: row.integer(0), name: name, tail: AppendPlan.Tail(state: state, bytes: row.integer(4)))
        }
    }

    /// A stream, which starts here if there is none.
    mutating func streamMadeIfMissing(_ name: String) throws(JournalError) -> StreamRow {
        if let known = try stream(name) { return known }
        let tail = AppendPlan.Tail.new()
        try run(
            "INSERT INTO streams (name, epoch, oldest, last, bytes, journal, link) VALUES (?, ?, ?, ?, ?, ?, ?)",
            .text(name), .text(tail.state.epoch), .integer(tail.state.oldest), .integer(tail.state.last),
            .integer(tail.bytes), .text(tail.state.journal), .blob(tail.state.link.bytes))
        return StreamRow(key: lastInsertedKey, name: name, tail: tail)
    }

    /// Writes a stream back.
    mutating func save(_ tail: AppendPlan.Tail, of stream: Int64) throws(JournalError) {
        try run(
            "UPDATE streams SET oldest = ?, last = ?, bytes = ?, link = ? WHERE key = ?", .integer(tail.state.oldest),
            .integer(tail.state.last), .integer(tail.bytes), .blob(tail.state.link.bytes), .integer(stream))
    }

    /// Whether a stream holds or held an id.
    mutating func isKnown(_ id: String, in stream: Int64) throws(JournalError) -> Bool {
        try first("SELECT 1 FROM known WHERE stream = ? AND id = ?", .integer(stream), .text(id)) { _ in true } ?? false
    }

    /// Appends some of `entries`, as `decide` places them in a plan.
    mutating func append<Result>(
        _ entries: [(stream: String, entry: NewEntry)],
        _ decide: (inout AppendPlan) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        var keys: [String: Int64] = [:]
        var tails: [String: AppendPlan.Tail] = [:]
        var topics: [AppendPlan.Name: Int64] = [:]
        var known: Set<AppendPlan.Name> = []
        for (stream, entry) in entries {
            if keys[stream] == nil {
                let row = try streamMadeIfMissing(stream)
                (keys[stream], tails[stream]) = (row.key, row.tail)
            }
            guard let key = keys[stream] else { continue }
            let topic = AppendPlan.Name(stream: stream, name: entry.topic)
            if topics[topic] == nil {
                topics[topic] = try first(
                    "SELECT last FROM topic WHERE stream = ? AND name = ?", .integer(key), .text(entry.topic)
                ) { $0.integer(0) }
            }
            if try isKnown(entry.id, in: key) { known.insert(AppendPlan.Name(stream: stream, name: entry.id)) }
        }
        var plan = AppendPlan(tails: tails, topics: topics, known: known)
        let result = try decide(&plan)
        try carryOut(plan, keys: keys)
        return result
    }

    private mutating func carryOut(_ plan: AppendPlan, keys: [String: Int64]) throws(JournalError) {
        var topics: [AppendPlan.Name: Int64] = [:]
        for row in plan.rows {
            guard let stream = keys[row.stream] else { continue }
            let name = AppendPlan.Name(stream: row.stream, name: row.entry.topic)
            if topics[name] == nil {
                topics[name] = try first(
                    """
                    INSERT INTO topic (stream, name, last) VALUES (?, ?, ?)
                    ON CONFLICT (stream, name) DO UPDATE SET last = excluded.last RETURNING key
                    """, .integer(stream), .text(name.name), .integer(plan.topics[name] ?? 0)
                ) { $0.integer(0) }
            }
            try run("INSERT INTO known (stream, id) VALUES (?, ?)", .integer(stream), .text(row.entry.id))
            try run(
                """
                INSERT INTO subject (stream, key, count) VALUES (?, ?, 1)
                ON CONFLICT DO UPDATE SET count = count + 1
                """, .integer(stream), .text(row.entry.key))
            for key in [row.entry.key] + row.entry.otherKeys {
                try run(
                    "INSERT OR IGNORE INTO about (stream, key, n) VALUES (?, ?, ?)", .integer(stream), .text(key),
                    .integer(row.n))
            }
            try run(
                "INSERT INTO entry (stream, n, previous, topic, id, time, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                .integer(stream), .integer(row.n), .integer(row.previous), .integer(topics[name] ?? 0),
                .text(row.entry.id), .text(row.entry.time), .blob(row.entry.body))
            try run(
                "INSERT INTO link (stream, n, h) VALUES (?, ?, ?)", .integer(stream), .integer(row.n),
                .blob(row.link.bytes))
        }
        for name in Set(plan.rows.map(\.stream)) {
            guard let key = keys[name], let tail = plan.tails[name] else { continue }
            try save(tail, of: key)
        }
    }

    /// Drops at most `count` entries from a stream's start, and none that is within `limits`.
    ///
    /// - Returns: How many were dropped.
    mutating func dropOldest(
        of stream: inout StreamRow, within limits: Retention, atMost count: Int
    ) throws(JournalError) -> Int {
        var oldest = stream.tail.state.oldest
        var bytes = stream.tail.bytes
        var dropped = 0
        try rows(
            "SELECT n, time, length(body) FROM entry WHERE stream = ? AND n >= ? ORDER BY n",
            [.integer(stream.key), .integer(oldest)]
        ) { row in
            let n = row.integer(0)
            guard dropped < count, limits.drops(n, time: row.text(1), held: bytes) else { return false }
            oldest = n + 1
            bytes -= row.integer(2)
            dropped += 1
            return true
        }
        guard dropped > 0 else { return 0 }
        try run("DELETE FROM entry WHERE stream = ? AND n < ?", .integer(stream.key), .integer(oldest))
        try run(
            "DELETE FROM link WHERE stream = ? AND n < ?", .integer(stream.key),
            .integer(oldest - StreamState.linksBelow))
        stream.tail.state.oldest = oldest
        stream.tail.bytes = bytes
        try save(stream.tail, of: stream.key)
        return dropped
    }
}
