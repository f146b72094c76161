#if Postgres
public import Wire

extension PostgresJournal {
    /// Epoch and bounds of a stream; only making a stream takes the lead.
    public func state(of stream: String) throws(JournalError) -> StreamState {
        let query = PostgresQuery(
            "SELECT epoch, oldest, last, journal, link FROM streams WHERE name = $1", PostgresFormat.text(stream))
        let known = try read(query) { rows in
            rows.first { row in
                StreamState(
                    epoch: row.text(0), oldest: row.integer(1), last: row.integer(2), journal: row.text(3),
                    link: Link(bytes: row.blob(4)) ?? .start)
            }
        }
        if let known { return known }
        return try retain(stream, within: Retention())
    }

    /// Appends entries in one transaction.
    public func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?] {
        let placed = entries.map { (stream: stream, entry: $0) }
        return try write { (writer) throws(JournalError) in
            try writer.append(placed, asking: []) { (plan, _) throws(JournalError) in
                ([], entries.map { plan.append($0, to: stream) })
            }
        }
    }

    /// Appends an entry in a transaction of its own, which needs no lead.
    public func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try write { (writer) throws(JournalError) in try writer.post(entry, to: stream) }
    }

    /// Reads messages in rising order on a session of its own, without waiting for a writer.
    public func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage] {
        var messages: [StreamMessage] = []
        var bytes = 0
        var next = first
        let found = try read(
            PostgresQuery("SELECT epoch, last FROM streams WHERE name = $1", PostgresFormat.text(stream))
        ) { rows in rows.first { (epoch: $0.text(0), last: $0.integer(1)) } }
        // What comes later may not be there yet when the entries are read.
        guard let (epoch, bound) = found else { return [] }
        while messages.count < maxCount, messages.isEmpty || bytes < maxBytes {
            // First the sizes, so that no more bodies cross the network and stand in memory than were asked for.
            let wanted = min(maxCount - messages.count, 1_000)
            let sizes = try read(
                PostgresQuery(
                    """
                    SELECT n, octet_length(body)::bigint FROM entry
                    WHERE stream = $1 AND n >= $2 AND substring(topic FOR octet_length($3::bytea)) = $3
                    ORDER BY n LIMIT $4::bigint
                    """, PostgresFormat.text(stream), PostgresFormat.integer(next), PostgresFormat.text(prefix),
                    PostgresFormat.integer(Int64(wanted)))
            ) { $0.map { (n: $0.integer(0), bytes: Int($0.integer(1))) } }
            guard let last = sizes.last(where: { _ in true }) else { break }
            var upper = last.n
            for size in sizes {
                bytes += size.bytes
                upper = size.n
                if bytes >= maxBytes { break }
            }
            messages += try read(
                PostgresQuery(
                    """
                    SELECT n, previous, topic, id, time, body, h FROM entry LEFT JOIN link USING (stream, n)
                    WHERE stream = $1 AND n BETWEEN $2 AND $3
                        AND substring(topic FOR octet_length($4::bytea)) = $4
                    ORDER BY n
                    """, PostgresFormat.text(stream), PostgresFormat.integer(next), PostgresFormat.integer(upper),
                    PostgresFormat.text(prefix))
            ) { rows in
                rows.map { row in
                    let position = Position(
                        s: stream, e: epoch, n: row.integer(0), p: row.integer(1), id: row.text(3), ts: row.text(4),
                        h: Link(bytes: row.blob(6)))
                    return StreamMessage(topic: row.text(2), position: position, body: row.blob(5))
                }
            }
            guard upper < .max, sizes.count == wanted || upper < last.n else { break }
            next = upper + 1
        }
        guard prefix.isEmpty, maxCount > 0 else { return messages }
        // Asked after reading: what is past retention now may have been kept before.
        let state = try state(of: stream)
        guard let n = Hole.first(in: messages.filter { $0.position.n >= state.oldest }, from: first, of: state),
            n <= messages.last?.position.n ?? bound
        else { return messages }
        let before = messages.filter { $0.position.n < n }
        guard !before.isEmpty else { throw Hole.error(n, of: stream, at: place.description) }
        return before
    }

    /// Links of entries, by one query.
    public func links(of stream: String, at numbers: [Int64]) throws(JournalError) -> [Int64: Link] {
        let query = PostgresQuery(
            "SELECT n, h FROM link WHERE stream = $1 AND n = ANY ($2::bigint[])", PostgresFormat.text(stream),
            PostgresFormat.integers(numbers))
        return try read(query) { rows in
            Dictionary(rows.map { ($0.integer(0), Link(bytes: $0.blob(1)) ?? .start) }) { first, _ in first }
        }
    }

    /// How many entries with `key` the stream ever took.
    public func count(of key: String, in stream: String) throws(JournalError) -> Int {
        let query = PostgresQuery(
            "SELECT count FROM subject WHERE stream = $1 AND digest = sha256($2::bytea)",
            PostgresFormat.text(stream), PostgresFormat.text(key))
        return try read(query) { rows in rows.first { Int($0.integer(0)) } ?? 0 }
    }

    /// Numbers of entries with `key`, by the index of keys.
    public func numbers(about key: String, in stream: String, maxCount: Int) throws(JournalError) -> [Int64] {
        let query = PostgresQuery(
            """
            SELECT n FROM about JOIN streams ON streams.name = stream
            WHERE stream = $1 AND digest = sha256($2::bytea) AND n >= oldest ORDER BY n DESC LIMIT $3::bigint
            """, PostgresFormat.text(stream), PostgresFormat.text(key), PostgresFormat.integer(Int64(maxCount)))
        return try read(query) { $0.map { $0.integer(0) } }
    }

    /// Whether the stream holds or held an entry with this id.
    public func contains(_ id: String, in stream: String) throws(JournalError) -> Bool {
        let query = PostgresQuery(
            "SELECT n FROM known WHERE stream = $1 AND digest = sha256($2::bytea)",
            PostgresFormat.text(stream), PostgresFormat.text(id))
        return try read(query) { $0.count == 1 }
    }

    /// Drops the oldest entries, 500 a transaction, until the stream is within `limits`.
    public func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState {
        while true {
            let (state, dropped) = try write { (writer) throws(JournalError) in
                try writer.dropOldest(of: stream, within: limits, atMost: 500)
            }
            if dropped < 500 { return state }
        }
    }
}
#endif
