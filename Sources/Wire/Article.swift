/// One news article: what a source yields, the `raw` stream carries and the extraction reads.
///
/// `Article+Ninjs.swift` gives its form on the wire, an IPTC ninjs 3.0 news item.
public struct Article: Sendable, Hashable {
    /// The article's identity over all its versions: a URI.
    public var uri: String
    /// Which version of the article this is, as the source counts them; `"1"` where there is only one.
    public var version: String
    /// The headline, empty where the source gives none.
    public var headline: String
    /// The language as a BCP 47 tag such as `en` or `en-GB`.
    public var language: String
    /// When the article was published, in RFC 3339, or nil where the source does not say.
    public var published: String?
    /// Who published it, such as `afp.com`, or nil where the source does not say.
    public var source: String?
    /// The plain text, whose code points every span of an analysis counts.
    public var body: String

    /// What stands for the publisher of an article that nobody is known to have published, such as a file's.
    public static let unknownSource = "local"

    /// Creates an article.
    public init(
        uri: String, version: String = "1", headline: String = "", language: String = "en", published: String? = nil,
        source: String? = nil, body: String
    ) {
        self.uri = uri
        self.version = version
        self.headline = headline
        self.language = language
        self.published = published
        self.source = source
        self.body = body
    }

    /// SHA-256 of the body's UTF-8 bytes, in lower-case hexadecimal.
    public var bodyDigest: String { Digest.sha256(Array(body.utf8)) }

    /// The identifier of this version with this body, 32 hexadecimal digits: the `id` of its event on the stream `raw`.
    ///
    /// The same article read twice has the same one, so a journal takes it once.
    ///
    /// - Parameter countsVersion: Whether the version is its source's own; one that the producer counted is no part of it, so that
    ///   the same text is known again.
    /// - Returns: The identifier.
    public func identifier(countsVersion: Bool = true) -> String {
        Digest.identifier(["nwp1", "raw", uri, countsVersion ? version : "", bodyDigest])
    }

    /// The topic that carries the article.
    public var topic: Topic { Topic.raw(language: language, source: source ?? "") }
}
