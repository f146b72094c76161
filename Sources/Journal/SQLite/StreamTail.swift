internal import Wire

/// A stream's row: where the next entry goes.
struct StreamTail {
    /// The row's key in the database.
    let key: Int64
    /// The stream's name.
    let name: String
    /// Epoch and bounds.
    var state: StreamState
    /// Bytes of the bodies that are held.
    var bytes: Int64
}

extension Database {
    /// The tail of a stream, or nil if there is no such stream.
    mutating func tail(of stream: String) throws(JournalError) -> StreamTail? {
        try first("SELECT key, epoch, oldest, last, bytes FROM stream WHERE name = ?", .text(stream)) { row in
            StreamTail(
                key: row.integer(0), name: stream,
                state: StreamState(epoch: row.text(1), oldest: row.integer(2), last: row.integer(3)),
                bytes: row.integer(4))
        }
    }

    /// The tail of a stream, which starts here if there is none.
    mutating func tailMadeIfMissing(of stream: String) throws(JournalError) -> StreamTail {
        if let tail = try tail(of: stream) { return tail }
        let state = StreamState(epoch: StreamState.newEpoch(), oldest: 1, last: 0)
        try run(
            "INSERT INTO stream (name, epoch, oldest, last, bytes) VALUES (?, ?, ?, ?, 0)", .text(stream),
            .text(state.epoch), .integer(state.oldest), .integer(state.last))
        return StreamTail(key: lastInsertedKey, name: stream, state: state, bytes: 0)
    }

    /// Writes a tail back.
    mutating func save(_ tail: StreamTail) throws(JournalError) {
        try run(
            "UPDATE stream SET oldest = ?, last = ?, bytes = ? WHERE key = ?", .integer(tail.state.oldest),
            .integer(tail.state.last), .integer(tail.bytes), .integer(tail.key))
    }

    /// Puts an entry at the end of a stream, unless its id is known there.
    mutating func append(_ entry: NewEntry, to tail: inout StreamTail) throws(JournalError) -> Position? {
        try run("INSERT OR IGNORE INTO known (stream, id) VALUES (?, ?)", .integer(tail.key), .text(entry.id))
        guard changes == 1 else { return nil }
        let n = tail.state.last + 1
        try run(
            """
            INSERT INTO subject (stream, key, count) VALUES (?, ?, 1)
            ON CONFLICT DO UPDATE SET count = count + 1
            """, .integer(tail.key), .text(entry.key))
        let (topic, previous) = try moveTopic(entry.topic, of: tail.key, to: n)
        try run(
            "INSERT INTO entry (stream, n, previous, topic, id, time, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            .integer(tail.key), .integer(n), .integer(previous), .integer(topic), .text(entry.id), .text(entry.time),
            .blob(entry.body))
        tail.state.last = n
        tail.bytes += Int64(entry.body.count)
        return Position(s: tail.name, e: tail.state.epoch, n: n, p: previous, id: entry.id, ts: entry.time)
    }

    /// Makes `n` the latest of a topic.
    ///
    /// - Returns: The topic's key and what was the latest before, 0 for none.
    private mutating func moveTopic(
        _ name: String, of stream: Int64, to n: Int64
    ) throws(JournalError) -> (key: Int64, previous: Int64) {
        let known = try first(
            "SELECT key, last FROM topic WHERE stream = ? AND name = ?", .integer(stream), .text(name)
        ) { (key: $0.integer(0), previous: $0.integer(1)) }
        if let known {
            try run("UPDATE topic SET last = ? WHERE key = ?", .integer(n), .integer(known.key))
            return known
        }
        try run(
            "INSERT INTO topic (stream, name, last) VALUES (?, ?, ?)", .integer(stream), .text(name), .integer(n))
        return (lastInsertedKey, 0)
    }

    /// Drops at most `count` entries from a stream's start, and none that is within `limits`.
    ///
    /// - Returns: How many were dropped.
    mutating func dropOldest(
        of tail: inout StreamTail, within limits: Retention, atMost count: Int
    ) throws(JournalError) -> Int {
        var oldest = tail.state.oldest
        var bytes = tail.bytes
        var dropped = 0
        try rows(
            "SELECT n, time, length(body) FROM entry WHERE stream = ? AND n >= ? ORDER BY n",
            [.integer(tail.key), .integer(oldest)]
        ) { row in
            let n = row.integer(0)
            guard dropped < count, limits.drops(n, time: row.text(1), held: bytes) else { return false }
            oldest = n + 1
            bytes -= row.integer(2)
            dropped += 1
            return true
        }
        guard dropped > 0 else { return 0 }
        try run("DELETE FROM entry WHERE stream = ? AND n < ?", .integer(tail.key), .integer(oldest))
        tail.state.oldest = oldest
        tail.bytes = bytes
        try save(tail)
        return dropped
    }
}
