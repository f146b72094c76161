import Journal
import Service
import Wire

/// Erases articles from a producer's journal.
struct Erase {
    /// What was found and done.
    struct Outcome: Sendable {
        /// How many entries were erased.
        var erased: Int
        /// How many there are about the article.
        var found: Int
    }

    let journal: any Journal

    /// Puts tombstones in place of all that the journal holds of an article, and tells its readers.
    ///
    /// - Throws: `JournalError`, `WireError`; done again, it does what is left to do.
    func erase(_ uri: String) throws -> Outcome {
        let found = try journal.numbers(about: uri, in: "raw", maxCount: .max)
        guard !found.isEmpty else { return Outcome(erased: 0, found: 0) }
        let now = Timestamp.now()
        // Those that were replaced before a crash are told of again, since nobody may have heard of them.
        var targets: [(topic: Topic, target: Notice.Target)] = []
        for n in found.reversed() {
            guard let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
                message.position.n == n, let topic = try? Topic(message.topic), !topic.isNotice
            else { continue }
            targets.append((topic, Notice.Target(id: message.position.id, n: n)))
        }
        let replaced = try journal.replace(about: uri, in: "raw", with: { Tombstone.body(of: $0, at: now) })
        guard !replaced.isEmpty || !isTold(uri, found: found) else { return Outcome(erased: 0, found: found.count) }
        // Whoever subscribes to one of its topics hears of it.
        for topic in Set(targets.map(\.topic)) {
            let notice = Notice(
                kind: Notice.Kind.withdrawal, uri: uri, targets: targets.map(\.target), reason: Notice.erased)
            var event = CloudEvent(of: notice, source: "urn:onrecord:producer", time: now)
            event.id = Digest.identifier(["nwp1", "notice", "erased", uri, topic.text] + notice.targets.map(\.id))
            let entry = NewEntry(
                id: event.id, topic: topic.notice.text, key: uri, body: try JSON.encode(event), time: now)
            _ = try journal.post(entry, to: "raw")
        }
        return Outcome(erased: replaced.count, found: found.count)
    }

    /// Whether a notice says that the article was erased.
    private func isTold(_ uri: String, found: [Int64]) -> Bool {
        guard let newest = found.first,
            let message = try? journal.read("raw", from: newest, prefix: "", maxCount: 1, maxBytes: 1).first
        else { return false }
        return (try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data)?.reason == Notice.erased
    }
}
