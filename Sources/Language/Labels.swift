extension Reading {
    /// What the model says of one piece of a word.
    public struct Labels: Sendable, Equatable {
        /// Where the piece begins.
        public var start: Int
        /// Where it ends.
        public var end: Int
        /// The kind of name that it belongs to, or nil.
        public var name: NameKind?
        /// Whether a name begins here.
        public var beginsName: Bool
        /// Its part of speech.
        public var part: PartOfSpeech
        /// What it refers to, if it is a mention.
        public var mention: MentionKind
        /// How likely a source that holds it is of each kind, in the order of `SourceKind`.
        public var source: SIMD8<Float>
        /// For a pronoun or a noun, what stands before it and may be what it means: the likeliest first.
        public var antecedents: [Antecedent] = []
    }

    /// A piece that another may refer to.
    public struct Antecedent: Sendable, Equatable {
        // A long text has many.
        private var place: Int32
        /// From 0 to 1.
        public var probability: Float

        init(piece: Int, probability: Float) {
            (place, self.probability) = (Int32(piece), probability)
        }

        /// Index of the piece in `pieces`.
        public internal(set) var piece: Int {
            get { Int(place) }
            set { place = Int32(newValue) }
        }
    }

    /// Kinds of names; the order is that of the training code.
    public enum NameKind: Int, Sendable {
        /// A human being.
        case person
        /// A company, state body, party, team.
        case organization
        /// A place.
        case place
        /// A work, event, law, nationality.
        case other
        /// A date or time.
        case time
        /// A number.
        case quantity
    }

    /// Universal parts of speech; the order is that of the training code.
    public enum PartOfSpeech: Int, Sendable {
        case adjective, adposition, adverb, auxiliary, coordinatingConjunction, determiner, interjection, noun, numeral
        case particle, pronoun, properNoun, punctuation, subordinatingConjunction, symbol, verb, other
    }

    /// What a noun phrase refers to; the order is that of the training code.
    public enum MentionKind: Int, Sendable {
        case none, person, organization, place, event, time, object, abstract, animal, plant, substance
    }

    /// What a source is; the order is that of the training code.
    public enum SourceKind: Int, Sendable, CaseIterable {
        /// A single human being.
        case person
        /// A body that acts as one.
        case organization
        /// Several people.
        case group
        /// A text that speaks for itself.
        case document
        /// None of these.
        case unknown
    }
}
