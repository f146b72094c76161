import Wire

/// Finds what a sentence states: subject, predicate, objects, by rules over its dependency tree.
///
/// Open information extraction in the sense of Banko et al. (2007), measured on CaRB (Bhardwaj, Aggarwal and Mausam 2019).
struct PropositionFinder {
    let document: Document

    /// The propositions of a sentence, the most certain first.
    func propositions(of tree: SentenceTree) -> [Analysis.Proposition] {
        candidates(of: tree).enumerated()
            .filter { $0.element.usefulness >= Fitted.leastProposition || isWhole($0.element, tree) }
            .sorted { ($1.element.usefulness, $0.offset) < ($0.element.usefulness, $1.offset) }
            .map { proposition($0.element, tree) }
    }

    /// Whether a proposition is all that a sentence says, as in "He was arrested".
    private func isWhole(_ candidate: Candidate, _ tree: SentenceTree) -> Bool {
        guard tree.heads[candidate.at] == candidate.at, candidate.objects.isEmpty else { return false }
        let words = Set(candidate.subject + candidate.predicate)
        return (0..<tree.count).allSatisfy { words.contains($0) || PropositionWords.edge.contains(tree.lower[$0]) }
    }

    /// All that the rules find, in their order.
    func candidates(of tree: SentenceTree) -> [Candidate] {
        let clauses = Clauses(tree: tree)
        let judge = PropositionJudge(tree: tree, clauses: clauses)
        let usefulness = PropositionUsefulness(tree: tree)
        var candidates = clauses.candidates()
        for index in candidates.indices {
            judge.judge(&candidates[index])
            candidates[index].usefulness = usefulness.usefulness(of: candidates[index])
        }
        return candidates
    }

    func proposition(_ candidate: Candidate, _ tree: SentenceTree) -> Analysis.Proposition {
        Analysis.Proposition(
            subject: passage(candidate.subject, tree), predicate: predicate(candidate, tree),
            objects: candidate.objects.map { passage($0, tree) }, negated: candidate.isNegated,
            modality: candidate.modality, confidence: Fitted.proposition(candidate.usefulness))
    }

    private func passage(_ words: [Int], _ tree: SentenceTree) -> Analysis.Passage {
        let spans = tree.spans(of: words)
        return Analysis.Passage(text: document.text(spans), spans: spans)
    }

    /// An implied word stands in the text of the passage alone.
    private func predicate(_ candidate: Candidate, _ tree: SentenceTree) -> Analysis.Passage {
        var passage = passage(candidate.predicate, tree)
        if let implied = candidate.implied { passage.text = "\(implied) \(passage.text)" }
        return passage
    }
}
