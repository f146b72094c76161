/// How an intake reads pages and feeds of the web.
public struct WebOptions: Sendable {
    /// What it calls itself to servers.
    public var agent: String
    /// Whether private, loopback and link-local addresses may be fetched from.
    public var allowsPrivate = false
    /// A file with addresses of feeds, one a line or in OPML, read again when it changes.
    public var feeds: String?
    /// The file that remembers what was read of each feed, or nil to forget it.
    public var memory: String?
    /// Whether feeds are asked again and again.
    public var polls = false
    /// The pause between two requests of one host.
    public var pause = Duration.seconds(1)
    /// The time between two requests for one feed.
    public var interval = Duration.seconds(600)

    /// Creates options.
    public init(agent: String) {
        self.agent = agent
    }
}
