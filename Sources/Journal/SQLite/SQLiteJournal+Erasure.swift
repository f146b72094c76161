internal import Glibc
public import Wire

extension SQLiteJournal {
    /// Gives entries another body, beside the leader: SQLite has the two take turns.
    public func replace(
        about key: String, in stream: String, with body: (StreamMessage) -> [UInt8]?
    ) throws(JournalError) -> [StreamMessage] {
        let numbers = try numbers(about: key, in: stream, maxCount: .max)
        guard !numbers.isEmpty else { return [] }
        var replaced: [StreamMessage] = []
        for n in numbers.reversed() {
            guard var message = try read(stream, from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
                message.position.n == n, let new = body(message)
            else { continue }
            let growth = Int64(new.count - message.body.count)
            message.body = []
            // One at a time, so that nobody waits long; whoever repeats it finds the rest.
            try write(leading: false) { (db) throws(JournalError) in
                guard let held = try db.stream(stream) else { return }
                try db.run(
                    "UPDATE entry SET body = ? WHERE stream = ? AND n = ?", .blob(new), .integer(held.key), .integer(n))
                try db.run("UPDATE streams SET bytes = bytes + ? WHERE key = ?", .integer(growth), .integer(held.key))
            }
            replaced.append(message)
        }
        return replaced
    }

    /// Rewrites the file, and empties the write-ahead log, on a connection of its own.
    public func scrub() throws(JournalError) {
        var database = try Database(at: path)
        try database.keepLog()
        try Self.patiently { () throws(JournalError) in
            try database.run("VACUUM")
            return true
        }
        let isEmpty = try Self.patiently { () throws(JournalError) in try database.emptyLog() }
        guard isEmpty else {
            throw JournalError(
                .unavailable,
                "\(path): another process reads it, and what was erased is still in its write-ahead log; "
                    + "do it again", isRetriable: true)
        }
    }

    /// Does something again for half a minute, until it works.
    @discardableResult
    private static func patiently(_ body: () throws(JournalError) -> Bool) throws(JournalError) -> Bool {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do throws(JournalError) {
                if try body() { return true }
                if ContinuousClock.now > deadline { return false }
            } catch {
                guard error.isRetriable, error.code == .unavailable, ContinuousClock.now < deadline else { throw error }
            }
            usleep(50_000)
        }
    }
}
