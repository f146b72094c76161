import Ingest
import Journal
import Wire

/// What the journal has of an article: which version a new one replaces, and what a retraction takes back.
struct Versions {
    /// So many entries about an article are looked at, the newest.
    private static let depth = 50

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

    /// The entries about an article since it was last taken back, the newest first.
    func entries(about uri: String) throws(JournalError) -> [Entry] {
        var entries: [Entry] = []
        for n in try journal.numbers(about: uri, in: "raw", maxCount: Self.depth) {
            guard let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
                message.position.n == n, let topic = try? Topic(message.topic)
            else { continue }
            if topic.isNotice {
                let notice = try? JSON.decode(CloudEvent<Notice>.self, from: message.body).data
                if notice?.kind == Notice.Kind.withdrawal { break }
                continue
            }
            let version = (try? JSON.decode(Payload.self, from: message.body))?.data.version.flatMap { Int($0) }
            entries.append(Entry(id: message.position.id, n: n, topic: topic, version: version))
        }
        return entries
    }

    /// The event of the newest article with a key, unless that was taken back.
    func twin(of key: String) throws(JournalError) -> Notice.Target? {
        guard let n = try journal.numbers(about: key, in: "raw", maxCount: 1).first,
            let message = try journal.read("raw", from: n, prefix: "", maxCount: 1, maxBytes: 1).first,
            let event = try? JSON.decode(CloudEvent<Article>.self, from: message.body),
            try entries(about: event.data.uri).contains(where: { $0.n == n })
        else { return nil }
        return Notice.Target(id: event.id, n: n)
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
