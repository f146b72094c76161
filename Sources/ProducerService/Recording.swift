import Ingest
import Journal
import Service
import Synchronization
import Wire

/// The one writer of the stream `raw`: gives articles their identity, version, topic and event, and makes them durable.
///
/// Several threads may record; they take turns, so that nothing gets between an article and the count of its versions.
final class Recording: Sendable {
    /// What became of an article.
    enum Outcome: Sendable {
        /// It is durable, at this place.
        case recorded(id: String, Position)
        /// The journal had it already.
        case known(id: String)
        /// It does not fit into a message.
        case refused(WireError)
    }

    private let journal: any Journal
    private let log: Log?
    private let recorded: Counter
    private let known: Counter
    private let published: @Sendable () -> Void
    private let turn = Mutex(())

    /// Creates a writer.
    /// - Parameters:
    ///   - journal: Where it writes.
    ///   - metrics: Where it counts.
    ///   - log: Where it tells each article, at debug.
    ///   - published: Called after each transaction, on the thread that records.
    init(journal: any Journal, metrics: Metrics, log: Log? = nil, published: @escaping @Sendable () -> Void) {
        self.journal = journal
        self.log = log
        self.published = published
        recorded = metrics.counter("onrecord_recorded_total", help: "Articles made durable.")
        known = metrics.counter("onrecord_known_total", help: "Articles that were published before.")
    }

    /// Makes articles durable in one transaction, in their order.
    ///
    /// - Returns: What became of each.
    /// - Throws: `JournalError`; then none of them is recorded.
    func record(_ articles: [IncomingArticle]) throws(JournalError) -> [Outcome] {
        let outcomes = try turn.withLock { _ throws(JournalError) in try write(articles) }
        for (incoming, outcome) in zip(articles, outcomes) {
            switch outcome {
            case .recorded(let id, let position):
                recorded.increment()
                log?.debug("article published", ["uri": incoming.article.uri, "n": position.n, "id": id])
            case .known: known.increment()
            case .refused: break
            }
        }
        published()
        return outcomes
    }

    private func write(_ articles: [IncomingArticle]) throws(JournalError) -> [Outcome] {
        var outcomes: [Outcome?] = []
        var entries: [NewEntry] = []
        var ids: Set<String> = []
        var counts: [String: Int] = [:]
        for incoming in articles {
            let article = incoming.article
            let id = article.identifier(countsVersion: incoming.hasOwnVersion)
            guard !ids.contains(id), try !journal.contains(id, in: "raw") else {
                outcomes.append(.known(id: id))
                continue
            }
            let earlier =
                incoming.hasOwnVersion
                ? 0 : try journal.count(of: article.uri, in: "raw") + counts[article.uri, default: 0]
            do {
                entries.append(try entry(of: incoming, id: id, earlier: earlier))
                ids.insert(id)
                counts[article.uri, default: 0] += 1
                outcomes.append(nil)
            } catch {
                outcomes.append(.refused(error))
            }
        }
        guard !entries.isEmpty else { return outcomes.compactMap { $0 } }
        var placed = zip(entries, try journal.append(entries, to: "raw")).makeIterator()
        return outcomes.compactMap { outcome in
            if let outcome { return outcome }
            guard let (entry, position) = placed.next() else { return nil }
            return position.map { .recorded(id: entry.id, $0) } ?? .known(id: entry.id)
        }
    }

    /// The entry of an article; one whose source counts no versions gets the next free one.
    private func entry(of incoming: IncomingArticle, id: String, earlier: Int) throws(WireError) -> NewEntry {
        var article = incoming.article
        if !incoming.hasOwnVersion { article.version = String(earlier + 1) }
        let now = Timestamp.now()
        let event = CloudEvent(
            of: article, id: id, source: "urn:onrecord:producer", time: now, traceparent: incoming.traceparent)
        let body = try JSON.encode(event)
        guard body.count <= Limits.bodyBytes else {
            throw WireError(413, "too-big", "the article takes \(body.count) bytes, more than \(Limits.bodyBytes)")
        }
        return NewEntry(id: id, topic: article.topic.text, key: article.uri, body: body, time: now)
    }
}
