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
        /// The journal had it already, or it was taken back before it came.
        case known(id: String, Versions.Absence? = nil)
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
            let keys =
                [incoming.article.uri] + (dedupes ? [Self.key(ofText: incoming.article)] : [])
                + (incoming.entry.map { [Self.key(ofEntry: $0)] } ?? [])
            if !batch.keys.isDisjoint(with: keys) { places += try append(&batch) }
            switch try entry(of: incoming) {
            case .success(.new(let entry)):
                batch.entries.append(entry)
                batch.keys.formUnion(keys)
                outcomes.append(nil)
                // What stops standing by this is no longer what a copy that follows is linked to.
                var isChange = incoming.withdrawal != nil
                if dedupes, !isChange { isChange = try journal.count(of: incoming.article.uri, in: "raw") > 0 }
                if isChange { places += try append(&batch) }
            case .success(.known(let id, let absence)): outcomes.append(.known(id: id, absence))
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
        case known(id: String, Versions.Absence? = nil)
    }

    private static func key(ofEntry id: String) -> String { "entry:\(id)" }

    private static func key(ofText article: Article) -> String { "sha256:\(article.bodyDigest)" }

    /// What is to be written of an article.
    private func entry(of incoming: IncomingArticle) throws(JournalError) -> Result<Found, WireError> {
        var article = incoming.article
        if let reason = incoming.withdrawal { return try withdrawal(incoming, reason) }
        let id = article.identifier(countsVersion: incoming.hasOwnVersion)
        if try journal.contains(id, in: "raw") {
            return .success(.known(id: id, try versions.absence(of: article.uri)))
        }
        let count = try journal.count(of: article.uri, in: "raw")
        let history = count > 0 ? try versions.history(of: article.uri) : Versions.History()
        if incoming.hasOwnVersion, let version = Int(article.version), let gone = history.takenBack, version < gone {
            return .success(.known(id: id, history.lastAbsence))
        }
        if dedupes, let twin = try versions.twin(of: Self.key(ofText: article)) {
            let notice = Notice(
                kind: Notice.Kind.duplicate, uri: article.uri, targets: [twin], headline: article.headline)
            return try entry(of: notice, on: article.topic)
        }
        if !incoming.hasOwnVersion { article.version = String(count + 1) }
        let neighbours = Versions.neighbours(of: article.version, among: history.standing)
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
            if let id = incoming.entry { entry.otherKeys.append(Self.key(ofEntry: id)) }
            return .new(entry)
        }
    }

    /// The notice that takes back what was published under a URI; known where there is nothing to take back.
    private func withdrawal(
        _ incoming: IncomingArticle, _ reason: String
    ) throws(JournalError) -> Result<Found, WireError> {
        var uri = incoming.article.uri
        if let entry = incoming.entry, let article = try versions.article(ofEntry: Self.key(ofEntry: entry)) {
            uri = article
        }
        let occasion = incoming.occasion.map { "occasion:\($0)" }
        if let occasion, try !journal.numbers(about: occasion, in: "raw", maxCount: 1).isEmpty {
            return .success(.known(id: ""))
        }
        let history = try versions.history(of: uri, depth: Versions.wholeDepth)
        let version = incoming.hasOwnVersion ? incoming.article.version : nil
        let targets = Versions.reached(by: version, among: history.standing)
        let notice = Notice(
            kind: Notice.Kind.withdrawal, uri: uri,
            targets: targets.reversed().map { Notice.Target(id: $0.id, n: $0.n) }, reason: reason, version: version)
        // With nothing to take back it is kept in mind where something may come late, or it itself again.
        let isLasting = version.flatMap { Int($0) }.map { $0 > history.takenBack ?? Int.min } ?? (occasion != nil)
        guard !targets.isEmpty || isLasting else { return .success(.known(id: notice.identifier)) }
        let topic = (targets.first ?? history.standing.first)?.topic ?? Topic.raw(language: "und", source: "")
        return try entry(of: notice, on: topic, occasion: occasion)
    }

    private func entry(
        of notice: Notice, on topic: Topic, occasion: String? = nil
    ) throws(JournalError) -> Result<Found, WireError> {
        // What takes back nothing yet differs from another such notice by where it was read.
        let id =
            notice.targets.isEmpty && occasion != nil
            ? Digest.identifier([notice.identifier, occasion ?? ""]) : notice.identifier
        if try journal.contains(id, in: "raw") { return .success(.known(id: id)) }
        let now = Timestamp.now()
        return Result { () throws(WireError) in
            var event = CloudEvent(of: notice, source: Self.source, time: now)
            event.id = id
            var entry = NewEntry(
                id: id, topic: topic.notice.text, key: notice.uri, body: try JSON.encode(event), time: now)
            entry.otherKeys = occasion.map { [$0] } ?? []
            return .new(entry)
        }
    }

    private static let source = "urn:onrecord:producer"
}
