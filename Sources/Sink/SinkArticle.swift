public import Wire

/// An analysis in a sink, with passages of it.
public struct SinkArticle: Sendable, Hashable {
    /// A quote or a claim.
    public struct Passage: Sendable, Hashable {
        /// `quote` or `claim`.
        public var kind: String
        /// Its identifier.
        public var id: String
        /// Who said it; nil for what the article claims itself, and where nobody can be named.
        public var speaker: String?
        /// The fullest name of the person who that is, nil where that is not certain or no person speaks.
        public var person: String?
        /// What the speaker is, as the article says.
        public var role: String?
        /// How a quote is told, or who claims: `direct`, `indirect` …, `speaker`, `article`.
        public var form: String
        /// What the speaker does with it, such as `statement`.
        public var act: String?
        /// How sure the quote is, or how worth a check the claim.
        public var score: Double?
        /// The code points of the article's text from its beginning to its end, whatever stands between its pieces.
        public var place: Range<Int64>
        /// What was said.
        public var text: String
    }

    /// What stands now, or why it does not.
    public enum Standing: String, Sendable, Hashable {
        /// It is the latest that is known.
        case current
        /// A later version has taken its place.
        case replaced
        /// Its source took the article back.
        case withdrawn
    }

    /// Its place in the order of arrival.
    public var key: Int64
    /// Identifier of the analysis.
    public var id: String
    /// Number of its message on the stream of results.
    public var n: Int64
    /// When it was published there, in RFC 3339.
    public var time: String
    /// Identifier of the article's event on the stream of articles, or nil.
    public var article: String?
    /// The article's URI.
    public var uri: String
    /// The article's version.
    public var version: String
    /// The headline.
    public var headline: String
    /// The publisher, or nil.
    public var source: String?
    /// The language as a BCP 47 tag.
    public var language: String
    /// When the article was published, in RFC 3339 and UTC where the source said it so, or nil.
    public var published: String?
    /// Whether it stands.
    public var standing: Standing
    /// What of it is not told.
    public var remarks: [Analysis.Remark] = []
    /// What was found in it, in the order of the text.
    public var passages: [Passage] = []
}
