public import Journal
import Synchronization
public import Wire

/// A journal that lives as long as its process, for tests of what stands on journals.
///
/// A copy of it is what a backup would be.
public final class MemoryJournal: Journal {
    private struct Stream: Sendable {
        var tail = AppendPlan.Tail.new()
        var messages: [StreamMessage] = []
        var links: [Int64: Link] = [:]
        var ids: Set<String> = []
        var keys: [String: Int] = [:]
        var about: [String: [Int64]] = [:]
        var topics: [String: Int64] = [:]
    }

    private struct Contents: Sendable {
        var streams: [String: Stream] = [:]
        var progress: [String: Progress] = [:]
        /// The instance that leads.
        var leader: ObjectIdentifier?
        var failures: [JournalError] = []
    }

    private final class Store: Sendable {
        let contents: Mutex<Contents>
        init(_ contents: Contents) { self.contents = Mutex(contents) }
    }

    private let store: Store
    private let isClosed = Atomic(false)

    /// Creates an empty journal.
    public init() { store = Store(Contents()) }

    /// Opens a journal once more, as another process would.
    public init(reopening other: MemoryJournal) { store = other.store }

    /// Creates a journal as `other` is now.
    public init(copyOf other: MemoryJournal) { store = Store(other.store.contents.withLock { $0 }) }

    /// Sets the journal back, or on, to what `other` is now.
    public func become(_ other: MemoryJournal) {
        let copy = other.store.contents.withLock { $0 }
        store.contents.withLock { $0 = copy }
    }

    /// Makes the next writing calls fail, one with each error.
    public func fail(with errors: [JournalError]) { store.contents.withLock { $0.failures += errors } }

    /// Leads unless another instance does.
    public func tryLead() throws(JournalError) -> Bool {
        let me = ObjectIdentifier(self)
        return try locked { contents in
            contents.leader = contents.leader ?? me
            return contents.leader == me
        }
    }

    /// Gives the streams new epochs where `restored` says so.
    public func takeUp(restored: Bool) throws(JournalError) -> String? {
        guard restored else { return nil }
        return try writing { contents in
            for name in contents.streams.keys {
                contents.streams[name]?.tail.state.epoch = AppendPlan.Tail.new().state.epoch
            }
            return "it was restored"
        }
    }

    /// Epoch and bounds of a stream, made if need be.
    public func state(of stream: String) throws(JournalError) -> StreamState {
        try locked { contents in Self.open(stream, in: &contents).tail.state }
    }

    /// Appends what is not known yet.
    public func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?] {
        try writing { contents throws(JournalError) in
            try Self.append(entries.map { (stream, $0) }, in: &contents) { (plan) throws(JournalError) in
                entries.map { plan.append($0, to: stream) }
            }
        }
    }

    /// Appends what is not known yet, even where writing fails.
    public func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try locked { contents throws(JournalError) in
            try Self.append([(stream, entry)], in: &contents) { (plan) throws(JournalError) in
                plan.append(entry, to: stream)
            }
        }
    }

    /// Reads messages in rising order.
    public func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage] {
        try locked { contents in
            guard let held = contents.streams[stream], first <= held.tail.state.last else { return [] }
            var found: [StreamMessage] = []
            var bytes = 0
            for var message in held.messages[Int(max(first, held.tail.state.oldest) - held.tail.state.oldest)...]
            where message.topic.hasPrefix(prefix) {
                guard found.count < maxCount, found.isEmpty || bytes < maxBytes else { break }
                bytes += message.body.count
                message.position.e = held.tail.state.epoch
                found.append(message)
            }
            return found
        }
    }

    /// Links of entries.
    public func links(of stream: String, at numbers: [Int64]) throws(JournalError) -> [Int64: Link] {
        try locked { contents in
            let links = contents.streams[stream]?.links ?? [:]
            return Dictionary(numbers.compactMap { n in links[n].map { (n, $0) } }) { first, _ in first }
        }
    }

    /// How many entries with a key there were.
    public func count(of key: String, in stream: String) throws(JournalError) -> Int {
        try locked { contents in contents.streams[stream]?.keys[key] ?? 0 }
    }

    /// Numbers of entries with a key.
    public func numbers(about key: String, in stream: String, maxCount: Int) throws(JournalError) -> [Int64] {
        try locked { contents in
            guard let held = contents.streams[stream] else { return [] }
            let numbers = held.about[key, default: []].filter { $0 >= held.tail.state.oldest }
            return Array(numbers.reversed().prefix(maxCount))
        }
    }

    /// Gives entries another body.
    public func replace(
        about key: String, in stream: String, with body: (StreamMessage) -> [UInt8]?
    ) throws(JournalError) -> [StreamMessage] {
        try locked { contents in
            guard let held = contents.streams[stream] else { return [] }
            var replaced: [StreamMessage] = []
            for n in held.about[key, default: []] where n >= held.tail.state.oldest {
                let index = Int(n - held.tail.state.oldest)
                var message = held.messages[index]
                guard let new = body(message) else { continue }
                contents.streams[stream]?.messages[index].body = new
                contents.streams[stream]?.tail.bytes += Int64(new.count - message.body.count)
                message.body = []
                replaced.append(message)
            }
            return replaced
        }
    }

    /// Nothing is left of what was replaced.
    public func scrub() throws(JournalError) {}

    /// Whether an id is or was there.
    public func contains(_ id: String, in stream: String) throws(JournalError) -> Bool {
        try locked { contents in contents.streams[stream]?.ids.contains(id) ?? false }
    }

    /// Drops the oldest entries.
    public func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState {
        try writing { contents in
            var held = Self.open(stream, in: &contents)
            let dropped = held.messages.prefix { message in
                guard limits.drops(message.position.n, time: message.position.ts, held: held.tail.bytes) else {
                    return false
                }
                held.tail.bytes -= Int64(message.body.count)
                held.tail.state.oldest += 1
                return true
            }
            held.messages.removeFirst(dropped.count)
            held.links = held.links.filter { $0.key >= held.tail.state.oldest - StreamState.linksBelow }
            contents.streams[stream] = held
            return held.tail.state
        }
    }

    /// How far an origin was consumed.
    public func progress(of origin: String) throws(JournalError) -> Progress? {
        try locked { contents in contents.progress[origin] }
    }

    /// Starts the account of an origin anew.
    public func begin(
        _ origin: String, epoch: String, journal: String?, cursor: Cursor
    ) throws(JournalError) {
        try writing { contents in
            contents.progress[origin] = Progress(epoch: epoch, journal: journal, cursor: cursor)
        }
    }

    /// Remembers how often tasks were tried.
    public func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {
        try writing { contents throws(JournalError) in
            for attempt in try Self.account(in: contents).open(attempts) {
                contents.progress[attempt.origin]?.attempts[attempt.n] = attempt.attempts
            }
        }
    }

    /// Settles tasks with their entries.
    public func complete(
        _ completions: [Completion], cursors: [String: Cursor]
    ) throws(JournalError) -> [Position?] {
        try writing { contents throws(JournalError) in
            var account = Self.account(in: contents)
            let entries = completions.compactMap { done in done.entry.map { (done.stream, $0) } }
            let positions = try Self.append(entries, in: &contents) { (plan) throws(JournalError) in
                try plan.complete(completions, cursors: cursors, of: &account)
            }
            for (task, link) in account.beyond {
                contents.progress[task.origin]?.settled.insert(task.n)
                contents.progress[task.origin]?.links[task.n] = link
                contents.progress[task.origin]?.attempts[task.n] = nil
            }
            for (origin, cursor) in account.moved {
                guard var progress = contents.progress[origin] else { continue }
                progress.cursor = cursor
                progress.settled = progress.settled.filter { $0 > cursor.n }
                progress.links = progress.links.filter { $0.key > cursor.n }
                progress.attempts = progress.attempts.filter { $0.key > cursor.n }
                contents.progress[origin] = progress
            }
            return positions
        }
    }

    /// Lets nothing be done any more.
    public func close() {
        isClosed.store(true, ordering: .relaxed)
        store.contents.withLock { if $0.leader == ObjectIdentifier(self) { $0.leader = nil } }
    }

    private static func open(_ name: String, in contents: inout Contents) -> Stream {
        if let stream = contents.streams[name] { return stream }
        let stream = Stream()
        contents.streams[name] = stream
        return stream
    }

    private static func account(in contents: Contents) -> TaskAccount {
        var settled: [TaskAccount.Task: Link?] = [:]
        for (origin, progress) in contents.progress {
            for n in progress.settled { settled[TaskAccount.Task(origin: origin, n: n)] = .some(progress.links[n]) }
        }
        return TaskAccount(at: "memory", cursors: contents.progress.mapValues(\.cursor.n), settled: settled)
    }

    private static func append<Value>(
        _ entries: [(stream: String, entry: NewEntry)], in contents: inout Contents,
        _ decide: (inout AppendPlan) throws(JournalError) -> Value
    ) throws(JournalError) -> Value {
        var tails: [String: AppendPlan.Tail] = [:]
        var topics: [AppendPlan.Name: Int64] = [:]
        var known: Set<AppendPlan.Name> = []
        for (name, entry) in entries {
            if tails[name] == nil { tails[name] = open(name, in: &contents).tail }
            topics[AppendPlan.Name(stream: name, name: entry.topic)] = contents.streams[name]?.topics[entry.topic]
            if contents.streams[name]?.ids.contains(entry.id) == true {
                known.insert(AppendPlan.Name(stream: name, name: entry.id))
            }
        }
        var plan = AppendPlan(tails: tails, topics: topics, known: known)
        let result = try decide(&plan)
        for row in plan.rows {
            contents.streams[row.stream]?.ids.insert(row.entry.id)
            contents.streams[row.stream]?.keys[row.entry.key, default: 0] += 1
            for key in Set([row.entry.key] + row.entry.otherKeys) {
                contents.streams[row.stream]?.about[key, default: []].append(row.n)
            }
            contents.streams[row.stream]?.topics[row.entry.topic] = row.n
            contents.streams[row.stream]?.links[row.n] = row.link
            contents.streams[row.stream]?.messages.append(
                StreamMessage(topic: row.entry.topic, position: row.position, body: row.entry.body))
        }
        for (name, tail) in plan.tails { contents.streams[name]?.tail = tail }
        return result
    }

    private func locked<Value: Sendable>(
        _ body: (inout sending Contents) throws(JournalError) -> sending Value
    ) throws(JournalError) -> Value {
        if isClosed.load(ordering: .relaxed) { throw JournalError(.closed, "the journal in memory is closed") }
        return try store.contents.withLock(body)
    }

    private func writing<Value: Sendable>(
        _ body: (inout sending Contents) throws(JournalError) -> sending Value
    ) throws(JournalError) -> Value {
        let me = ObjectIdentifier(self)
        return try locked { contents throws(JournalError) in
            contents.leader = contents.leader ?? me
            guard contents.leader == me else { throw JournalError(.notLeading, "another leads", isRetriable: true) }
            if !contents.failures.isEmpty { throw contents.failures.removeFirst() }
            return try body(&contents)
        }
    }
}
