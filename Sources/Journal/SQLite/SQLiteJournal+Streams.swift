public import Wire

extension SQLiteJournal {
    /// Epoch and bounds of a stream; only making a stream takes the lead.
    public func state(of stream: String) throws(JournalError) -> StreamState {
        if let known = try read({ (db) throws(JournalError) in try db.tail(of: stream)?.state }) { return known }
        return try write { (db) throws(JournalError) in try db.tailMadeIfMissing(of: stream).state }
    }

    /// Appends entries in one transaction: one fsync of the write-ahead log, however many they are.
    public func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?] {
        try write { (db) throws(JournalError) in
            try db.requireFree(SQLiteJournal.reserve)
            var tail = try db.tailMadeIfMissing(of: stream)
            var positions: [Position?] = []
            for entry in entries { positions.append(try db.append(entry, to: &tail)) }
            try db.save(tail)
            return positions
        }
    }

    /// Appends an entry beside the leader: SQLite has the two take turns.
    public func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try write(leading: false) { (db) throws(JournalError) in
            try db.requireFree(SQLiteJournal.reserve / 2)
            var tail = try db.tailMadeIfMissing(of: stream)
            let position = try db.append(entry, to: &tail)
            try db.save(tail)
            return position
        }
    }

    /// Reads messages in rising order without waiting for a writer.
    public func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage] {
        guard maxCount > 0 else { return [] }
        return try read { (db) throws(JournalError) in
            guard let tail = try db.tail(of: stream) else { return [] }
            var messages: [StreamMessage] = []
            var bytes = 0
            let sql = """
                SELECT entry.n, previous, topic.name, id, time, body FROM entry JOIN topic ON topic.key = entry.topic
                WHERE entry.stream = ? AND n >= ?
                """
            // Only the index is read to find the entries of the topics that match.
            let matching = """
                 AND entry.topic IN (SELECT key FROM topic WHERE stream = ? AND substr(name, 1, length(?)) = ?)
                """
            let isFiltered = !prefix.isEmpty
            try db.rows(
                sql + (isFiltered ? matching : "") + " ORDER BY n",
                [.integer(tail.key), .integer(first)]
                    + (isFiltered ? [.integer(tail.key), .text(prefix), .text(prefix)] : [])
            ) { (row) throws(JournalError) in
                let position = Position(
                    s: stream, e: tail.state.epoch, n: row.integer(0), p: row.integer(1), id: row.text(3),
                    ts: row.text(4))
                let message = StreamMessage(topic: row.text(2), position: position, body: row.blob(5))
                messages.append(message)
                bytes += message.body.count
                return messages.count < maxCount && bytes < maxBytes
            }
            return messages
        }
    }

    /// How many entries with `key` the stream ever took.
    public func count(of key: String, in stream: String) throws(JournalError) -> Int {
        try read { (db) throws(JournalError) in
            guard let tail = try db.tail(of: stream) else { return 0 }
            let count = try db.first(
                "SELECT count FROM subject WHERE stream = ? AND key = ?", .integer(tail.key), .text(key)
            ) { $0.integer(0) }
            return Int(count ?? 0)
        }
    }

    /// Whether the stream holds or held an entry with this id.
    public func contains(_ id: String, in stream: String) throws(JournalError) -> Bool {
        try read { (db) throws(JournalError) in
            guard let tail = try db.tail(of: stream) else { return false }
            return try db.first(
                "SELECT 1 FROM known WHERE stream = ? AND id = ?", .integer(tail.key), .text(id)
            ) { _ in true } ?? false
        }
    }

    /// Drops the oldest entries, 500 a transaction, until the stream is within `limits`.
    public func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState {
        while true {
            // Step by step, so that appending never waits long and the write-ahead log stays small.
            let (state, isDone) = try write { (db) throws(JournalError) in
                var tail = try db.tailMadeIfMissing(of: stream)
                let dropped = try db.dropOldest(of: &tail, within: limits, atMost: 500)
                return (tail.state, dropped < 500)
            }
            if isDone { return state }
        }
    }
}
