import Foundation
import Language

/// How useful a proposition is likely to be: logistic regression on what the rules and the parser say of it.
///
/// The weights were fitted to CaRB dev, so that it ranks usefulness there; it is no calibrated probability of truth.
struct PropositionConfidence {
    let tree: SentenceTree

    func confidence(of candidate: Candidate) -> Double {
        var sum = 0.92
        for (name, value) in features(of: candidate) { sum += (Self.weights[name] ?? 0) * value }
        return (1_000 / (1 + exp(-sum))).rounded() / 1_000
    }

    private func features(of candidate: Candidate) -> [(String, Double)] {
        let objects = candidate.objects.flatMap { $0 }
        let share = Double(Set(candidate.subject + objects).count) / Double(tree.count)
        let isClause = candidate.rule == .clause
        var found: [(String, Double)] = [
            (candidate.rule.rawValue, 1),
            ("depth of \(candidate.rule.rawValue)", Double(min(4, tree.depth(candidate.at)))),
            ("split", candidate.isSplit ? 1 : 0),
            ("sure of the subject", Double(tree.sure[isClause ? candidate.noun : candidate.at])),
            ("share of the sentence", share), ("gaps in the subject", Double(min(2, Self.gaps(candidate.subject)))),
            ("gaps in the objects", Double(min(2, candidate.objects.map(Self.gaps).reduce(0, +)))),
            ("long subject", log1p(Double(candidate.subject.count))), ("long objects", log1p(Double(objects.count))),
            ("long sentence", log1p(Double(tree.count))),
        ]
        guard isClause else {
            found.append(("\(candidate.rule.rawValue) is name", tree.names[candidate.at] != nil ? 1 : 0))
            let kind =
                candidate.rule == .nmod
                ? candidate.predicate.last.map { tree.lower[$0] } ?? ""
                : tree.parts[candidate.at] == .noun ? "NOUN" : ""
            found.append(("\(candidate.rule.rawValue) \(kind)", 1))
            return found
        }
        let relation = tree.relations[candidate.at]
        found += [
            ("subject far", log1p(Double(abs(candidate.at - candidate.noun)))), ("subject \(candidate.origin)", 1),
            ("clause \(relation)", 1), ("objects \(min(4, candidate.objects.count))", 1),
            ("first \(candidate.kinds.first ?? "none")", 1),
            ("passive", tree.under(candidate.at, "aux:pass").isEmpty ? 0 : 1),
            ("pronoun", tree.parts[candidate.noun] == .pronoun ? 1 : 0),
            ("to \(relation)", tree.under(candidate.at, "mark").contains { tree.lower[$0] == "to" } ? 1 : 0),
            ("ing \(relation)", tree.lower[candidate.at].hasSuffix("ing") ? 1 : 0),
        ]
        return found + Set(candidate.kinds.dropFirst()).map { ("also \($0)", 1) }
    }

    private static func gaps(_ words: [Int]) -> Int { zip(words, words.dropFirst()).filter { $1 > $0 + 1 }.count }

    private static let weights: [String: Double] = [
        "clause": 0.14, "depth of clause": -0.39, "split": -0.26, "sure of the subject": 0.12,
        "share of the sentence": -0.56, "gaps in the subject": -0.26, "gaps in the objects": -0.20,
        "long subject": 0.08,
        "long objects": 0.41, "long sentence": -0.31, "subject far": -0.14, "subject own": 0.06, "clause root": 0.26,
        "first obj": 0.19, "also advcl": -0.58, "also obl": 0.34, "passive": 0.69, "pronoun": -0.26, "ing advcl": -0.47,
        "nmod": -0.45, "depth of nmod": -0.34, "nmod of": -0.41, "objects 1": 0.45, "subject antecedent": 0.42,
        "first obl": 0.40, "objects 2": 0.04, "nmod in": 0.34, "clause conj": 0.27, "depth of possessive": -0.79,
        "objects 0": -0.99, "first none": -0.99, "subject control": -0.50, "clause xcomp": -0.60, "to xcomp": -0.51,
        "first ccomp": 0.46, "to acl": -0.61, "possessive NOUN": -0.57, "appos is name": -0.67,
    ]
}
