public import Wire

/// A durable log of streams, and the account of what was consumed to make them.
///
/// Everything published is an entry here first. All calls block until they are durable, are safe from any thread, and must
/// stay off the cooperative pool. `SQLiteJournal` is the default implementation.
///
/// Only the leader writes, `post` aside. A write takes the lead where nobody has it, and throws `notLeading` where another process does;
/// reading needs no lead. A call that throws has changed nothing, and can be repeated where the error `isRetriable`.
public protocol Journal: Sendable {
    /// Tries to become the journal's only writer; the role ends with the process or with `close`.
    ///
    /// - Returns: Whether this process now leads; false while another one does.
    func tryLead() throws(JournalError) -> Bool

    /// Looks, as the new leader, whether the journal is where and as it was last left; if not, or if `restored` says so, gives
    /// every stream a new epoch, so that nobody takes its numbers for those that were given before.
    ///
    /// - Returns: Why the streams have new epochs, for a person; nil where they have not.
    func takeUp(restored: Bool) throws(JournalError) -> String?

    /// Epoch and bounds of a stream, which is made if it does not exist yet.
    func state(of stream: String) throws(JournalError) -> StreamState

    /// Appends entries to a stream in one transaction, durable on return.
    ///
    /// - Returns: The position of each entry; nil for one whose `id` the stream holds or held already.
    func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?]

    /// Appends an entry to a stream without leading, durable on return; for streams that only `post` appends to.
    ///
    /// So a tool hands the leader, which reads the stream, what it is to do.
    ///
    /// - Returns: The position; nil for an entry whose `id` the stream holds or held already.
    func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position?

    /// Reads messages in rising order from sequence number `first` on.
    ///
    /// - Parameters:
    ///   - stream: The stream's name.
    ///   - first: The lowest sequence number wanted.
    ///   - prefix: Only topics that start with this; empty for all.
    ///   - maxCount: At most so many messages.
    ///   - maxBytes: Stops after the message that passes so many bytes of bodies; at least one message is read.
    /// - Returns: The messages; none where the stream holds none or does not exist.
    /// - Throws: `JournalError`, as every call of a journal.
    func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage]

    /// How many entries with `key` the stream ever took; versions of an article without one of their own count so.
    func count(of key: String, in stream: String) throws(JournalError) -> Int

    /// Sequence numbers of the entries with `key` that the stream holds, the newest first.
    ///
    /// - Parameters:
    ///   - key: The key of the entries, or one of their other keys.
    ///   - stream: The stream's name.
    ///   - maxCount: At most so many.
    /// - Returns: The numbers.
    /// - Throws: `JournalError`, as every call of a journal.
    func numbers(about key: String, in stream: String, maxCount: Int) throws(JournalError) -> [Int64]

    /// Links of those of the entries `numbers` whose links the stream still has.
    func links(of stream: String, at numbers: [Int64]) throws(JournalError) -> [Int64: Link]

    /// Whether the stream holds or held an entry with this id.
    func contains(_ id: String, in stream: String) throws(JournalError) -> Bool

    /// Drops the oldest entries of a stream until it is within `limits`; their ids stay known.
    ///
    /// - Returns: The stream's state afterwards.
    func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState

    /// How far the stream of `origin` was consumed, or nil if it never was.
    func progress(of origin: String) throws(JournalError) -> Progress?

    /// Starts or restarts the account of an origin at `cursor` in `epoch`, forgetting what it held.
    ///
    /// - Parameters:
    ///   - origin: The origin's name.
    ///   - epoch: Epoch of its stream.
    ///   - journal: The epoch that the stream began with, nil where its server does not say.
    ///   - cursor: Up to where everything is settled.
    /// - Throws: `JournalError`.
    func begin(_ origin: String, epoch: String, journal: String?, cursor: Cursor) throws(JournalError)

    /// Makes the number of attempts at a task durable before it is tried again.
    func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError)

    /// Completes tasks in one transaction: their entries, their settlement and the cursors of their origins.
    ///
    /// A task that is settled already stays as it is, unless it was settled under another link. Cursors only move forward; tasks up to them are forgotten.
    ///
    /// - Parameters:
    ///   - completions: The tasks, of origins that were begun.
    ///   - cursors: For each origin that moves, up to where all its tasks are settled.
    /// - Returns: The position of each completion's entry; nil where there was none to append, its task was settled before,
    ///   or its id is known already.
    /// - Throws: `JournalError`; `failed` for an origin that was never begun.
    func complete(_ completions: [Completion], cursors: [String: Cursor]) throws(JournalError) -> [Position?]

    /// Gives entries of a stream another body, in one transaction, without leading; number, id, topic and link stay.
    ///
    /// - Parameters:
    ///   - key: The key of the entries, or one of their other keys.
    ///   - stream: The stream's name.
    ///   - body: The new body of a message; nil leaves it as it is.
    /// - Returns: The messages that were replaced, as they were, without their bodies.
    /// - Throws: `JournalError`.
    func replace(
        about key: String, in stream: String, with body: (StreamMessage) -> [UInt8]?
    ) throws(JournalError) -> [StreamMessage]

    /// Makes sure that there is room for more, as far as this can be seen from here.
    func requireRoom() throws(JournalError)

    /// Sees to it that nothing is left of what was replaced or dropped, as far as this can reach: in free space and logs.
    ///
    /// It rewrites the journal, which takes its time and as much room as that has; meanwhile, other calls may be `unavailable`.
    func scrub() throws(JournalError)

    /// Ends the use of the journal and gives up leading; later calls throw.
    func close()
}

extension Journal {
    /// Whoever keeps the journal elsewhere looks after its room.
    public func requireRoom() throws(JournalError) {}
}
