import Language

/// What noun phrases say without a verb: appositions, titles, possessives, nouns with a preposition.
struct Nominals {
    let tree: SentenceTree

    func candidates() -> [Candidate] {
        (0..<tree.count).flatMap { word in
            [apposition(word), title(word), possessive(word), preposition(word)].compactMap { $0 }
        }
    }

    private func candidate(
        _ rule: Candidate.Rule, _ at: Int, _ noun: Int, _ subject: [Int], _ implied: String, _ object: [Int],
        predicate: [Int] = []
    ) -> Candidate? {
        guard !subject.isEmpty, !object.isEmpty else { return nil }
        return Candidate(
            rule: rule, at: at, noun: noun, subject: subject, implied: implied, predicate: predicate, objects: [object])
    }

    private func apposition(_ word: Int) -> Candidate? {
        let head = tree.heads[word]
        guard tree.relations[word] == "appos", word > head else { return nil }
        // "Tampa, Florida"
        let isPlace = tree.names[word] == .place && tree.names[head] == .place
        return candidate(
            isPlace ? .place : .appos, word, head, tree.nounPhrase(head), isPlace ? "be in" : "be",
            tree.nounPhrase(word))
    }

    private func title(_ word: Int) -> Candidate? {
        let head = tree.heads[word]
        guard ["compound", "nmod", "flat"].contains(tree.relations[word]), word < head, tree.parts[head] == .properNoun,
            [.noun, .properNoun].contains(tree.parts[word]), tree.names[head] == .person, tree.names[word] != .person,
            !PropositionWords.honorific.contains(tree.lower[word])
        else { return nil }
        let outer: Set = ["case", "det", "compound", "nmod", "amod", "conj", "cc", "nmod:poss"]
        let skip = Set(tree.children[head].filter { tree.names[$0] != .person && outer.contains(tree.relations[$0]) })
        let name = tree.trimmed(tree.subtree(head, without: ["acl:relcl", "parataxis", "appos"], skip: skip))
        return candidate(.title, word, head, name, "be", tree.trimmed(tree.subtree(word)))
    }

    private func possessive(_ word: Int) -> Candidate? {
        let head = tree.heads[word]
        guard tree.relations[word] == "nmod:poss", [.noun, .properNoun].contains(tree.parts[word]) else { return nil }
        let owner = tree.trimmed(tree.subtree(word).filter { !["'s", "’s", "'", "’"].contains(tree.lower[$0]) })
        let outer = PropositionWords.subjects.union(["case", "cop", "mark", "aux", "cc", "conj"])
        let skip = Set(tree.under(head, outer) + [word])
        let owned = tree.trimmed(tree.subtree(head, without: ["acl:relcl", "parataxis", "appos"], skip: skip))
        return candidate(.possessive, head, word, owner, "has", owned)
    }

    private func preposition(_ word: Int) -> Candidate? {
        let head = tree.heads[word]
        let preposition = tree.preposition(word)
        guard tree.relations[word] == "nmod", word > head, [.noun, .properNoun].contains(tree.parts[head]),
            [.noun, .properNoun, .numeral].contains(tree.parts[word]), (1...2).contains(preposition.count)
        else { return nil }
        return candidate(
            .nmod, word, head, tree.nounPhrase(head, leaving: word), "be", tree.nounPhrase(word), predicate: preposition
        )
    }
}
