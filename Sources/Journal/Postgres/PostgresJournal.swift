#if Postgres
internal import Synchronization

/// A journal in a PostgreSQL database, version 15 or later, for services that outlive a machine.
///
/// Each service has a schema of its own, named after it and made at the first start, so that one URL does for all:
/// `postgres://user@host/database`. Another schema can be set as the first in the search path, with
/// `?options=-csearch_path%3Dname`; it has to be there. Several hosts in the URL make it follow a fail-over; passwords
/// belong in `PGPASSFILE`, where process listings do not show them.
///
/// The leader holds an advisory lock on the session that it writes with, so the server itself fences what it writes; a
/// term, raised with each change of leader and checked in each transaction, tells a leader that lost its session whether
/// another one has led since. Then it throws `notLeading` until `tryLead`. Pools that share sessions break this.
///
/// A call whose connection is lost is repeated once on a new one. Where even then the fate of a commit is unknown it throws
/// `unavailable`; repeating the call adds nothing twice, and gives the positions of what was committed and not reported.
///
/// There are no leases in tables, and so no `FOR UPDATE SKIP LOCKED`: the one leader hands out all tasks.
///
/// Bounds: a call holds its bodies twice, once as they go to the server. It waits 4 s for its server, and a second more
/// for each megabyte, then 2 s for each host of the URL to take a new connection; the pauses between attempts grow to 5 s,
/// in which calls fail at once. A server that waits for its synchronous standby makes calls fail so, and their entries
/// are acknowledged once the standby has them. The tables shrink as autovacuum allows.
public final class PostgresJournal: Journal {
    let place: PostgresPlace
    private let writer: Mutex<PostgresWriter?>
    private let reader: Mutex<PostgresSession?>

    /// Connects to the database at `url` and makes the tables where there are none.
    ///
    /// - Parameters:
    ///   - url: The connection URL.
    ///   - schema: An SQL name: the schema of the tables where the URL sets no search path.
    /// - Throws: `JournalError`.
    public convenience init(at url: String, schema: String = "journal") throws(JournalError) {
        try self.init(at: url, schema: schema, patience: .seconds(4))
    }

    /// Connects; no call waits longer than `patience` for an answer.
    init(at url: String, schema: String = "journal", patience: Duration) throws(JournalError) {
        place = try PostgresPlace(url, schema: schema)
        var session = PostgresSession(to: place, patience: patience)
        try session.open()
        try PostgresSchema.prepare(&session)
        writer = Mutex(PostgresWriter(session))
        reader = Mutex(PostgresSession(to: place, patience: patience))
    }

    /// Takes the advisory lock and begins a term, unless another session holds the lock.
    public func tryLead() throws(JournalError) -> Bool {
        try write { (writer) throws(JournalError) in try writer.tryLead() }
    }

    /// Gives the streams new epochs where the database is another one than before, or was restored.
    ///
    /// A database that was set back in its place, as recovery to a point in time does, looks like one that was not; followers
    /// find that out by links.
    public func takeUp(restored: Bool) throws(JournalError) -> String? {
        let questions = [
            PostgresQuery("SELECT 1 FROM journal WHERE home = (\(PostgresSchema.home))"),
            PostgresQuery("SELECT name FROM streams"),
        ]
        return try write { (writer) throws(JournalError) in
            try writer.write(questions) { (answers, _) throws(JournalError) in
                let isHome = answers[0].count == 1
                guard restored || !isHome else { return ([], nil) }
                let names = answers[1].map { $0.text(0) }
                let effects = [
                    PostgresQuery("UPDATE journal SET home = (\(PostgresSchema.home))"),
                    PostgresQuery(
                        """
                        UPDATE streams SET epoch = new.epoch FROM unnest($1::bytea[], $2::bytea[]) AS new (name, epoch)
                        WHERE streams.name = new.name
                        """, PostgresFormat.texts(names),
                        PostgresFormat.texts(names.map { _ in StreamState.newEpoch() })),
                ]
                let reason = restored ? "it was restored, as it was said" : "it is a copy, in another database"
                return (effects, reason)
            }
        }
    }

    /// Ends both sessions, and with them the lead; waits for a call that is in progress.
    public func close() {
        writer.withLock { writer in
            writer?.resign()
            writer = nil
        }
        reader.withLock { $0 = nil }
    }

    /// Runs `body` with the writer.
    func write<Result: Sendable>(
        _ body: (inout PostgresWriter) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        let result = try writer.withLock { (writer) throws(JournalError) -> Result? in
            try writer?.perform(body)
        }
        guard let result else { throw .closed(place.description) }
        return result
    }

    /// Runs one query on the reading session, and once more if the connection was lost under it.
    func read<Result: Sendable>(
        _ query: PostgresQuery, _ body: (PostgresRows) -> Result
    ) throws(JournalError) -> Result {
        let result = try reader.withLock { (reader) throws(JournalError) in try reader?.answer(query, body) }
        guard let result else { throw .closed(place.description) }
        return result
    }
}
#endif
