/// What the model finds in a text; places are ranges of code points.
public struct Reading: Sendable, Equatable {
    /// Words attributed to someone, in the order of the text.
    public var attributions: [Attribution] = []
    /// The pieces that were read, in the order of the text.
    public var pieces: [Labels] = []
    /// For each sentence asked about, what it is likely to be.
    public var judgements: [Judgement] = []
    /// The sentences in which nothing else was looked for, as rising indices.
    public var omitted: [Int] = []

    /// For each sentence asked about its dependency tree, nil where it is furniture or too long.
    public var syntax: [Syntax?] = []

    /// Words or thoughts that the text attributes to someone.
    public struct Attribution: Sendable, Equatable {
        /// What is said, in one or more stretches; never empty.
        public var content: [Range<Int>]
        /// Whoever says it, or empty.
        public var source: [Range<Int>]
        /// The words that attribute it, or empty.
        public var cue: [Range<Int>]
        /// What kind of attribution the cue makes it; nil where there is no cue.
        public var act: Act?
        /// The mean probability of the tags of the content, from 0 to 1.
        public var confidence: Float
    }

    /// How a source relates to what is attributed to it; the order is that of the training code.
    public enum Act: String, Sendable, CaseIterable {
        /// Said or written.
        case statement
        /// Believed, expected, known or felt.
        case belief
        /// Planned, wished or agreed to.
        case intention
        /// Shown by figures, a study, a picture.
        case evidence
        /// Ordered, decided or ruled.
        case decree
    }

    /// What a sentence is likely to be, from 0 to 1 each.
    public struct Judgement: Sendable, Equatable {
        /// It states something worth checking.
        public var worthiness: Float = 0
        /// It is web furniture: no part of the running text.
        public var furniture: Float = 0
    }
}
