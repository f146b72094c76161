import Wire

/// Whether a clause is negated, and how it is put forward, from its own words and from what governs it.
struct PropositionJudge {
    let tree: SentenceTree
    let clauses: Clauses

    func judge(_ candidate: inout Candidate) {
        let group = clauses.openComplements(candidate.at).group
        let own = group.map { tree.lower[$0] }
        let marks = tree.under(candidate.at, ["mark", "advmod"]).map { tree.lower[$0] }
        let noun = tree.under(candidate.noun, "det").map { tree.lower[$0] } + [tree.lower[candidate.noun]]
        candidate.isNegated =
            group.contains(where: tree.isNegation) || noun.contains(where: PropositionWords.negations.contains)
            || own.dropLast().contains(where: PropositionWords.failing.contains)
            // "Found no link"
            || candidate.objects.first?.first.map { tree.lower[$0] == "no" } ?? false
        candidate.modality = modality(candidate, own, marks)
    }

    private func modality(_ candidate: Candidate, _ own: [String], _ marks: [String]) -> Analysis.Modality {
        let isConditional = ([candidate.at] + tree.under(candidate.at, "advcl")).contains { clause in
            tree.under(clause, "mark").contains { PropositionWords.conditions.contains(tree.lower[$0]) }
        }
        if isConditional { return .conditional }
        let (governed, isPast) = governed(candidate.at)
        if governed != .asserted { return governed }
        if (own.dropLast() + marks).contains(where: PropositionWords.doubting.contains) { return .possible }
        if own.dropLast().contains(where: PropositionWords.intending.contains) { return .intended }
        // "said he would": what he meant to do
        return own.contains("would") || own.contains("'d") ? isPast ? .intended : .conditional : .asserted
    }

    /// What the verbs and nouns above make of a clause, and whether one of them is in the past.
    private func governed(_ predicate: Int) -> (modality: Analysis.Modality, isPast: Bool) {
        var (at, isPast) = (predicate, false)
        while tree.heads[at] != at, ["ccomp", "xcomp", "conj", "acl", "csubj"].contains(tree.relations[at]) {
            let (up, relation) = (tree.heads[at], tree.relations[at])
            if relation != "conj", isUntrue(at, of: up) { return (.denied, isPast) }
            if relation == "ccomp" || relation == "csubj"
                || relation != "conj" && tree.children[at].contains(where: { tree.lower[$0] == "to" })
            {
                isPast = isPast || tree.lower[up].hasSuffix("d")
                if PropositionWords.denying.contains(tree.lower[up]) { return (.denied, isPast) }
                if PropositionWords.intending.contains(tree.lower[up]) { return (.intended, isPast) }
                let over = [tree.lower[up]] + tree.under(up, "aux").map { tree.lower[$0] }
                if over.contains(where: PropositionWords.doubting.contains) { return (.possible, isPast) }
            }
            at = up
        }
        return (.asserted, isPast)
    }

    /// Whether what hangs on a word is said not to be so: "not true that …", "no evidence that …", "the claim that … is
    /// false".
    private func isUntrue(_ clause: Int, of word: Int) -> Bool {
        if tree.relations[clause] == "xcomp" || tree.relations[clause] == "advcl" {
            return tree.lower[word] == "wrong" && PropositionWords.saying.contains(tree.lower[clause])
        }
        // "No proof exists that …"
        let isUnproven = tree.under(word, PropositionWords.subjects).contains { subject in
            PropositionWords.proofs.contains(tree.lower[subject]) && isNegated(subject)
        }
        if isFalsity(word) || isUnproven { return true }
        guard PropositionWords.grounds.contains(tree.lower[word]) else { return false }
        let head = tree.heads[word]
        if PropositionWords.subjects.contains(tree.relations[word]), isFalsity(head) { return true }
        return PropositionWords.proofs.contains(tree.lower[word])
            && (isNegated(word) || head != word && isNegated(head))
    }

    /// "False", "untrue", "not true".
    private func isFalsity(_ word: Int) -> Bool {
        PropositionWords.falsities.contains(tree.lower[word]) && !isNegated(word)
            || PropositionWords.truths.contains(tree.lower[word]) && isNegated(word)
    }

    private func isNegated(_ word: Int) -> Bool {
        tree.under(word, ["advmod", "det"]).contains { PropositionWords.negations.contains(tree.lower[$0]) }
    }
}
