public import Wire

/// A durable log of streams, and the account of what was consumed to make them.
///
/// Everything published is an entry here first. All calls block until they are durable, are safe from any thread, and must
/// stay off the cooperative pool. `SQLiteJournal` is the default implementation.
public protocol Journal: Sendable {
    /// Tries to become the journal's only writer; the role ends with the process or with `close`.
    ///
    /// - Returns: Whether this process now leads; false while another one does.
    func tryLead() throws(JournalError) -> Bool

    /// Epoch and bounds of a stream, which is made if it does not exist yet.
    func state(of stream: String) throws(JournalError) -> StreamState

    /// Appends entries to a stream in one transaction, durable on return.
    ///
    /// - Returns: The position of each entry; nil for one whose `id` the stream holds or held already.
    func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?]

    /// Reads messages in rising order from sequence number `first` on.
    ///
    /// - Parameters:
    ///   - stream: The stream's name.
    ///   - first: The lowest sequence number wanted.
    ///   - prefix: Only topics that start with this; empty for all.
    ///   - maxCount: At most so many messages.
    ///   - maxBytes: Stops after the message that passes so many bytes of bodies; at least one message is read.
    func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage]

    /// How many entries with `key` the stream ever took; versions of an article without one of their own count so.
    func count(of key: String, in stream: String) throws(JournalError) -> Int

    /// Whether the stream holds or held an entry with this id.
    func contains(_ id: String, in stream: String) throws(JournalError) -> Bool

    /// Drops the oldest entries of a stream until it is within `limits`; their ids stay known.
    ///
    /// - Returns: The stream's state afterwards.
    func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState

    /// How far the stream of `origin` was consumed, or nil if it never was.
    func progress(of origin: String) throws(JournalError) -> Progress?

    /// Starts or restarts the account of an origin at `cursor` in `epoch`, forgetting what it held.
    func begin(_ origin: String, epoch: String, cursor: Int64) throws(JournalError)

    /// Makes the number of attempts at a task durable before it is tried again.
    func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError)

    /// Completes tasks in one transaction: their entries, their settlement and the cursor of their origin.
    ///
    /// - Returns: The position of each completion's entry; nil where there was none to append, or its id is known already.
    func complete(_ completions: [Completion], cursors: [String: Int64]) throws(JournalError) -> [Position?]

    /// Ends the use of the journal and gives up leading; later calls throw.
    func close()
}

/// Epoch and bounds of a stream.
public struct StreamState: Sendable, Hashable {
    /// 16 hexadecimal digits, made at random with the stream.
    public var epoch: String
    /// Sequence number of the oldest entry still held; `last + 1` if none is.
    public var oldest: Int64
    /// Sequence number of the newest entry, 0 if there never was one.
    public var last: Int64

    /// Creates a state.
    public init(epoch: String, oldest: Int64, last: Int64) {
        self.epoch = epoch
        self.oldest = oldest
        self.last = last
    }
}

/// An entry to be appended to a stream.
public struct NewEntry: Sendable, Hashable {
    /// Unique within the stream, over its whole life.
    public var id: String
    /// The topic it is published on.
    public var topic: String
    /// What it is about, the article's URI.
    public var key: String
    /// The CloudEvent.
    public var body: [UInt8]
    /// The time of its position, in RFC 3339.
    public var time: String

    /// Creates an entry.
    public init(id: String, topic: String, key: String, body: [UInt8], time: String) {
        self.id = id
        self.topic = topic
        self.key = key
        self.body = body
        self.time = time
    }
}

/// How much of a stream is kept; a bound that is nil does not bind.
public struct Retention: Sendable, Hashable {
    /// At most so many bytes of bodies.
    public var bytes: Int64?
    /// Nothing with a position time before this one, in RFC 3339.
    public var since: String?
    /// Nothing from this sequence number on is dropped, however old.
    public var keepFrom: Int64?

    /// Creates limits.
    public init(bytes: Int64? = nil, since: String? = nil, keepFrom: Int64? = nil) {
        self.bytes = bytes
        self.since = since
        self.keepFrom = keepFrom
    }
}

/// How far an origin was consumed.
public struct Progress: Sendable, Hashable {
    /// Epoch of the origin's stream.
    public var epoch: String
    /// Every task up to this sequence number is settled.
    public var cursor: Int64
    /// Tasks beyond the cursor that are settled already.
    public var settled: Set<Int64>
    /// Attempts at tasks beyond the cursor that are not settled, where there was more than none.
    public var attempts: [Int64: Int]

    /// Creates a progress.
    public init(epoch: String, cursor: Int64, settled: Set<Int64> = [], attempts: [Int64: Int] = [:]) {
        self.epoch = epoch
        self.cursor = cursor
        self.settled = settled
        self.attempts = attempts
    }
}

/// The number of attempts at a task.
public struct TaskAttempt: Sendable, Hashable {
    /// The origin of the task.
    public var origin: String
    /// Its sequence number there.
    public var n: Int64
    /// Attempts that were begun.
    public var attempts: Int

    /// Creates an attempt.
    public init(origin: String, n: Int64, attempts: Int) {
        self.origin = origin
        self.n = n
        self.attempts = attempts
    }
}

/// The end of a task: what it gave, and where that goes.
public struct Completion: Sendable, Hashable {
    /// The origin of the task.
    public var origin: String
    /// Its sequence number there.
    public var n: Int64
    /// The stream that takes the entry, `res` or `dlq`.
    public var stream: String
    /// What is appended, or nil where the task ends without a trace.
    public var entry: NewEntry?

    /// Creates a completion.
    public init(origin: String, n: Int64, stream: String, entry: NewEntry?) {
        self.origin = origin
        self.n = n
        self.stream = stream
        self.entry = entry
    }
}
