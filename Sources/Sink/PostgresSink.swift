#if Postgres
internal import Journal
public import Wire

/// Analyses in a PostgreSQL database: who said what, and what is claimed, to be searched.
///
/// The tables are those of `SQLiteSink`, in a schema `onrecord` that is made at the first start, or in the first one of the URL's own
/// search path. One process at a time writes; another one stands by. What messages say and the cursor behind them are one transaction,
/// which looks at the cursor before: a commit of which nobody heard is not done twice. Every error says whether it is worth trying
/// again.
public struct PostgresSink: ~Copyable, Sink {
    var session: PostgresSession
    /// The connection that has the lock.
    private var locked = 0
    /// How far it has come, nil for a new one.
    public private(set) var cursor: SinkCursor?

    /// Connects to the database, and makes the tables where there are none.
    /// - Parameter url: The connection URL.
    /// - Throws: `JournalError`.
    public init(at url: String) throws {
        var session = PostgresSession(to: try PostgresPlace(url, schema: "onrecord"))
        try session.open()
        try Self.prepare(&session)
        // Before the cursor is read, which the one who has the lock moves.
        try Self.lock(&session)
        let text = try Self.cursor(&session)
        cursor = try? JSON.decode(SinkCursor.self, from: Array(text.utf8))
        try Self.vacuum(&session)
        locked = session.generation
        self.session = session
    }

    /// Looks whether analyses can be kept in a database, and changes nothing there.
    /// - Throws: `JournalError`.
    public static func check(_ url: String) throws {
        var session = PostgresSession(to: try PostgresPlace(url, schema: "onrecord"))
        try session.open()
        try prepare(&session, isTrial: true)
    }

    /// How far it has come, as it is written there, in a database of this release.
    static func cursor(_ session: inout PostgresSession) throws(JournalError) -> String {
        let found = try ask("SELECT version, cursor FROM sink", &session).first { ($0.integer(0), $0.text(1)) }
        guard let (version, text) = found, version == Self.version || version == upgrade.from else {
            throw JournalError(.unusable, "\(session.place): was made by another release; name another database")
        }
        try session.requireTables(
            names, remedy: "restore a copy, or name another database, which onrecord sink fills from the journal")
        return text
    }

    /// Takes the lock of those who write, which is held until the connection ends.
    private static func lock(_ session: inout PostgresSession) throws(JournalError) {
        let sql = "SELECT pg_try_advisory_lock(\(lockClass), 'sink'::regclass::oid::integer)::integer::bigint"
        guard try ask(sql, &session).first({ $0.integer(0) }) == 1 else {
            throw JournalError(.notLeading, "\(session.place): another process writes to it", isRetriable: true)
        }
    }

    /// "ORSK": the first half of the lock's key; the second is the table's object id.
    private static let lockClass = 0x4F52_534B

    /// Writes tables anew from which something was erased: its bytes are there until then.
    private static func vacuum(_ session: inout PostgresSession) throws(JournalError) {
        guard try ask("SELECT 1 FROM sink WHERE isstale", &session).count == 1 else { return }
        try session.execute("VACUUM (FULL, ANALYZE) passage, analysis, spelling", within: .seconds(4 * 3600))
        try session.execute("UPDATE sink SET isstale = false")
    }

    static func ask(_ sql: String, _ session: inout PostgresSession) throws(JournalError) -> PostgresRows {
        try session.run([PostgresQuery(sql)])[0]
    }

    /// Makes the tables where there are none, and looks whether those that are there can be written; a trial undoes what it makes.
    private static func prepare(_ session: inout PostgresSession, isTrial: Bool = false) throws(JournalError) {
        try checkEncoding(&session)
        try session.prepare(lock: "hashtext('onrecord sink')", holding: "sink", isTrial: isTrial) {
            (session) throws(JournalError) in
            guard try isThere(&session) else { return try session.makeTables(tables) }
            _ = try cursor(&session)
            guard try ask("SELECT version FROM sink", &session).first({ $0.integer(0) }) == upgrade.from else { return }
            for statement in upgrade.statements { try session.execute(statement) }
        }
    }

    /// Takes messages; one whose identifier it has already is not taken twice.
    @discardableResult
    public mutating func take(_ messages: [StreamMessage], upTo cursor: SinkCursor) throws -> [SinkRemark] {
        let (events, remarks) = SinkEvent.read(messages)
        let batch = Batch(events)
        try transaction(to: cursor) { (session) throws(JournalError) in
            try Self.write(batch, &session)
        }
        try Self.vacuum(&session)
        return remarks
    }

    /// Deletes what came with later numbers.
    public mutating func goBack(to cursor: SinkCursor) throws {
        let n = PostgresFormat.integer(cursor.n)
        try transaction(to: cursor) { (session) throws(JournalError) in
            _ = try session.run([
                PostgresQuery(
                    "DELETE FROM passage USING analysis WHERE analysis.key = passage.analysis AND analysis.n > $1", n),
                PostgresQuery("DELETE FROM analysis WHERE n > $1", n),
                PostgresQuery("DELETE FROM gone WHERE n > $1", n),
            ])
            try Self.joinAnew(&session)
        }
    }

    /// Does something and moves the cursor, both or neither; nothing where that was done before.
    private mutating func transaction(
        to next: SinkCursor, _ body: (inout PostgresSession) throws(JournalError) -> Void
    ) throws {
        let text = String(decoding: try JSON.encode(next), as: UTF8.self)
        let known = try cursor.map { String(decoding: try JSON.encode($0), as: UTF8.self) } ?? ""
        try session.open()
        if locked != session.generation {
            try Self.lock(&session)
            locked = session.generation
        }
        do {
            let begin = [PostgresQuery("BEGIN"), PostgresQuery("SELECT cursor FROM sink FOR UPDATE")]
            let there = try session.run(begin)[1].first { $0.text(0) }
            if there != text {
                guard there == known else {
                    throw JournalError(
                        .notLeading,
                        "\(session.place): another process has written to it, or it was set back; start again, to go on from there"
                    )
                }
                try body(&session)
                _ = try session.run([PostgresQuery("UPDATE sink SET cursor = $1", PostgresFormat.text(text))])
            }
            _ = try session.run([PostgresQuery("COMMIT")])
        } catch {
            session.rollBack()
            throw error
        }
        cursor = next
    }
}
#endif
