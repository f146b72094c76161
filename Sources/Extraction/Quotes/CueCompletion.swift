import Language
import Wire

/// Gives cues the words that turn their sense and that the reader left out: "no longer | believes", "refused | to say".
struct CueCompletion {
    private let trees: [SentenceTree]

    /// - Parameter trees: The trees of the sentences, in order.
    init(_ trees: [SentenceTree]) { self.trees = trees }

    /// An attribution with the whole of its cue.
    func completed(_ attribution: Attribution) -> Attribution {
        guard let first = attribution.cue.first, let tree = trees.tree(at: first.start) else { return attribution }
        let cue = Set(attribution.cue.flatMap { tree.words(in: $0) })
        var missing = Set<Int>()
        for word in cue where tree.parts[word] == .verb {
            missing.formUnion(tree.negation(of: word))
            missing.formUnion(tree.refused(by: word))
            // "Withdrew his claim | that"
            if tree.lower[word].hasPrefix("withdr"),
                let noun = tree.under(word, "obj").first(where: { Stance.isGround(tree.lower[$0]) }), noun > word
            {
                missing.formUnion(word + 1...noun)
            }
        }
        let taken = attribution.content + attribution.source
        missing = missing.subtracting(cue).filter { word in
            !taken.contains { $0.start < tree.places[word].upperBound && tree.places[word].lowerBound < $0.end }
        }
        guard !missing.isEmpty else { return attribution }
        var completed = attribution
        completed.cue = tree.spans(of: Array(cue.union(missing)))
        return completed
    }
}

extension SentenceTree {
    /// Whether a word negates: "not", the end of "doesn't", "no longer".
    func isNegation(_ word: Int) -> Bool {
        if PropositionWords.negations.contains(lower[word]) || lower[word].hasSuffix("n't")
            || lower[word].hasSuffix("n’t")
        {
            return true
        }
        if word > 0, lower[word] == "longer", lower[word - 1] == "no" { return true }
        // "Doesn", "’t", or "doesn", "’", "t"
        guard lower[word].hasSuffix("n"), word + 1 < count else { return false }
        if ["'", "’"].contains(lower[word + 1]) { return word + 2 < count && lower[word + 2] == "t" }
        return ["'t", "’t"].contains(lower[word + 1])
    }

    /// What a verb refuses to tell: "refused | to say"; nothing of "refused to leave".
    func refused(by verb: Int) -> [Int] {
        guard PropositionWords.failing.contains(lower[verb]), verb + 2 < count, lower[verb + 1] == "to",
            Stance.isTelling(lower[verb + 2])
        else { return [] }
        return [verb + 1, verb + 2]
    }

    /// The words before a verb that negate it, with its auxiliaries; none where it is not negated.
    func negation(of verb: Int) -> [Int] {
        let helpers = under(verb, ["advmod", "aux", "aux:pass", "cc:preconj", "cop"]).filter { $0 < verb }
        let negating = helpers.filter(isNegation)
        guard !negating.isEmpty else { return [] }
        let auxiliaries = helpers.filter { relations[$0] != "advmod" }
        return Set(auxiliaries + negating.flatMap { lower[$0] == "longer" ? [$0 - 1, $0] : [$0] }).sorted()
    }
}
