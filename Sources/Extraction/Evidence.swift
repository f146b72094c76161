package import Wire
import Language

/// An analysis and what its confidences were computed from: what `Sources/Training/refit.py` fits `Fitted` to.
package struct Evidence: Sendable, Encodable {
    /// Something that the rules over a tree found, reported or not.
    package struct Weighed: Sendable, Encodable {
        /// What it states.
        package var proposition: Analysis.Proposition
        /// What there is to weigh, by name.
        package var features: [String: Double]
    }

    /// The analysis.
    package var analysis: Analysis?
    /// For each quote, the rule that found its speaker, or nil.
    package var sieves: [String?] = []
    /// Every proposition that the rules find.
    package var propositions: [Weighed] = []
}

extension PropositionFinder {
    /// What the rules find in a sentence, with what there is to weigh.
    func evidence(on syntax: Reading.Syntax) -> [Evidence.Weighed] {
        let (tree, candidates) = candidates(of: syntax)
        let usefulness = PropositionUsefulness(tree: tree)
        return candidates.map {
            Evidence.Weighed(
                proposition: proposition($0, tree),
                features: Dictionary(usefulness.features(of: $0)) { first, _ in first })
        }
    }
}
