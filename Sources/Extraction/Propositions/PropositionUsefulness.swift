import Glibc
import Language

/// How useful a proposition is likely to be: logistic regression on what the rules and the parser say of it.
///
/// `Fitted.usefulness` holds the weights, fitted to CaRB dev: this number ranks, and `Fitted.proposition` makes a probability of it.
struct PropositionUsefulness {
    let tree: SentenceTree

    /// From 0 to 1.
    func usefulness(of candidate: Candidate) -> Double {
        LogisticRegression(weights: Fitted.usefulness).probability(of: features(of: candidate))
    }

    /// What there is to weigh, by name.
    func features(of candidate: Candidate) -> [(String, Double)] {
        let objects = candidate.objects.flatMap { $0 }
        let share = Double(Set(candidate.subject + objects).count) / Double(tree.count)
        let relation = tree.relations[candidate.at]
        let found: [(String, Double)] = [
            ("depth", Double(min(4, tree.depth(candidate.at)))), ("split", candidate.isSplit ? 1 : 0),
            ("sure of the subject", Double(tree.sure[candidate.noun])),
            ("sure of the clause", Double(tree.sure[candidate.at])),
            ("share of the sentence", share), ("gaps in the subject", Double(min(2, Self.gaps(candidate.subject)))),
            ("gaps in the objects", Double(min(2, candidate.objects.map(Self.gaps).reduce(0, +)))),
            ("long subject", log1p(Double(candidate.subject.count))), ("long objects", log1p(Double(objects.count))),
            ("long sentence", log1p(Double(tree.count))), ("part \(tree.parts[candidate.at])", 1),
            ("subject far", log1p(Double(abs(candidate.at - candidate.noun)))), ("subject \(candidate.origin)", 1),
            ("clause \(relation)", 1), ("objects \(min(4, candidate.objects.count))", 1),
            ("first \(candidate.kinds.first ?? "none")", 1),
            ("passive", tree.under(candidate.at, "aux:pass").isEmpty ? 0 : 1),
            ("pronoun", tree.parts[candidate.noun] == .pronoun ? 1 : 0),
            ("i, we, you", ["i", "we", "you"].contains(tree.lower[candidate.noun]) ? 1 : 0),
            ("saying", PropositionWords.saying.contains(tree.lower[candidate.at]) ? 1 : 0),
            ("lead \(candidate.hasLead ? candidate.predicate.last.map { tree.lower[$0] } ?? "" : "none")", 1),
            ("to \(relation)", tree.under(candidate.at, "mark").contains { tree.lower[$0] == "to" } ? 1 : 0),
            ("ing \(relation)", tree.lower[candidate.at].hasSuffix("ing") ? 1 : 0),
        ]
        return found + Set(candidate.kinds.dropFirst()).map { ("also \($0)", 1) }
    }

    private static func gaps(_ words: [Int]) -> Int { zip(words, words.dropFirst()).filter { $1 > $0 + 1 }.count }
}
