/// What the model finds in a text; places are ranges of code points.
public struct Reading: Sendable, Equatable {
    /// Words attributed to someone, in the order of the text.
    public var attributions: [Attribution] = []
    /// Names, times and quantities, in the order of the text.
    public var names: [Name] = []
    /// For each sentence asked about, the probability that it states something worth checking.
    public var worthiness: [Float] = []

    /// Words or thoughts that the text attributes to someone.
    public struct Attribution: Sendable, Equatable {
        /// What is said, in one or more stretches; never empty.
        public var content: [Range<Int>]
        /// Whoever says it, or empty.
        public var source: [Range<Int>]
        /// The words that attribute it, or empty.
        public var cue: [Range<Int>]
        /// The mean probability of the tags of the content, from 0 to 1.
        public var confidence: Float
    }

    /// A name, a time or a quantity.
    public struct Name: Sendable, Equatable {
        /// `PERSON`, `ORGANIZATION`, `LOCATION`, `MISC`, `TIME` or `QUANTITY`.
        public var kind: String
        /// Where it stands.
        public var place: Range<Int>
    }
}
