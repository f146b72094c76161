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

    /// What the notices stand under beside the article's URI, so that they are found again.
    private static let orders = "erasures:"
    /// So many erasures are looked at after a crash, the newest.
    private static let ordersLookedAt = 100

    let journal: any Journal

    /// Tells the readers of an article that it is erased, and puts tombstones in place of all that the journal holds of it.
    ///
    /// The notice is durable first: it is the order, which `finish` carries out where a crash kept this from it.
    ///
    /// - Throws: `JournalError`, `WireError`; done again, it does what is left to do.
    func erase(_ uri: String) throws -> Outcome {
        let found = try journal.numbers(about: uri, in: "raw", maxCount: .max)
        guard let newest = found.first else { return Outcome(erased: 0, found: 0) }
        let now = Timestamp.now()
        var targets: [(topic: Topic, target: Notice.Target)] = []
        var isStanding = false
        for n in found.reversed() {
            guard let message = try message(n), let topic = try? Topic(message.topic) else { continue }
            if Tombstone.body(of: message, at: now) != nil { isStanding = true }
            if !topic.isNotice { targets.append((topic, Notice.Target(id: message.position.id, n: n))) }
        }
        guard try isStanding || !isTold(newest) else { return Outcome(erased: 0, found: found.count) }
        let order = Notice(
            kind: Notice.Kind.withdrawal, uri: uri, targets: targets.map(\.target), reason: Notice.erased)
        // Whoever subscribes to one of its topics hears of it.
        for topic in Set(targets.map(\.topic)) {
            var event = CloudEvent(of: order, source: "urn:onrecord:producer", time: now)
            event.id = Digest.identifier(["nwp1", "notice", "erased", uri, topic.text] + order.targets.map(\.id))
            var entry = NewEntry(
                id: event.id, topic: topic.notice.text, key: uri, body: try JSON.encode(event), time: now)
            entry.otherKeys = [Self.orders]
            _ = try journal.post(entry, to: "raw")
        }
        return Outcome(erased: try carryOut(order, through: newest), found: found.count)
    }

    /// Carries out what was ordered before a crash.
    ///
    /// - Returns: How many entries were still to be erased.
    /// - Throws: `JournalError`.
    func finish() throws(JournalError) -> Int {
        var count = 0
        for n in try journal.numbers(about: Self.orders, in: "raw", maxCount: Self.ordersLookedAt) {
            guard let message = try message(n),
                let order = try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data, order.isErasure
            else { continue }
            count += try carryOut(order, through: n)
        }
        return count
    }

    /// Puts tombstones in place of the targets of an order, and of notices up to `newest`: what came since stands.
    private func carryOut(_ order: Notice, through newest: Int64) throws(JournalError) -> Int {
        let (now, targets) = (Timestamp.now(), Set(order.targets.map(\.id)))
        return try journal.replace(about: order.uri, in: "raw") { message in
            let isMeant =
                targets.contains(message.position.id)
                || message.position.n <= newest && (try? Topic(message.topic))?.isNotice == true
            return isMeant ? Tombstone.body(of: message, at: now) : nil
        }.count
    }

    private func message(_ n: Int64) throws(JournalError) -> StreamMessage? {
        let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first
        return message?.position.n == n ? message : nil
    }

    /// Whether an entry is a notice that says that its article was erased.
    private func isTold(_ n: Int64) throws(JournalError) -> Bool {
        guard let message = try message(n) else { return false }
        return (try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data)?.isErasure == true
    }
}
