public import Journal
import Synchronization
public import Wire

/// A journal that lives as long as its process, for tests of what stands on journals.
public final class MemoryJournal: Journal {
    private struct Stream: Sendable {
        var epoch: String
        var oldest: Int64 = 1
        var messages: [StreamMessage] = []
        var ids: Set<String> = []
        var keys: [String: Int] = [:]
        var topics: [String: Int64] = [:]

        var last: Int64 { oldest + Int64(messages.count) - 1 }
        var state: StreamState { StreamState(epoch: epoch, oldest: oldest, last: last) }
    }

    private struct Contents: Sendable {
        var streams: [String: Stream] = [:]
        var progress: [String: Progress] = [:]
        var isClosed = false
        var failures: [JournalError] = []
    }

    private let contents = Mutex(Contents())

    /// Creates an empty journal.
    public init() {}

    /// Makes the next writing calls fail, one with each error.
    public func fail(with errors: [JournalError]) { contents.withLock { $0.failures += errors } }

    /// Always leads.
    public func tryLead() throws(JournalError) -> Bool { true }

    /// Epoch and bounds of a stream, made if need be.
    public func state(of stream: String) throws(JournalError) -> StreamState {
        try locked { contents in Self.open(stream, in: &contents).state }
    }

    /// Appends what is not known yet.
    public func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?] {
        try writing { contents in
            entries.map { Self.append($0, to: stream, in: &contents) }
        }
    }

    /// Appends what is not known yet, even where writing fails.
    public func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try locked { contents in Self.append(entry, to: stream, in: &contents) }
    }

    /// Reads messages in rising order.
    public func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage] {
        try locked { contents in
            let held = Self.open(stream, in: &contents)
            guard first <= held.last else { return [] }
            var found: [StreamMessage] = []
            var bytes = 0
            for message in held.messages[Int(max(0, first - held.oldest))...]
            where message.topic.hasPrefix(prefix) {
                guard found.count < maxCount, found.isEmpty || bytes < maxBytes else { break }
                bytes += message.body.count
                found.append(message)
            }
            return found
        }
    }

    /// How many entries with a key there were.
    public func count(of key: String, in stream: String) throws(JournalError) -> Int {
        try locked { contents in Self.open(stream, in: &contents).keys[key] ?? 0 }
    }

    /// Whether an id is or was there.
    public func contains(_ id: String, in stream: String) throws(JournalError) -> Bool {
        try locked { contents in Self.open(stream, in: &contents).ids.contains(id) }
    }

    /// Drops the oldest entries.
    public func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState {
        try writing { contents in
            var held = Self.open(stream, in: &contents)
            var bytes = held.messages.reduce(Int64(0)) { $0 + Int64($1.body.count) }
            while let oldest = held.messages.first?.position, oldest.n < limits.keepFrom ?? .max {
                let isTooMuch = limits.bytes.map { bytes > $0 } ?? false
                let isTooOld = limits.since.map { oldest.ts < $0 } ?? false
                guard isTooMuch || isTooOld else { break }
                bytes -= Int64(held.messages.removeFirst().body.count)
                held.oldest += 1
            }
            contents.streams[stream] = held
            return held.state
        }
    }

    /// How far an origin was consumed.
    public func progress(of origin: String) throws(JournalError) -> Progress? {
        try locked { contents in contents.progress[origin] }
    }

    /// Starts the account of an origin anew.
    public func begin(_ origin: String, epoch: String, cursor: Int64) throws(JournalError) {
        try writing { contents in contents.progress[origin] = Progress(epoch: epoch, cursor: cursor) }
    }

    /// Remembers how often tasks were tried.
    public func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {
        try writing { contents in
            for attempt in attempts { contents.progress[attempt.origin]?.attempts[attempt.n] = attempt.attempts }
        }
    }

    /// Settles tasks with their entries.
    public func complete(
        _ completions: [Completion], cursors: [String: Int64]
    ) throws(JournalError) -> [Position?] {
        try writing { contents in
            let positions = completions.map { completion in
                contents.progress[completion.origin]?.settled.insert(completion.n)
                contents.progress[completion.origin]?.attempts[completion.n] = nil
                return completion.entry.flatMap { Self.append($0, to: completion.stream, in: &contents) }
            }
            for (origin, cursor) in cursors {
                guard var progress = contents.progress[origin] else { continue }
                progress.cursor = cursor
                progress.settled = progress.settled.filter { $0 > cursor }
                contents.progress[origin] = progress
            }
            return positions
        }
    }

    /// Does nothing.
    public func close() { contents.withLock { $0.isClosed = true } }

    private static func open(_ name: String, in contents: inout Contents) -> Stream {
        if let stream = contents.streams[name] { return stream }
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        let stream = Stream(epoch: String(repeating: "0", count: 16 - digits.count) + digits)
        contents.streams[name] = stream
        return stream
    }

    private static func append(_ entry: NewEntry, to name: String, in contents: inout Contents) -> Position? {
        var stream = open(name, in: &contents)
        // The array must not be copied for each entry.
        contents.streams[name] = nil
        defer { contents.streams[name] = stream }
        guard stream.ids.insert(entry.id).inserted else { return nil }
        stream.keys[entry.key, default: 0] += 1
        let n = stream.last + 1
        let position = Position(
            s: name, e: stream.epoch, n: n, p: stream.topics[entry.topic] ?? 0, id: entry.id, ts: entry.time)
        stream.topics[entry.topic] = n
        stream.messages.append(StreamMessage(topic: entry.topic, position: position, body: entry.body))
        return position
    }

    private func locked<Value: Sendable>(
        _ body: (inout sending Contents) throws(JournalError) -> sending Value
    ) throws(JournalError) -> Value {
        try contents.withLock { contents throws(JournalError) in
            if contents.isClosed { throw JournalError(.closed, "the journal in memory is closed") }
            return try body(&contents)
        }
    }

    private func writing<Value: Sendable>(
        _ body: (inout sending Contents) throws(JournalError) -> sending Value
    ) throws(JournalError) -> Value {
        try locked { contents throws(JournalError) in
            if !contents.failures.isEmpty { throw contents.failures.removeFirst() }
            return try body(&contents)
        }
    }
}
