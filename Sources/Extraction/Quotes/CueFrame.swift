/// A cue of a sentence with what stands around it, in units of the sentence.
struct CueFrame {
    enum Order {
        /// "Li said (that) …", "According to Li, …": the content follows.
        case leading
        /// "…, Li said", "…, said Li": the content stands before, and perhaps goes on behind.
        case trailing
    }

    var order: Order
    /// Subject and cue together.
    var extent: Range<Int>
    /// The cue words.
    var cue: Range<Int>
    /// Who speaks, or nil where that is the subject of the clause before.
    var source: Range<Int>?
    /// Where the content starts; for a trailing frame, where it may go on.
    var content: Int
    /// Linked to the clause before: "and called", ", adding".
    var inherits: Bool
    /// The pronoun "which" whose clause this is, for "which Japan said landed".
    var relative: Int?
    /// Part of a relative clause, which ends with its comma: ", who said …,".
    var isRelative = false
    /// The verb is one of speech.
    var isSpeech: Bool
}
