/// The numbers behind confidence, written by `Sources/Training/refit.py`, which fits them to the development data: run that for
/// new weights, and edit nothing here.
enum Fitted {
    /// Of a quote: its content is that of a real attribution.
    static let quote = Calibration(slope: 0.74, offset: -0.29)
    /// Of a quotation that stands alone, without a cue.
    static let uncued = 0.79
    /// Of what the tree finds within a quote: somebody says it.
    static let reported = 0.84
    /// Of a sentence: it is worth checking.
    static let claim = Calibration(slope: 0.43, offset: -0.01)
    /// From this calibrated probability on, F1 is best: what is at least that is worth checking.
    static let leastClaim = 0.44
    /// Of a proposition: an annotator has it, too.
    static let proposition = Calibration(slope: 0.51, offset: 0.41)
    /// The least mean probability of an attribution's tags with which it becomes a quote.
    static let leastQuote: Float = 0.60
    /// The least usefulness of a proposition that is reported, before calibration.
    static let leastProposition = 0.36
    /// For each rule that resolves speakers: the share of its answers with the full name right.
    static let speakers: [String: Double] = [
        "relative": 0.78,
        "pronoun": 0.84,
        "coordinated": 0.82,
        "name": 0.93,
        "apposition": 0.95,
        "body in apposition": 0.87,
        "owned document": 0.80,
        "statement": 0.80,
        "role holder": 0.68,
        "same noun": 0.43,
        "body noun": 0.60,
        "head phrase": 0.61,
        "interviewee": 0.80,
        "member": 0.84,
    ]
    /// The weights of what speaks for a sentence's being the claim of somebody it quotes, in a logistic regression.
    static let claimant: [String: Double] = [
        "bias": -3.96,
        "act belief": 0.50,
        "act decree": -1.29,
        "act evidence": 0.95,
        "act intention": -0.62,
        "act statement": 0.45,
        "cue accord": 0.91,
        "cue announc": 0.57,
        "cue are": -0.48,
        "cue ask": -0.78,
        "cue been": -0.64,
        "cue call": -0.72,
        "cue cit": -0.63,
        "cue claim": 0.75,
        "cue confirm": 0.71,
        "cue demand": -0.64,
        "cue estimat": 0.72,
        "cue for": -1.04,
        "cue found": 1.01,
        "cue had": -0.79,
        "cue has": -0.63,
        "cue is": -0.70,
        "cue of": -0.49,
        "cue order": -0.70,
        "cue plead": -0.93,
        "cue report": 0.91,
        "cue reportedl": -0.68,
        "cue rul": 0.73,
        "cue said": 1.51,
        "cue say": 0.65,
        "cue stat": 0.78,
        "cue to": 0.54,
        "cue told": 0.53,
        "cue was": -0.59,
        "decree phrase": -0.71,
        "evidence clause": 0.48,
        "evidence phrase": 0.45,
        "form clause": 0.32,
        "form phrase": -0.24,
        "headline": -0.74,
        "intention clause": -0.83,
        "intention infinitive": 0.37,
        "kind direct": 0.29,
        "kind indirect": -0.40,
        "little": -0.97,
        "nearly all": 0.59,
        "number": 0.08,
        "number in clause": 0.28,
        "number in phrase": 0.27,
        "others": -0.81,
        "share": 2.02,
        "source behind": 0.48,
        "speaker known": 1.38,
        "speaker unknown": -1.40,
        "statement clause": 0.59,
        "statement infinitive": -0.47,
        "statement phrase": 0.33,
        "sure": 0.86,
        "that": 0.37,
        "to": -0.36,
    ]
    /// The weights of what rules and parser say of a proposition, in a logistic regression.
    static let usefulness: [String: Double] = [
        "bias": 0.49,
        "also advcl": -0.55,
        "also advmod": 0.19,
        "also obl": 0.53,
        "clause acl:relcl": 0.51,
        "clause ccomp": -0.45,
        "clause conj": 0.18,
        "clause root": 0.03,
        "clause xcomp": -0.63,
        "depth": -0.54,
        "first advmod": -0.36,
        "first ccomp": 0.13,
        "first none": -0.97,
        "first obj": 0.22,
        "first obl": 0.34,
        "gaps in the objects": -0.45,
        "gaps in the subject": -0.42,
        "ing advcl": -0.61,
        "lead in": -0.49,
        "lead none": -0.27,
        "long objects": 0.38,
        "long sentence": -0.16,
        "long subject": 0.07,
        "objects 0": -0.97,
        "objects 1": 0.64,
        "objects 2": 0.20,
        "objects 3": 0.29,
        "part verb": 0.24,
        "passive": 0.34,
        "pronoun": -0.19,
        "saying": 0.36,
        "share of the sentence": -0.35,
        "split": -0.43,
        "subject adverbial": -0.45,
        "subject conj": 0.52,
        "subject control": -0.64,
        "subject far": -0.05,
        "subject noun": 0.24,
        "subject own": 0.09,
        "to xcomp": -0.69,
    ]
}
