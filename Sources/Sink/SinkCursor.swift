public import Wire

/// How far a sink has come in a stream: everything up to `n` is in it.
public struct SinkCursor: Sendable, Hashable, Codable {
    /// Epoch of the stream.
    public var epoch: String
    /// The epoch that the stream began with, nil where its server does not say.
    public var journal: String?
    /// Number of the last message.
    public var n: Int64
    /// Points of the stream up to there, by which its history is known.
    public var trail: Trail
    /// What of the stream the sink was begun with, nil for all.
    public var selection: String?

    /// Creates a cursor.
    public init(epoch: String, journal: String?, n: Int64, trail: Trail = Trail(), selection: String? = nil) {
        self.epoch = epoch
        self.journal = journal
        self.n = n
        self.trail = trail
        self.selection = selection
    }
}

/// A place that keeps what a stream of results says, each message once.
public protocol Sink: ~Copyable {
    /// How far it has come, nil for a new one.
    var cursor: SinkCursor? { get }

    /// Takes messages and moves the cursor behind them: both or neither is durable.
    /// - Returns: What it left out, since it cannot be read.
    @discardableResult
    mutating func take(_ messages: [StreamMessage], upTo cursor: SinkCursor) throws -> [SinkRemark]

    /// Forgets what came after the cursor, since the journal was set back to it.
    mutating func goBack(to cursor: SinkCursor) throws
}
