public import Wire

/// An article as a source gave it: normalised, with every default filled in.
public struct IncomingArticle: Sendable, Hashable {
    /// The article.
    public var article: Article
    /// Whether the source said which version this is; if not, the version is `"1"` and whoever publishes may count.
    public var hasOwnVersion: Bool
    /// Where it stands, for messages: a file, or a file and a line such as `news.jsonl:12`.
    public var place: String
    /// The names of its authors, where its source gives them.
    public var byline: [String] = []
    /// The W3C trace that its source says it belongs to, or nil.
    public var traceparent: String?
    /// Why its source takes back all that it published under the URI, as a token such as `canceled`; nil for an article.
    public var withdrawal: String?
    /// The identifier that its feed has for it, by which that may take it back, where it is not the article's URI.
    public var entry: String?
    /// Of a withdrawal that may be read again, such as at each start, what tells that it is the same; nil where each one counts.
    public var occasion: String?
    /// What its source should know of it.
    var remarks: [Remark] = []

    /// Creates an incoming article.
    public init(article: Article, hasOwnVersion: Bool, place: String) {
        self.article = article
        self.hasOwnVersion = hasOwnVersion
        self.place = place
    }

    init(article: Article, hasOwnVersion: Bool, place: String, remarks: [Remark]) {
        self.init(article: article, hasOwnVersion: hasOwnVersion, place: place)
        self.remarks = remarks
    }
}
