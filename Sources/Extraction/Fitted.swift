/// The numbers behind confidence, written by `Sources/Training/refit.py`, which fits them to the development data: run that for
/// new weights, and edit nothing here.
enum Fitted {
    /// Of a quote: its content is that of a real attribution.
    static let quote = Calibration(slope: 0.84, offset: -0.24)
    /// Of a quotation that stands alone, without a cue.
    static let uncued = 0.84
    /// Of what the tree finds within a quote: somebody says it.
    static let reported = 0.84
    /// Of a sentence: it is worth checking.
    static let claim = Calibration(slope: 0.75, offset: -0.08)
    /// From this calibrated probability on, F1 is best: what is at least that is worth checking.
    static let leastClaim = 0.50
    /// Of a proposition: an annotator has it, too.
    static let proposition = Calibration(slope: 0.57, offset: 0.43)
    /// The least mean probability of an attribution's tags with which it becomes a quote.
    static let leastQuote: Float = 0.65
    /// The least usefulness of a proposition that is reported, before calibration.
    static let leastProposition = 0.37
    /// For each rule that resolves speakers: the share of its answers with the full name right.
    static let speakers: [String: Double] = [
        "relative": 0.72,
        "pronoun": 0.88,
        "coordinated": 0.65,
        "name": 0.95,
        "apposition": 0.94,
        "body in apposition": 0.87,
        "owned document": 0.80,
        "statement": 0.80,
        "role holder": 0.61,
        "same noun": 0.43,
        "body noun": 0.84,
        "head phrase": 0.59,
        "interviewee": 0.80,
        "member": 0.84,
        "introduced": 0.80,
    ]
    /// The weights of what speaks for a sentence's being the claim of somebody it quotes, in a logistic regression.
    static let claimant: [String: Double] = [
        "bias": -4.39,
        "act belief": 0.49,
        "act decree": -1.20,
        "act evidence": 0.92,
        "act intention": -0.51,
        "act statement": 0.29,
        "cue accord": 1.01,
        "cue announc": 0.56,
        "cue are": -0.56,
        "cue ask": -0.83,
        "cue call": -0.59,
        "cue cit": -0.47,
        "cue claim": 0.80,
        "cue confirm": 0.70,
        "cue estimat": 0.69,
        "cue for": -1.06,
        "cue found": 1.00,
        "cue had": -0.88,
        "cue has": -0.83,
        "cue is": -0.40,
        "cue on": -0.51,
        "cue order": -0.70,
        "cue plead": -0.88,
        "cue propos": -0.81,
        "cue report": 0.95,
        "cue reportedl": -0.80,
        "cue rul": 0.64,
        "cue said": 1.51,
        "cue say": 0.66,
        "cue stat": 0.67,
        "cue to": 0.19,
        "cue told": 0.57,
        "cue urg": -0.75,
        "cue was": -0.63,
        "cue wrot": 0.54,
        "decree clause": -0.27,
        "decree phrase": -0.66,
        "evidence clause": 0.44,
        "evidence phrase": 0.48,
        "form clause": 0.47,
        "form phrase": -0.23,
        "headline": -0.64,
        "intention clause": -0.66,
        "kind direct": 0.23,
        "kind indirect": -0.36,
        "little": -1.00,
        "nearly all": 0.61,
        "number": 0.23,
        "number in clause": 0.10,
        "others": -0.99,
        "share": 1.97,
        "source behind": 0.55,
        "speaker known": 1.46,
        "speaker unknown": -1.47,
        "statement clause": 0.57,
        "statement infinitive": -0.55,
        "statement phrase": 0.27,
        "sure": 1.29,
        "that": 0.33,
        "to": -0.36,
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
