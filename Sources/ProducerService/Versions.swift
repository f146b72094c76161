import Ingest
import Journal
import Wire

/// What the journal has of an article: which version a new one replaces, and what a retraction takes back.
struct Versions {
    /// So many entries about an article are looked at, the newest.
    static let depth = 50
    /// So many where all are taken back.
    static let wholeDepth = 5_000

    let journal: any Journal

    /// The versions that a new one is between.
    struct Neighbours {
        /// Identifier of the event that it replaces.
        var supersedes: String?
        /// Identifier of the event that replaces it, where it came late.
        var supersededBy: String?
    }

    /// An entry about an article.
    struct Entry {
        let id: String
        let n: Int64
        let topic: Topic
        /// The version, as a number where it is one.
        let version: Int?
    }

    private struct Payload: Decodable {
        struct Version: Decodable { var version: String? }
        var data: Version
    }

    /// Why an article is not published again.
    enum Absence: Sendable {
        case takenBack, erased

        /// What its source should know.
        var words: String {
            switch self {
            case .takenBack:
                "its source took it back: it is published again with a higher version, or with another text"
            case .erased: "it was erased here: it is published again with a higher version, or with another text"
            }
        }
    }

    /// What became of an article.
    struct History {
        /// The entries since it was last taken back, the newest first.
        var standing: [Entry] = []
        /// Why it is not there; nil unless it was taken back, and nothing came after that.
        var absence: Absence? { standing.isEmpty ? lastAbsence : nil }
        /// Why it was last taken back; nil if it never was.
        var lastAbsence: Absence?
        /// The highest version that was taken back; nil where there is none, or where versions are no numbers.
        var takenBack: Int?
    }

    /// What became of an article so far.
    func history(of uri: String, depth: Int = depth) throws(JournalError) -> History {
        var history = History()
        var (highest, areNumbers) = (Int.min, true)
        for n in try journal.numbers(about: uri, in: "raw", maxCount: depth) {
            guard let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
                message.position.n == n, let topic = try? Topic(message.topic)
            else { continue }
            if topic.isNotice {
                let notice = try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data
                guard notice?.kind == Notice.Kind.withdrawal else { continue }
                if history.lastAbsence == nil {
                    history.lastAbsence = notice?.reason == Notice.erased ? .erased : .takenBack
                }
                if let version = notice?.version.flatMap({ Int($0) }) { highest = max(highest, version) }
                continue
            }
            let version = (try? JSON.decode(Payload.self, from: message.body))?.data.version.flatMap { Int($0) }
            if history.lastAbsence == nil {
                history.standing.append(Entry(id: message.position.id, n: n, topic: topic, version: version))
            } else if let version {
                highest = max(highest, version)
            } else {
                areNumbers = false
            }
        }
        history.takenBack = areNumbers && highest > Int.min ? highest : nil
        return history
    }

    /// Why an article is not there; nil unless it was taken back or erased, and nothing of it came after that.
    func absence(of uri: String) throws(JournalError) -> Absence? {
        guard let n = try journal.numbers(about: uri, in: "raw", maxCount: 1).first,
            let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
            message.position.n == n, let topic = try? Topic(message.topic), topic.isNotice
        else { return nil }
        return try history(of: uri).absence
    }

    /// The article that a feed has an identifier for.
    func article(ofEntry key: String) throws(JournalError) -> String? {
        guard let n = try journal.numbers(about: key, in: "raw", maxCount: 1).first,
            let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first
        else { return nil }
        return try? JSON.decode(CloudEvent<Article>.self, from: message.body).data.uri
    }

    /// The event of the newest article with a key, unless that was taken back or replaced.
    func twin(of key: String) throws(JournalError) -> Notice.Target? {
        guard let n = try journal.numbers(about: key, in: "raw", maxCount: 1).first,
            let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
            let event = try? JSON.decode(CloudEvent<Article>.self, from: message.body),
            Self.current(among: try history(of: event.data.uri).standing)?.n == n
        else { return nil }
        return Notice.Target(id: event.id, n: n)
    }

    /// Those of the `entries` about an article that a withdrawal takes back: all, or those up to its own version.
    static func reached(by version: String?, among entries: [Entry]) -> [Entry] {
        guard let version = version.flatMap({ Int($0) }), entries.allSatisfy({ $0.version != nil }) else {
            return entries
        }
        return entries.filter { $0.version ?? 0 <= version }
    }

    /// The one of the `entries` about an article that no other has replaced.
    static func current(among entries: [Entry]) -> Entry? {
        guard entries.allSatisfy({ $0.version != nil }) else { return entries.first }
        return entries.max { ($0.version ?? 0, $0.n) < ($1.version ?? 0, $1.n) }
    }

    /// Where a version belongs among the `entries` about its article: by number where all have one, else behind the others.
    static func neighbours(of version: String, among entries: [Entry]) -> Neighbours {
        guard let version = Int(version), entries.allSatisfy({ $0.version != nil }) else {
            return Neighbours(supersedes: entries.first?.id)
        }
        // Of equal versions the one that comes later replaces the other.
        let lower = entries.filter { $0.version ?? 0 <= version }
        let higher = entries.filter { $0.version ?? 0 > version }
        return Neighbours(
            supersedes: lower.max { ($0.version ?? 0, $0.n) < ($1.version ?? 0, $1.n) }?.id,
            supersededBy: higher.min { ($0.version ?? 0, $0.n) < ($1.version ?? 0, $1.n) }?.id)
    }
}
