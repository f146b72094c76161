import Wire

/// A proposition as the rules find it, in words of the sentence.
struct Candidate {
    /// Which rule found it.
    enum Rule: String {
        case clause, appos, place, title, possessive, nmod
    }

    var rule: Rule
    /// The predicate's word, or the dependent of a nominal rule.
    var at: Int
    /// The head of the subject.
    var noun: Int
    var subject: [Int]
    /// A word that the sentence leaves out: "be", "be in", "has".
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
