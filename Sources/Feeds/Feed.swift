/// A feed: RSS 0.9 to 2.0, RDF, Atom, CDF or JSON Feed.
public struct Feed: Sendable, Encodable {
    /// Its name.
    public var title: String?
    /// What it is about.
    public var subtitle: String?
    /// The address of its site.
    public var link: String?
    /// Its language as a tag of BCP 47.
    public var language: String?
    /// Its identifier.
    public var id: String?
    /// Who writes it.
    public var author: String?
    /// When it was published, as it says.
    public var published: String?
    /// When it was changed, as it says.
    public var updated: String?
    /// What it has to tell, in its own order; at most ten thousand.
    public var entries: [Entry] = []

    /// Whether its end is missing, and with it perhaps that of its last entry.
    public var isCut = false

    /// What is wrong with it and was left out, such as `"title" is a number, and no text`.
    public var faults: [String] = []

    private enum CodingKeys: String, CodingKey {
        case title, subtitle, link, language, id, author, published, updated, entries
    }

    /// An entry of a feed.
    public struct Entry: Sendable, Codable {
        /// Its identifier, which is the same however often the entry is changed.
        public var id: String?
        /// Its headline, in plain text or HTML.
        public var title: String?
        /// The address of its page.
        public var link: String?
        /// Its beginning, or what it is about, in plain text or HTML.
        public var summary: String?
        /// Its whole text, in plain text or HTML.
        public var content: String?
        /// When it was published, as it says.
        public var published: String?
        /// When it was changed, as it says.
        public var updated: String?
        /// Who wrote it.
        public var author: String?
        /// Its language, where it is not the feed's.
        public var language: String?
        /// When it was taken back, as it says; nil for an entry that stands (RFC 6721).
        public var deleted: String?
        /// What is wrong with it and was left out, or nil.
        public var faults: [String]?

        /// An entry without anything.
        public init() {}
    }

    static let entryLimit = 10_000

    /// The largest feed that is read, in bytes.
    public static let limit = 16 << 20

    /// Reads a feed, whatever is wrong with it, or gives nil for what is none.
    /// - Parameters:
    ///   - bytes: The feed as it came.
    ///   - charset: The encoding that a server names, or nil.
    ///   - address: Where it came from, or nil.
    public init?(_ bytes: [UInt8], charset: String? = nil, address: String? = nil) {
        if let feed = JSONFeed.feed(bytes, charset: charset) {
            self = feed
            return
        }
        for start in [0, FeedMarkup.lateStart(in: bytes)] {
            guard let start, let document = FeedMarkup.document(of: Array(bytes[start...]), charset: charset),
                var feed = FeedReader(document.root, address: address).feed
            else { continue }
            feed.isCut = document.isCut
            self = feed
            return
        }
        return nil
    }

    /// A feed without anything.
    public init() {}

    /// Whether bytes are a JSON Feed.
    public static func isJSON(_ bytes: [UInt8]) -> Bool {
        // Most JSON is none, and need not be read for that.
        String(decoding: bytes, as: UTF8.self).contains("jsonfeed.org") && JSONFeed.feed(bytes, charset: nil) != nil
    }
}
