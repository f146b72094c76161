#if Postgres
internal import Wire

/// Decides which entries go where, from what the database says about their streams, topics and ids.
struct AppendPlan {
    /// An id or a topic in a stream.
    struct Name: Hashable {
        let stream: String
        let name: String
    }

    /// An entry with its place.
    struct Row {
        let stream: String
        let n: Int64
        let previous: Int64
        let entry: NewEntry
    }

    /// A stream's epoch and bounds, and the bytes of the bodies that it holds.
    struct Tail {
        var state: StreamState
        var bytes: Int64
    }

    /// Streams by name.
    private(set) var tails: [String: Tail]
    /// The newest sequence number of each topic.
    private(set) var topics: [Name: Int64]
    /// Entries to be inserted.
    private(set) var rows: [Row] = []

    private var known: [Name: Position]
    private let reported: [String: Int64]

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - tails: The streams that entries go to.
    ///   - topics: What is known of the topics of the entries.
    ///   - known: Positions of those entries whose ids the streams hold or held.
    ///   - reported: For each stream, the highest sequence number that a caller was told of.
    init(tails: [String: Tail], topics: [Name: Int64], known: [Name: Position], reported: [String: Int64]) {
        self.tails = tails
        self.topics = topics
        self.known = known
        self.reported = reported
    }

    /// The position of an entry that a commit of unknown outcome made durable, and of which nobody was told.
    func unreported(_ id: String, in stream: String) -> Position? {
        guard let position = known[Name(stream: stream, name: id)], position.n > reported[stream, default: 0] else {
            return nil
        }
        return position
    }

    /// Gives an entry the next place in a stream, or nil if its id is known there.
    mutating func place(_ entry: NewEntry, in stream: String) -> Position? {
        let id = Name(stream: stream, name: entry.id)
        guard known[id] == nil, var tail = tails[stream] else { return nil }
        let topic = Name(stream: stream, name: entry.topic)
        tail.state.last &+= 1
        tail.bytes &+= Int64(entry.body.count)
        let n = tail.state.last
        let previous = topics.updateValue(n, forKey: topic) ?? 0
        let position = Position(s: stream, e: tail.state.epoch, n: n, p: previous, id: entry.id, ts: entry.time)
        // Within this batch the id is known with a number that counts as reported.
        known[id] = Position(s: stream, e: tail.state.epoch, n: 0, p: 0, id: entry.id, ts: entry.time)
        tails[stream] = tail
        rows.append(Row(stream: stream, n: n, previous: previous, entry: entry))
        return position
    }
}
#endif
