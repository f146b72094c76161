#if Postgres
public import Wire

extension PostgresJournal {
    /// Gives entries another body, in transactions that need no lead.
    public func replace(
        about key: String, in stream: String, with body: (StreamMessage) -> [UInt8]?
    ) throws(JournalError) -> [StreamMessage] {
        var replaced: [StreamMessage] = []
        for n in try numbers(about: key, in: stream, maxCount: .max).reversed() {
            guard var message = try read(stream, from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
                message.position.n == n, let new = body(message)
            else { continue }
            let growth = Int64(new.count - message.body.count)
            message.body = []
            try write { (writer) throws(JournalError) in
                try writer.replace(n, of: stream, with: new, growth: growth)
            }
            replaced.append(message)
        }
        return replaced
    }

    /// Rewrites the table of entries and the planner's samples of it; write-ahead log, archives and standbys are the server's own.
    public func scrub() throws(JournalError) {
        var session = PostgresSession(to: place, patience: .seconds(10))
        try session.open()
        try session.execute("VACUUM (FULL, ANALYZE) entry", within: .seconds(4 * 3600))
    }
}

extension PostgresWriter {
    /// Gives one entry another body.
    mutating func replace(
        _ n: Int64, of stream: String, with body: [UInt8], growth: Int64
    ) throws(JournalError) {
        let name = PostgresFormat.text(stream)
        try postOnce { (run) throws(JournalError) in
            _ = try run([
                PostgresQuery("BEGIN"),
                PostgresQuery(
                    "UPDATE streams SET bytes = bytes + $2 WHERE name = $1", name, PostgresFormat.integer(growth)),
                PostgresQuery(
                    "UPDATE entry SET body = $3 WHERE stream = $1 AND n = $2", name, PostgresFormat.integer(n), body),
                PostgresQuery("COMMIT"),
            ])
        }
    }
}
#endif
