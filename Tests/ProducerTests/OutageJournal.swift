import Journal
import Synchronization
import TestKit
import Wire

/// A journal whose store is away for a number of calls.
final class OutageJournal: Journal {
    enum Part { case reading, writing }

    private let journal = MemoryJournal()
    private let failures = Mutex<(part: Part, count: Int)>((.reading, 0))

    /// Makes so many calls fail.
    func fail(_ count: Int, of part: Part) { failures.withLock { $0 = (part, count) } }

    private func check(_ part: Part) throws(JournalError) {
        let fails = failures.withLock { state in
            guard state.part == part, state.count > 0 else { return false }
            state.count -= 1
            return true
        }
        if fails { throw JournalError(.unavailable, "away", isRetriable: true) }
    }

    func tryLead() throws(JournalError) -> Bool { true }
    func takeUp(restored: Bool) throws(JournalError) -> String? { nil }
    func state(of stream: String) throws(JournalError) -> StreamState { try journal.state(of: stream) }
    func append(_ entries: [NewEntry], to stream: String) throws(JournalError) -> [Position?] {
        try check(.writing)
        return try journal.append(entries, to: stream)
    }
    func post(_ entry: NewEntry, to stream: String) throws(JournalError) -> Position? {
        try journal.post(entry, to: stream)
    }
    func read(
        _ stream: String, from first: Int64, prefix: String, maxCount: Int, maxBytes: Int
    ) throws(JournalError) -> [StreamMessage] {
        try journal.read(stream, from: first, prefix: prefix, maxCount: maxCount, maxBytes: maxBytes)
    }
    func links(of stream: String, at numbers: [Int64]) throws(JournalError) -> [Int64: Link] { [:] }
    func count(of key: String, in stream: String) throws(JournalError) -> Int { try journal.count(of: key, in: stream) }
    func numbers(about key: String, in stream: String, maxCount: Int) throws(JournalError) -> [Int64] {
        try journal.numbers(about: key, in: stream, maxCount: maxCount)
    }
    func replace(
        about key: String, in stream: String, with body: (StreamMessage) -> [UInt8]?
    ) throws(JournalError) -> [StreamMessage] { try journal.replace(about: key, in: stream, with: body) }
    func scrub() throws(JournalError) {}
    func contains(_ id: String, in stream: String) throws(JournalError) -> Bool {
        try check(.reading)
        return try journal.contains(id, in: stream)
    }
    func retain(_ stream: String, within limits: Retention) throws(JournalError) -> StreamState {
        try journal.retain(stream, within: limits)
    }
    func progress(of origin: String) throws(JournalError) -> Progress? { nil }
    func begin(_ origin: String, epoch: String, journal: String?, cursor: Cursor) throws(JournalError) {}
    func recordAttempts(_ attempts: [TaskAttempt]) throws(JournalError) {}
    func complete(
        _ completions: [Completion], cursors: [String: Cursor]
    ) throws(JournalError) -> [Position?] { [] }
    func close() { journal.close() }
}
