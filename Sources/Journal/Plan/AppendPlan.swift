package import Wire

/// Decides which entries go where, from what a store says about their streams, topics and ids.
///
/// Every journal asks its store, makes a plan and carries it out; so all decide alike.
package struct AppendPlan {
    /// An id or a topic in a stream.
    package struct Name: Hashable, Sendable {
        package let stream: String
        package let name: String

        package init(stream: String, name: String) {
            self.stream = stream
            self.name = name
        }
    }

    /// An entry with its place.
    package struct Row {
        package let entry: NewEntry
        package let position: Position
        package let link: Link

        package var stream: String { position.s }
        package var n: Int64 { position.n }
        package var previous: Int64 { position.p }
    }

    /// A stream's epoch and bounds, and the bytes of the bodies that it holds.
    package struct Tail: Sendable, Hashable {
        package var state: StreamState
        package var bytes: Int64

        package init(state: StreamState, bytes: Int64) {
            self.state = state
            self.bytes = bytes
        }

        /// A stream without entries.
        package static func new() -> Tail {
            let epoch = StreamState.newEpoch()
            return Tail(state: StreamState(epoch: epoch, oldest: 1, last: 0, journal: epoch, link: .start), bytes: 0)
        }
    }

    /// Streams by name.
    package private(set) var tails: [String: Tail]
    /// The newest sequence number of each topic.
    package private(set) var topics: [Name: Int64]
    /// Entries to be inserted.
    package private(set) var rows: [Row] = []

    private var known: Set<Name>
    private let unreported: [Name: Position]

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - tails: The streams that entries go to.
    ///   - topics: What is known of the topics of the entries.
    ///   - known: Those of the entries' ids that the streams hold or held.
    ///   - unreported: Positions of entries that a commit of unknown outcome made durable, and of which nobody was told.
    package init(
        tails: [String: Tail], topics: [Name: Int64], known: Set<Name>, unreported: [Name: Position] = [:]
    ) {
        self.tails = tails
        self.topics = topics
        self.known = known
        self.unreported = unreported
    }

    /// Gives an entry the next place in a stream.
    ///
    /// - Returns: The place, also one that a call before gave it and could not report; nil if its id is known.
    package mutating func append(_ entry: NewEntry, to stream: String) -> Position? {
        unreported[Name(stream: stream, name: entry.id)] ?? place(entry, in: stream)
    }

    /// Completes tasks: settles them, gives their entries places, and moves cursors.
    ///
    /// - Returns: The position of each entry; nil where there is none, the task was settled or the id is known.
    package mutating func complete(
        _ completions: [Completion], cursors: [String: Cursor], of account: inout TaskAccount
    ) throws(JournalError) -> [Position?] {
        var positions: [Position?] = []
        for done in completions {
            let isOpen = try account.settle(TaskAccount.Task(origin: done.origin, n: done.n), link: done.link)
            var position: Position?
            if let entry = done.entry {
                position = unreported[Name(stream: done.stream, name: entry.id)]
                if position == nil, isOpen { position = place(entry, in: done.stream) }
            }
            positions.append(position)
        }
        try account.advance(to: cursors)
        return positions
    }

    private mutating func place(_ entry: NewEntry, in stream: String) -> Position? {
        guard var tail = tails[stream], known.insert(Name(stream: stream, name: entry.id)).inserted else { return nil }
        tail.state.last &+= 1
        tail.state.link = tail.state.link.next(entry.id)
        tail.bytes &+= Int64(entry.body.count)
        let n = tail.state.last
        let previous = topics.updateValue(n, forKey: Name(stream: stream, name: entry.topic)) ?? 0
        let position = Position(
            s: stream, e: tail.state.epoch, n: n, p: previous, id: entry.id, ts: entry.time, h: tail.state.link)
        tails[stream] = tail
        rows.append(Row(entry: entry, position: position, link: tail.state.link))
        return position
    }
}
