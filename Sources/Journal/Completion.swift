public import Wire

/// The end of a task: what it gave, and where that goes.
public struct Completion: Sendable, Hashable {
    /// The origin of the task.
    public var origin: String
    /// Its sequence number there.
    public var n: Int64
    /// Link of the message, nil where it has none.
    public var link: Link?
    /// The stream that takes the entry, `res` or `dlq`.
    public var stream: String
    /// What is appended, or nil where the task ends without a trace.
    public var entry: NewEntry?

    /// Creates a completion.
    public init(origin: String, n: Int64, link: Link? = nil, stream: String, entry: NewEntry?) {
        self.origin = origin
        self.n = n
        self.link = link
        self.stream = stream
        self.entry = entry
    }
}
