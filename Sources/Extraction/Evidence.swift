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

    /// What somebody says of a sentence.
    package struct Said: Sendable, Encodable {
        /// The sentence.
        package var sentence: Span
        /// Who says it, or nil.
        package var speaker: String?
        /// What there is to weigh, by name.
        package var features: [String: Double]
    }

    /// The analysis.
    package var analysis: Analysis?
    /// For each quote, the rule that found its speaker, or nil.
    package var sieves: [String?] = []
    /// Every proposition that the rules find.
    package var propositions: [Weighed] = []
    /// For every sentence what those say whom it quotes.
    package var said: [Said] = []
}

extension PropositionFinder {
    /// What the rules find in a sentence, with what there is to weigh.
    func evidence(on tree: SentenceTree) -> [Evidence.Weighed] {
        let usefulness = PropositionUsefulness(tree: tree)
        return candidates(of: tree).map {
            Evidence.Weighed(
                proposition: proposition($0, tree),
                features: Dictionary(usefulness.features(of: $0)) { first, _ in first })
        }
    }
}

extension Claimants {
    /// What those say whom the sentences quote, with what there is to weigh.
    func evidence(on sentences: [Range<Int>], in document: Document, _ quotes: [Analysis.Quote]) -> [Evidence.Said] {
        zip(sentences, candidates(of: sentences)).flatMap { sentence, candidates in
            candidates.compactMap { candidate in
                document.span(sentence).map {
                    Evidence.Said(
                        sentence: $0, speaker: quotes[candidate.quote].speaker?.name,
                        features: Dictionary(candidate.features) { first, _ in first })
                }
            }
        }
    }
}
