internal import FoundationEssentials
internal import Glibc
internal import Service
internal import Wire

/// What is remembered of each feed, in a file that is written anew as a whole.
struct FeedMemory {
    /// What is remembered of one feed.
    struct Feed: Codable {
        /// The tag of the version that was read.
        var etag: String?
        /// When that was changed.
        var modified: String?
        /// Where it has moved for good.
        var movedTo: String?
        /// When it was last read, in RFC 3339.
        var lastSuccess: String?
        /// Failures since.
        var errors = 0
        /// The last of them.
        var error: String?
        /// When its server wants to be asked again, in milliseconds from 1970, or nil.
        var wanted: Int64?
        /// Whether it has gone for good.
        var isGone = false
        /// When it last brought more at once than feeds do, in RFC 3339, and how many entries.
        var flooded: String?
        var flood: Int?
        /// Under what an article was published: that of a page, by the page's address, those of a feed by their identifiers.
        var uris: [String: String]?
        /// Digests of the entries that were read, the newest last: of their identities, and of their words.
        var seen: [String] = []
        var words: [String]?
        /// Whether it has ever been read as a feed.
        var isFeed: Bool?
        /// What was wrong with the feed itself when it was last read, or nil.
        var faults: String?
        /// The digest of the last entry of a feed whose end was missing when it was last read, or nil.
        var cut: String?
        /// The feed that is named by the page at its address.
        var found: String?
        /// Whether it stands on the list of feeds.
        var isListed: Bool?
        /// Since when it is no longer wanted, in RFC 3339.
        var dropped: String?
        /// Entries whose pages are still to be read.
        var waiting: [WaitingEntry]?
        /// When it was last said how many those are, in milliseconds from 1970.
        var told: Int64?

        /// For how long its server wants to be left alone, at most a day.
        var rest: Duration {
            .milliseconds(min(max(0, (wanted ?? 0) - Timestamp.milliseconds()), 86_400_000))
        }

        /// Where it is to be asked for: where it has moved, or where its page says that it is.
        func place(at address: String) -> String { found ?? movedTo ?? address }
    }

    /// Entries that are remembered of one feed, beside those that it has now.
    static let seenLimit = 3_000
    /// Entries of one feed whose pages are still to be read at most; further ones are left to the feed.
    static let waitingLimit = 2_000
    /// How long a feed is remembered that is no longer wanted, in milliseconds.
    private static let keeps: Int64 = 90 * 86_400_000
    /// Identifiers whose URIs are remembered of one feed, beside those that it has now.
    static let urisLimit = 500
    /// Bytes of the file at most.
    static let limit = 256 << 20

    private(set) var feeds: [String: Feed] = [:]
    /// What keeps the file from being read, or nil.
    private(set) var fault: IngestEvent?
    private let path: String?
    /// Whether it is not in the file as it is.
    private var isFresh = false
    /// When it may be written again: what is large is written less often.
    private var nextSave = ContinuousClock.now
    /// Whether it could not be written.
    private var isForgetting = false

    /// Reads the file, if there is one.
    init(_ path: String?) {
        self.path = path
        guard let path else { return }
        do {
            let bytes = try WholeFile.bytes(of: path, limit: Self.limit)
            feeds = try JSONDecoder().decode([String: Feed].self, from: Data(bytes))
        } catch let error as IngestError where error.code == .notFound {
        } catch {
            let reason = (error as? IngestError)?.message ?? "it is no memory of feeds"
            let aside = path + ".unread"
            _ = OSString.withCString(path) { from in OSString.withCString(aside) { rename(from, $0) } }
            fault = .note(
                .warning, place: OSString.shown(path),
                text: "what was read of feeds is forgotten (\(reason)), and they are read anew; the file is kept as "
                    + OSString.shown(aside))
        }
    }

    /// The addresses that stood on the list of feeds.
    var listed: Set<String> { Set(feeds.lazy.filter { $1.isListed == true && $1.dropped == nil }.map(\.key)) }

    /// Takes note that an address is wanted.
    /// - Returns: What is known of it.
    mutating func want(_ address: String, isListed: Bool) -> Feed {
        let known = feeds[address]
        var feed = known ?? Feed()
        feed.dropped = nil
        feed.isListed = isListed ? true : nil
        isFresh = isFresh || known == nil || known?.dropped != nil || known?.isListed != feed.isListed
        feeds[address] = feed
        return feed
    }

    /// Takes note that only these addresses are wanted; what others have said of themselves counts no more.
    mutating func drop(all wanted: Set<String>) {
        for address in feeds.keys where !wanted.contains(address) && feeds[address]?.dropped == nil {
            feeds[address]?.dropped = Timestamp.now()
            feeds[address]?.isListed = nil
            feeds[address]?.isGone = false
            isFresh = true
        }
    }

    /// Takes what became of feeds that were asked.
    mutating func merge(_ outcomes: [String: Feed]) {
        for (address, outcome) in outcomes {
            var feed = outcome
            // They may have been dropped meanwhile.
            (feed.dropped, feed.isListed) = (feeds[address]?.dropped, feeds[address]?.isListed)
            feeds[address] = feed
            isFresh = true
        }
    }

    /// Writes the file where that is worth it.
    /// - Parameter isEnd: Whether nothing comes after.
    /// - Returns: What to say where that fails, once.
    mutating func save(isEnd: Bool) -> IngestEvent? {
        guard let path, isFresh, isEnd || nextSave <= .now else { return nil }
        isFresh = false
        let start = ContinuousClock.now
        defer { nextSave = .now + (.now - start) * 10 }
        let oldest = Timestamp.format(Timestamp.milliseconds() - Self.keeps)
        feeds = feeds.filter { $1.dropped.map { $0 > oldest } ?? true }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            NewFile.makeFolder(around: path)
            try NewFile.write(Array(encoder.encode(feeds)), to: path)
            isForgetting = false
            return nil
        } catch {
            // Once; articles are known by their journal, too.
            if isForgetting { return nil }
            isForgetting = true
            return .note(.warning, place: OSString.shown(path), text: "what was read of feeds cannot be kept: \(error)")
        }
    }
}
