/// The numbers behind confidence, written by `Sources/Training/refit.py`, which fits them to the development data: run that for
/// new weights, and edit nothing here.
enum Fitted {
    /// Of a quote: its content is that of a real attribution.
    static let quote = Calibration(slope: 0.74, offset: -0.28)
    /// Of a quotation that stands alone, without a cue.
    static let uncued = 0.72
    /// Of a sentence: it is worth checking.
    static let claim = Calibration(slope: 0.45, offset: 0.23)
    /// Of a proposition: an annotator has it, too.
    static let proposition = Calibration(slope: 0.71, offset: -0.09)
    /// The least mean probability of an attribution's tags with which it becomes a quote.
    static let leastQuote: Float = 0.60
    /// The least usefulness of a proposition that is reported, before calibration.
    static let leastProposition = 0.35
    /// For each rule that resolves speakers: the share of its answers with the full name right.
    static let speakers: [String: Double] = [
        "relative": 0.77,
        "pronoun": 0.82,
        "coordinated": 0.82,
        "name": 0.93,
        "apposition": 0.93,
        "body in apposition": 0.87,
        "owned document": 0.80,
        "statement": 0.80,
        "role holder": 0.63,
        "same noun": 0.43,
        "body noun": 0.60,
        "head phrase": 0.61,
        "interviewee": 0.80,
    ]
    /// The weights of what rules and parser say of a proposition, in a logistic regression.
    static let usefulness: [String: Double] = [
        "bias": 0.10,
        "also advcl": -0.54,
        "also obl": 0.56,
        "appos noun": 0.69,
        "clause": 0.39,
        "clause acl:relcl": 0.48,
        "clause ccomp": -0.53,
        "clause xcomp": -0.55,
        "depth of clause": -0.55,
        "depth of nmod": -0.19,
        "depth of possessive": -0.60,
        "depth of title": 0.39,
        "first ccomp": 0.44,
        "first none": -1.00,
        "first obj": 0.29,
        "first obl": 0.49,
        "gaps in the objects": -0.42,
        "gaps in the subject": -0.46,
        "ing advcl": -0.63,
        "lead in": -0.48,
        "lead none": -0.17,
        "long objects": 0.41,
        "long sentence": -0.18,
        "long subject": 0.02,
        "nmod": -0.21,
        "nmod of": -0.61,
        "objects 0": -1.00,
        "objects 1": 0.52,
        "objects 2": 0.03,
        "part verb": 0.25,
        "passive": 0.36,
        "possessive": -0.55,
        "pronoun": -0.21,
        "share of the sentence": -0.60,
        "split": -0.43,
        "subject adverbial": -0.47,
        "subject conj": 0.57,
        "subject control": -0.52,
        "subject noun": 0.25,
        "subject own": 0.22,
        "to xcomp": -0.79,
    ]
}
