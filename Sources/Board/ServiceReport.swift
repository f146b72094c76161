/// How a service of the pair is, at one moment.
public struct ServiceReport: Sendable, Hashable {
    /// One thing that it says.
    public struct Fact: Sendable, Hashable {
        /// What it is about, such as `queue`.
        public var name: String
        /// What is said.
        public var words: String
        /// Whether somebody should look after it.
        public var isAlert: Bool

        /// A fact.
        public init(name: String, words: String, isAlert: Bool) {
            self.name = name
            self.words = words
            self.isAlert = isAlert
        }
    }

    /// The condition of a service that gives no sign.
    public static let silent = "does not answer"

    /// `producer` or `analyzer`.
    public var service: String
    /// Where it was asked.
    public var endpoint: String
    /// Whether it answers, is ready and makes progress.
    public var isWell: Bool
    /// In a few words: `ready`, or what is the matter.
    public var condition: String
    /// What counts most, in a line; empty where nothing is known.
    public var summary: String
    /// All that it says.
    public var facts: [Fact]
    /// The number of the newest result, nil where it has none to tell.
    public var newestResult: Int64?

    /// A report.
    public init(
        service: String, endpoint: String, isWell: Bool, condition: String, summary: String = "", facts: [Fact] = [],
        newestResult: Int64? = nil
    ) {
        self.service = service
        self.endpoint = endpoint
        self.isWell = isWell
        self.condition = condition
        self.summary = summary
        self.facts = facts
        self.newestResult = newestResult
    }
}
