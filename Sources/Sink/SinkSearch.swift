/// What to look for in a sink.
public struct SinkSearch: Sendable {
    /// Words that the passage holds, all of them.
    public var words: [String] = []
    /// Words of the speaker's name, all of them.
    public var speaker: String?
    /// Words of the name of a person, all of them, in whatever spelling.
    public var person: String?
    /// `quote` or `claim`, nil for both.
    public var kind: String?
    /// How a quote is told: `direct`, `mixed` or `indirect`.
    public var form: String?
    /// What a speaker does with a quote, such as `belief`.
    public var act: String?
    /// The article's language: `en` holds `en-GB`, too.
    public var language: String?
    /// The publisher, as the article says it.
    public var source: String?
    /// Published, or else analysed, not before this time, in RFC 3339 and UTC.
    public var since: String?
    /// Published, or else analysed, before this time, in RFC 3339 and UTC.
    public var until: String?
    /// At least so confident, or so worth a check.
    public var least: Double?
    /// At most so many.
    public var limit = 50

    /// Too many people are meant.
    public struct Vague: Error, CustomStringConvertible {
        /// Who, and how many.
        public let description: String
    }

    /// Looks for everything.
    public init() {}
}

/// A passage that was found.
public struct SinkPassage: Sendable, Hashable, Encodable {
    /// `quote` or `claim`.
    public var kind: String
    /// Who said it, as the analysis names them; nil for what the article claims itself.
    public var speaker: String?
    /// The person's fullest name, nil where that is not certain or no person speaks.
    public var person: String?
    /// The rules by which the speaker's name is that person's.
    public var rule: String?
    /// What the speaker is, as the article says.
    public var role: String?
    /// How a quote is told, or who claims: `direct`, `indirect` …, `speaker`, `article`.
    public var form: String
    /// What the speaker does with it, such as `statement`.
    public var act: String?
    /// How sure the quote is, or how worth a check the claim.
    public var score: Double?
    /// What was said.
    public var text: String
    /// When the article was published, or else when it was analysed.
    public var date: String
    /// The article's headline.
    public var headline: String
    /// Its publisher.
    public var source: String
    /// Its URI.
    public var uri: String
    /// The passage's identifier.
    public var id: String
}

/// A person, or another speaker, with what is there under all names of theirs.
public struct SinkSpeaker: Sendable, Hashable, Encodable {
    /// The fullest name.
    public var speaker: String
    /// How many quotes.
    public var quotes: Int
    /// How many claims.
    public var claims: Int
    /// The date of the last of them.
    public var last: String
    /// The names, where there are several.
    public var spellings: [Spelling]?

    /// A name that a source calls them by.
    public struct Spelling: Sendable, Hashable, Encodable {
        /// The name.
        public var name: String
        /// The publisher.
        public var source: String
        /// By which rules it is theirs.
        public var rule: String
    }
}
