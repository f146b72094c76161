public import Wire

extension SQLiteJournal {
    /// Epoch and bounds of a stream; only making a stream takes the lead.
    public func state(of stream: String) throws(JournalError) -> StreamState {
        if let known = try read({ (db) throws(JournalError) in try db.stream(stream)?.tail.state }) { return known }
        return try write { (db) throws(JournalError) in try db.streamMadeIfMissing(stream).tail.state }
    }

    /// Whether there is such a stream.
    func holds(_ stream: String) throws(JournalError) -> Bool {
        try read { (db) throws(JournalError) in try db.stream(stream) != nil }
    }

    /// Appends entries in one transaction: one fsync of the write-ahead log, however many they are.
    public func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?] {
        try write { (db) throws(JournalError) in
            try db.requireFree(SQLiteJournal.reserve)
            return try db.append(entries.map { (stream, $0) }) { (plan) throws(JournalError) in
                entries.map { plan.append($0, to: stream) }
            }
        }
    }

    /// Asks the disk, and the file for the room in it.
    public func requireRoom() throws(JournalError) {
        try read { (db) throws(JournalError) in try db.requireFree(SQLiteJournal.reserve) }
    }

    /// Appends an entry beside the leader: SQLite has the two take turns.
    public func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try write(leading: false) { (db) throws(JournalError) in
            try db.requireFree(SQLiteJournal.reserve / 2)
            return try db.append([(stream, entry)]) { (plan) throws(JournalError) in plan.append(entry, to: stream) }
        }
    }

    /// Reads messages in rising order without waiting for a writer.
    public func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage] {
        guard maxCount > 0 else { return [] }
        return try read { (db) throws(JournalError) in
            guard let held = try db.stream(stream) else { return [] }
            var messages: [StreamMessage] = []
            var bytes = 0
            let sql = """
                SELECT entry.n, previous, topic.name, id, time, body, h FROM entry JOIN topic ON topic.key = entry.topic
                    LEFT JOIN link ON link.stream = entry.stream AND link.n = entry.n
                WHERE entry.stream = ? AND entry.n >= ?
                """
            // Only the index is read to find the entries of the topics that match.
            let matching = """
                 AND entry.topic IN (SELECT key FROM topic WHERE stream = ? AND substr(name, 1, length(?)) = ?)
                """
            let isFiltered = !prefix.isEmpty
            try db.rows(
                sql + (isFiltered ? matching : "") + " ORDER BY entry.n",
                [.integer(held.key), .integer(first)]
                    + (isFiltered ? [.integer(held.key), .text(prefix), .text(prefix)] : [])
            ) { (row) throws(JournalError) in
                let position = Position(
                    s: stream, e: held.tail.state.epoch, n: row.integer(0), p: row.integer(1), id: row.text(3),
                    ts: row.text(4), h: Link(bytes: row.blob(6)))
                let message = StreamMessage(topic: row.text(2), position: position, body: row.blob(5))
                messages.append(message)
                bytes += message.body.count
                return messages.count < maxCount && bytes < maxBytes
            }
            guard prefix.isEmpty, let n = Hole.first(in: messages, from: first, of: held.tail.state) else {
                return messages
            }
            let before = messages.filter { $0.position.n < n }
            guard !before.isEmpty else { throw Hole.error(n, of: stream, at: path) }
            return before
        }
    }

    /// Links of entries, one by one.
    public func links(of stream: String, at numbers: [Int64]) throws(JournalError) -> [Int64: Link] {
        try read { (db) throws(JournalError) in
            guard let key = try db.stream(stream)?.key else { return [:] }
            var links: [Int64: Link] = [:]
            for n in numbers {
                links[n] =
                    try db.first("SELECT h FROM link WHERE stream = ? AND n = ?", .integer(key), .integer(n)) {
                        Link(bytes: $0.blob(0))
                    } ?? nil
            }
            return links
        }
    }

    /// How many entries with `key` the stream ever took.
    public func count(of key: String, in stream: String) throws(JournalError) -> Int {
        try read { (db) throws(JournalError) in
            guard let held = try db.stream(stream)?.key else { return 0 }
            let count = try db.first(
                "SELECT count FROM subject WHERE stream = ? AND key = ?", .integer(held), .text(key)
            ) { $0.integer(0) }
            return Int(count ?? 0)
        }
    }

    /// Numbers of entries with `key`, by the index of keys.
    public func numbers(about key: String, in stream: String, maxCount: Int) throws(JournalError) -> [Int64] {
        try read { (db) throws(JournalError) in
            guard let held = try db.stream(stream) else { return [] }
            var numbers: [Int64] = []
            try db.rows(
                "SELECT n FROM about WHERE stream = ? AND key = ? AND n >= ? ORDER BY n DESC LIMIT ?",
                [.integer(held.key), .text(key), .integer(held.tail.state.oldest), .integer(Int64(maxCount))]
            ) { row in
                numbers.append(row.integer(0))
                return true
            }
            return numbers
        }
    }

    /// Whether the stream holds or held an entry with this id.
    public func contains(_ id: String, in stream: String) throws(JournalError) -> Bool {
        try read { (db) throws(JournalError) in
            guard let held = try db.stream(stream)?.key else { return false }
            return try db.isKnown(id, in: held)
        }
    }

    /// Drops the oldest entries, 500 a transaction, until the stream is within `limits`.
    public func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState {
        while true {
            // Step by step, so that appending never waits long and the write-ahead log stays small.
            let (state, isDone) = try write { (db) throws(JournalError) in
                var held = try db.streamMadeIfMissing(stream)
                let dropped = try db.dropOldest(of: &held, within: limits, atMost: 500)
                return (held.tail.state, dropped < 500)
            }
            if isDone { return state }
        }
    }
}
