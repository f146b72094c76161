/// The numbers behind confidence, written by `Sources/Training/refit.py`, which fits them to the development data: run that for
/// new weights, and edit nothing here.
enum Fitted {
    /// Of a quote: its content is that of a real attribution.
    static let quote = Calibration(slope: 0.77, offset: -0.02)
    /// Of a quotation that stands alone, without a cue.
    static let uncued = 0.88
    /// Of what the tree finds within a quote: somebody says it.
    static let reported = 0.84
    /// Of a sentence: it is worth checking.
    static let claim = Calibration(slope: 0.75, offset: -0.06)
    /// From this calibrated probability on, F1 is best: what is at least that is worth checking.
    static let leastClaim = 0.47
    /// Of a proposition: an annotator has it, too.
    static let proposition = Calibration(slope: 0.63, offset: 0.38)
    /// The least mean probability of an attribution's tags with which it becomes a quote.
    static let leastQuote: Float = 0.65
    /// The least usefulness of a proposition that is reported, before calibration.
    static let leastProposition = 0.37
    /// For each rule that resolves speakers: the share of its answers with the full name right.
    static let speakers: [String: Double] = [
        "relative": 0.74,
        "pronoun": 0.86,
        "coordinated": 0.65,
        "name": 0.94,
        "apposition": 0.93,
        "body in apposition": 0.88,
        "owned document": 0.79,
        "statement": 0.79,
        "role holder": 0.65,
        "same noun": 0.43,
        "body noun": 0.83,
        "head phrase": 0.59,
        "interviewee": 0.79,
        "member": 0.83,
        "introduced": 0.63,
    ]
    /// The weights of what speaks for a sentence's being the claim of somebody it quotes, in a logistic regression.
    static let claimant: [String: Double] = [
        "bias": -4.27,
        "act belief": 0.47,
        "act decree": -1.19,
        "act evidence": 0.94,
        "act intention": -0.54,
        "act statement": 0.30,
        "cue accord": 1.05,
        "cue announc": 0.56,
        "cue are": -0.75,
        "cue ask": -0.87,
        "cue been": -0.42,
        "cue call": -0.41,
        "cue cit": -0.45,
        "cue claim": 0.75,
        "cue confirm": 0.69,
        "cue demand": -0.64,
        "cue estimat": 0.76,
        "cue for": -0.69,
        "cue found": 1.00,
        "cue had": -0.83,
        "cue has": -0.75,
        "cue is": -0.49,
        "cue on": -0.57,
        "cue order": -0.67,
        "cue plead": -0.99,
        "cue propos": -0.78,
        "cue report": 0.94,
        "cue reportedl": -0.86,
        "cue rul": 0.74,
        "cue said": 1.54,
        "cue say": 0.68,
        "cue stat": 0.66,
        "cue to": 0.17,
        "cue told": 0.60,
        "cue was": -0.67,
        "cue wrot": 0.55,
        "decree clause": -0.19,
        "decree phrase": -0.67,
        "evidence clause": 0.50,
        "evidence phrase": 0.47,
        "form clause": 0.38,
        "form phrase": -0.24,
        "headline": -0.63,
        "kind direct": 0.25,
        "kind indirect": -0.35,
        "little": -1.07,
        "nearly all": 0.69,
        "number": 0.19,
        "number in clause": 0.14,
        "others": -0.92,
        "share": 1.75,
        "source behind": 0.54,
        "speaker known": 1.29,
        "speaker unknown": -1.31,
        "statement clause": 0.63,
        "statement infinitive": -0.68,
        "statement phrase": 0.35,
        "sure": 1.43,
        "that": 0.34,
        "to": -0.24,
    ]
    /// The weights of what rules and parser say of a proposition, in a logistic regression.
    static let usefulness: [String: Double] = [
        "bias": 0.22,
        "also advcl": -0.43,
        "also obl": 0.58,
        "clause acl:relcl": 0.18,
        "clause ccomp": -0.62,
        "clause conj": 0.27,
        "clause root": 0.13,
        "clause xcomp": -0.71,
        "depth": -0.42,
        "first advmod": -0.25,
        "first ccomp": 0.32,
        "first none": -0.93,
        "first obj": 0.29,
        "first obl": 0.51,
        "gaps in the objects": -0.40,
        "gaps in the subject": -0.40,
        "i, we, you": -0.44,
        "ing acl": -0.20,
        "ing advcl": -0.74,
        "lead in": -0.42,
        "lead none": -0.19,
        "long objects": 0.32,
        "long sentence": -0.13,
        "objects 0": -0.93,
        "objects 1": 0.67,
        "objects 2": 0.20,
        "part verb": 0.22,
        "passive": 0.36,
        "pronoun": -0.15,
        "saying": 0.39,
        "share of the sentence": -0.22,
        "split": -0.52,
        "subject adverbial": -0.31,
        "subject antecedent": 0.18,
        "subject control": -0.61,
        "subject noun": 0.16,
        "subject own": 0.19,
        "sure of the subject": 0.18,
        "to advcl": -0.27,
        "to xcomp": -0.66,
    ]
}
