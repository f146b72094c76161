import Wire

/// A proposition as the rules find it, in words of the sentence.
struct Candidate {
    /// The predicate's word.
    var at: Int
    /// The head of the subject.
    var noun: Int
    var subject: [Int]
    /// A word that the sentence leaves out: the "be" of a participle behind a noun.
    var implied: String?
    var predicate: [Int]
    var objects: [[Int]]
    /// Where the subject comes from.
    var origin = ""
    /// What the objects are.
    var kinds: [String] = []
    /// Made from one member of a coordination.
    var isSplit = false
    /// The first argument's preposition went to the predicate.
    var hasLead = false
    var isNegated = false
    var modality = Analysis.Modality.asserted
    /// Before calibration.
    var usefulness = 0.0
}
