internal import FoundationEssentials
internal import Service

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
        /// Whether it has gone for good.
        var isGone = false
        /// When it last brought more at once than feeds do, in RFC 3339, and how many entries.
        var flooded: String?
        var flood: Int?
        /// Under what an article was published: that of a page, by the page's address, those of a feed by their identifiers.
        var uris: [String: String]?
        /// Digests of the entries that were read, the newest last.
        var seen: [String] = []
    }

    static let seenLimit = 3_000
    /// Identifiers whose URIs are remembered of one feed, beside those that it has now.
    static let urisLimit = 500
    /// Bytes of the file at most.
    static let limit = 256 << 20

    var feeds: [String: Feed] = [:]
    private let path: String?

    /// Reads the file, if there is one.
    init(_ path: String?) {
        self.path = path
        guard let path, let bytes = try? WholeFile.bytes(of: path, limit: Self.limit),
            let feeds = try? JSONDecoder().decode([String: Feed].self, from: Data(bytes))
        else { return }
        self.feeds = feeds
    }

    /// Writes the file.
    /// - Throws: `FileFailure` where that fails.
    func save() throws(FileFailure) {
        guard let path else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(feeds) else { return }
        NewFile.makeFolder(around: path)
        try NewFile.write(Array(data), to: path)
    }
}
