internal import Feeds
internal import Wire

/// What an entry of a feed is known by.
struct EntryDigest: Hashable {
    /// Of its identifier and the date of its change.
    var identity: String
    /// Of its address and words; nil for an entry that is taken back.
    var words: String?

    init(_ entry: Feed.Entry) {
        identity = Self.short([
            "entry", entry.id ?? entry.link ?? "", entry.id == nil && entry.link == nil ? entry.title ?? "" : "",
            entry.updated ?? "", entry.deleted.map { "deleted \($0)" } ?? "",
        ])
        guard entry.deleted == nil else { return }
        words = Self.short(
            ["words", entry.link ?? ""]
                + [entry.title, entry.summary, entry.content].map { $0.map(Self.withoutTags) ?? "" })
    }

    private static func short(_ parts: [String]) -> String { String(Digest.identifier(parts).prefix(20)) }

    /// A text without tags, in which many feeds have something else at each request, such as a picture that counts readers.
    private static func withoutTags(_ text: String) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.utf8.count)
        var isTag = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): isTag = true
            case UInt8(ascii: ">"): isTag = false
            case _ where isTag: break
            case ...0x20: if plain.last != 0x20 { plain.append(0x20) }
            default: plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// Tells the entries of a feed that are new, or have changed, from those that were read.
struct EntryNews {
    /// Entries that a feed has to have before a change of all is taken for its habit.
    private static let habit = 3

    /// The places of the entries that are to be read, in the feed's order.
    private(set) var fresh: [Int] = []

    /// - Parameters:
    ///   - entries: The entries, each with its digest.
    ///   - identities: Digests of identities that were read.
    ///   - words: Digests of words that were read; nil where those were not remembered.
    ///   - isFull: Whether the feed has the whole text of an entry.
    ///   - isPublished: Whether an identifier was published before.
    init(
        _ entries: [(entry: Feed.Entry, digest: EntryDigest)], identities: Set<String>, words: Set<String>?,
        isFull: (Feed.Entry) -> Bool, isPublished: (String) -> Bool
    ) {
        var (reworded, redated, unchanged): ([Int], [Int], Int) = ([], [], 0)
        for (index, (entry, digest)) in entries.enumerated() {
            let knowsWords = digest.words.map { words?.contains($0) ?? false } ?? false
            switch (identities.contains(digest.identity), knowsWords) {
            case (true, false) where words != nil && digest.words != nil: reworded.append(index)
            case (true, _): unchanged += 1
            case (false, false): fresh.append(index)
            // The same words under another identifier are no news; under another date their page may have changed.
            case (false, true): if let key = entry.key, isPublished(key), !isFull(entry) { redated.append(index) }
            }
        }
        // What is another in all entries at each request, such as a date, or "5 minutes ago", says nothing of any of them.
        for changed in [reworded, redated] where unchanged > 0 || reworded.count + redated.count < Self.habit {
            fresh += changed
        }
        fresh.sort()
    }
}
