/// What a server answered.
public struct WebResponse: Sendable {
    /// The status of HTTP: 200, or 304 for what has not changed.
    public var status: Int
    /// The body, decompressed.
    public var body: [UInt8] = []
    /// Its media type in lower case, or "".
    public var type = ""
    /// The encoding that its type names, or nil.
    public var charset: String?
    /// The tag of this version, for the next request.
    public var etag: String?
    /// When it was changed, for the next request.
    public var modified: String?
    /// Where it came from, behind redirects.
    public var address: String
    /// The address to ask from now on, where the server says that it has moved for good.
    public var movedTo: String?

    /// Whether a media type may be that of a page; servers that name none mostly send pages.
    public static func isPage(_ type: String) -> Bool {
        type.isEmpty || type.hasPrefix("text/") || type.contains("html") || type.hasSuffix("xml")
    }
}

/// Why there is no answer.
public struct WebError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable {
        /// The address is none that is fetched, or leads to one.
        case refused
        /// The server's robots.txt asks not to.
        case robots
        /// There is no such thing.
        case notFound = "not-found"
        /// It was there, and is no more.
        case gone
        /// The server does not give it, such as to somebody without a subscription.
        case denied
        /// It is larger than allowed.
        case tooBig = "too-big"
        /// It is something else, such as a picture.
        case otherType = "other-type"
        /// There is an answer, but no feed.
        case noFeed = "no-feed"
        /// No answer, or one that asks to come later.
        case unavailable
    }

    /// The kind of failure.
    public var code: Code
    /// What happened, in one line.
    public var description: String
    /// Seconds after which the server asks to be asked again, or nil.
    public var retryAfter: Int?
    /// Whether nothing was asked, since the server wants to be left alone for a while.
    public var isHeldBack = false

    /// Describes a failure.
    public init(code: Code, description: String, retryAfter: Int? = nil) {
        self.code = code
        self.description = description
        self.retryAfter = retryAfter
    }

    /// Whether it may be otherwise later.
    public var isRetriable: Bool { code == .unavailable || code == .robots || code == .noFeed }
}
