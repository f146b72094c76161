import Journal
import Wire

/// What became of failed attempts: a stream of the head's own journal, so that a dead letter tells of all its attempts,
/// also of those under heads before.
///
/// It holds 4 MiB and at most 256 records more; how often a task was tried does not depend on it.
struct AttemptLog: Sendable {
    /// A failed attempt at a task.
    struct Record: Sendable, Codable {
        /// Name of the task's origin.
        var origin: String
        /// Epoch of the origin's stream.
        var epoch: String
        /// Number of the task there.
        var n: Int64
        /// How it went.
        var attempt: DeadLetter.Attempt
    }

    private static let stream = "attempts"
    private static let bytes: Int64 = 4 << 20
    private static let erased = "the article was erased"

    let journal: any Journal

    /// Makes attempts durable.
    func append(_ records: [Record]) throws(JournalError) {
        let entries = records.compactMap { record -> NewEntry? in
            guard let body = try? JSON.encode(record) else { return nil }
            let task = Self.task(record.n, epoch: record.epoch)
            return NewEntry(
                id: "\(task).\(record.attempt.attempt)", topic: Topic.prefix(of: Self.stream), key: task, body: body,
                time: record.attempt.ended)
        }
        let positions = try journal.append(entries, to: Self.stream)
        guard positions.contains(where: { $0.map { $0.n % 256 == 0 } ?? false }) else { return }
        _ = try journal.retain(Self.stream, within: Retention(bytes: Self.bytes))
    }

    /// Takes out what was said of the attempts at an article that is erased: it may repeat some of its text.
    func erase(_ n: Int64, epoch: String) throws(JournalError) {
        _ = try journal.replace(about: Self.task(n, epoch: epoch), in: Self.stream) { message in
            guard var record = try? JSON.decode(Record.self, from: message.body), record.attempt.text != Self.erased
            else { return nil }
            record.attempt.text = Self.erased
            return try? JSON.encode(record)
        }
    }

    private static func task(_ n: Int64, epoch: String) -> String { "\(epoch).\(n)" }

    /// Gives each origin what is known of its unsettled tasks, and drops the oldest records.
    func restore(_ origins: [Origin]) throws(JournalError) {
        guard origins.contains(where: { !$0.attempts.isEmpty }) else { return }
        var next = try journal.retain(Self.stream, within: Retention(bytes: Self.bytes)).oldest
        while true {
            let batch = try journal.read(Self.stream, from: next, prefix: "", maxCount: 1_000, maxBytes: 1 << 20)
            guard let last = batch.last else { return }
            next = last.position.n + 1
            for message in batch {
                guard let record = try? JSON.decode(Record.self, from: message.body),
                    let origin = origins.first(where: { $0.name == record.origin && $0.account.epoch == record.epoch }),
                    origin.attempts[record.n] != nil
                else { continue }
                origin.histories[record.n, default: []].append(record.attempt)
            }
        }
    }
}
