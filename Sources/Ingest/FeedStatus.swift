internal import FoundationEssentials

/// How a feed is doing, as a producer remembers it.
public struct FeedStatus: Sendable, Encodable {
    /// The feed's address, as it was given.
    public var address: String
    /// Where it has moved for good, or nil.
    public var movedTo: String?
    /// When it was last read, in RFC 3339, or nil.
    public var lastSuccess: String?
    /// Failures since.
    public var errors: Int
    /// The last of them, or nil.
    public var error: String?
    /// Whether it has gone for good and is no longer asked for.
    public var isGone: Bool
    /// When it last brought more at once than feeds do, in RFC 3339, or nil.
    public var flooded: String?
    /// How many entries it brought then.
    public var flood: Int?
    /// Entries that were read and are remembered.
    public var entries: Int
    /// Entries whose pages are still to be read, or to be asked for again.
    public var waiting: Int

    /// The feeds in a producer's file `feeds.json` that are still wanted, in the order of their addresses.
    /// - Throws: What keeps it from being read.
    public static func all(in path: String) throws(IngestError) -> [FeedStatus] {
        let bytes = try WholeFile.bytes(of: path, limit: FeedMemory.limit)
        guard let feeds = try? JSONDecoder().decode([String: FeedMemory.Feed].self, from: Data(bytes)) else {
            throw IngestError(
                .badJSON, "it is no memory of feeds", place: path, remedy: "remove it; feeds are then read anew")
        }
        return feeds.filter { $1.dropped == nil }.sorted { $0.key < $1.key }.map { address, feed in
            FeedStatus(
                address: address, movedTo: feed.found ?? feed.movedTo, lastSuccess: feed.lastSuccess,
                errors: feed.errors,
                error: feed.error, isGone: feed.isGone, flooded: feed.flooded, flood: feed.flood,
                entries: max(0, feed.seen.count - (feed.waiting?.count ?? 0)), waiting: feed.waiting?.count ?? 0)
        }
    }
}
