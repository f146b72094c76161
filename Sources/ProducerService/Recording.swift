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
    private let versions: Versions
    private let dedupes: Bool
    private let recorded: Counter
    private let known: Counter
    private let published: @Sendable () -> Void
    private let turn = Mutex(())

    /// Creates a writer.
    /// - Parameters:
    ///   - journal: Where it writes.
    ///   - dedupes: Whether an article with the text of another is only linked to that.
    ///   - metrics: Where it counts.
    ///   - log: Where it tells each article, at debug.
    ///   - published: Called after each transaction, on the thread that records.
    init(
        journal: any Journal, dedupes: Bool = false, metrics: Metrics, log: Log? = nil,
        published: @escaping @Sendable () -> Void
    ) {
        self.journal = journal
        self.dedupes = dedupes
        self.log = log
        self.published = published
        versions = Versions(journal: journal)
        recorded = metrics.counter("onrecord_recorded_total", help: "Articles made durable.")
        known = metrics.counter("onrecord_known_total", help: "Articles that were published before.")
    }

    /// Makes articles durable, in their order; in one transaction unless several have the same URI.
    ///
    /// - Returns: What became of each.
    /// - Throws: `JournalError`; the same articles can be recorded again, and those that were recorded are known then.
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

    /// Entries that are to be written in one transaction.
    private struct Batch {
        var entries: [NewEntry] = []
        /// What they are about, which nobody finds in the journal yet.
        var keys: Set<String> = []
    }

    private func write(_ articles: [IncomingArticle]) throws(JournalError) -> [Outcome] {
        var outcomes: [Outcome?] = []
        var batch = Batch()
        var places: [Position?] = []
        for incoming in articles {
            let keys = [incoming.article.uri] + (dedupes ? [Self.key(ofText: incoming.article)] : [])
            if !batch.keys.isDisjoint(with: keys) { places += try append(&batch) }
            switch try entry(of: incoming) {
            case .success(.new(let entry)):
                batch.entries.append(entry)
                batch.keys.formUnion(keys)
                outcomes.append(nil)
            case .success(.known(let id)): outcomes.append(.known(id: id))
            case .failure(let error): outcomes.append(.refused(error))
            }
        }
        places += try append(&batch)
        var placed = places.makeIterator()
        return outcomes.compactMap { outcome in
            if let outcome { return outcome }
            guard let place = placed.next() else { return nil }
            return place.map { .recorded(id: $0.id, $0) } ?? .known(id: "")
        }
    }

    private func append(_ batch: inout Batch) throws(JournalError) -> [Position?] {
        let entries = batch.entries
        batch = Batch()
        return entries.isEmpty ? [] : try journal.append(entries, to: "raw")
    }

    private enum Found {
        case new(NewEntry)
        case known(id: String)
    }

    private static func key(ofText article: Article) -> String { "sha256:\(article.bodyDigest)" }

    /// What is to be written of an article.
    private func entry(of incoming: IncomingArticle) throws(JournalError) -> Result<Found, WireError> {
        var article = incoming.article
        if let reason = incoming.withdrawal { return try withdrawal(of: article.uri, reason) }
        let id = article.identifier(countsVersion: incoming.hasOwnVersion)
        if try journal.contains(id, in: "raw") { return .success(.known(id: id)) }
        if dedupes, let twin = try versions.twin(of: Self.key(ofText: article)) {
            let notice = Notice(
                kind: Notice.Kind.duplicate, uri: article.uri, targets: [twin], headline: article.headline)
            return try entry(of: notice, on: article.topic)
        }
        let count = try journal.count(of: article.uri, in: "raw")
        if !incoming.hasOwnVersion { article.version = String(count + 1) }
        let neighbours =
            count > 0
            ? Versions.neighbours(of: article.version, among: try versions.entries(about: article.uri))
            : Versions.Neighbours()
        let now = Timestamp.now()
        var event = CloudEvent(
            of: article, id: id, source: Self.source, time: now, traceparent: incoming.traceparent)
        (event.supersedes, event.supersededby) = (neighbours.supersedes, neighbours.supersededBy)
        return Result { () throws(WireError) in
            let body = try JSON.encode(event)
            guard body.count <= Limits.bodyBytes else {
                throw WireError(
                    413, "too-big", "the article takes \(body.count) bytes, more than \(Limits.bodyBytes)")
            }
            var entry = NewEntry(id: id, topic: article.topic.text, key: article.uri, body: body, time: now)
            if dedupes { entry.otherKeys = [Self.key(ofText: article)] }
            return .new(entry)
        }
    }

    /// The notice that takes back what was published under a URI; known where there is nothing to take back.
    private func withdrawal(of uri: String, _ reason: String) throws(JournalError) -> Result<Found, WireError> {
        let entries = try versions.entries(about: uri)
        let notice = Notice(
            kind: Notice.Kind.withdrawal, uri: uri,
            targets: entries.reversed().map { Notice.Target(id: $0.id, n: $0.n) }, reason: reason)
        guard let newest = entries.first else { return .success(.known(id: notice.identifier)) }
        return try entry(of: notice, on: newest.topic)
    }

    private func entry(of notice: Notice, on topic: Topic) throws(JournalError) -> Result<Found, WireError> {
        if try journal.contains(notice.identifier, in: "raw") { return .success(.known(id: notice.identifier)) }
        let now = Timestamp.now()
        return Result { () throws(WireError) in
            let body = try JSON.encode(CloudEvent(of: notice, source: Self.source, time: now))
            return .new(
                NewEntry(id: notice.identifier, topic: topic.notice.text, key: notice.uri, body: body, time: now))
        }
    }

    private static let source = "urn:onrecord:producer"
}
