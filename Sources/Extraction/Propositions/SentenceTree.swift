import Language
import Wire

/// The words of one sentence and the dependency tree over them, as the rules for propositions walk it.
///
/// A phrase is a rising list of words, so that every part has spans.
struct SentenceTree {
    let places: [Range<Int>]
    let lower: [String]
    let parts: [Reading.PartOfSpeech]
    let names: [Reading.NameKind?]
    /// The head of each word; the root is its own.
    private(set) var heads: [Int]
    var relations: [String]
    let sure: [Float]
    private(set) var children: [[Int]]

    init(_ syntax: Reading.Syntax, in document: Document) {
        places = syntax.words
        lower = syntax.words.map { document.text(from: $0.lowerBound, to: $0.upperBound).lowercased() }
        parts = syntax.parts
        names = syntax.names
        heads = syntax.heads
        relations = syntax.relations
        sure = syntax.sure
        children = [[Int]](repeating: [], count: heads.count)
        for word in heads.indices where heads[word] != word { children[heads[word]].append(word) }
        repair()
    }

    var count: Int { heads.count }

    /// Whether something is said of something in it.
    var hasSubject: Bool { relations.contains(where: PropositionWords.subjects.contains) }

    /// The dependents of a word by some relations.
    func under(_ word: Int, _ relations: Set<String>) -> [Int] {
        children[word].filter { relations.contains(self.relations[$0]) }
    }

    func under(_ word: Int, _ relation: String) -> [Int] { children[word].filter { relations[$0] == relation } }

    /// The words under `word`; branches of relations `without` and of words in `skip` are left out at any depth.
    func subtree(_ word: Int, without: Set<String> = [], skip: Set<Int> = []) -> [Int] {
        var found: [Int] = []
        var todo = [word]
        while let next = todo.popLast() {
            found.append(next)
            todo += children[next].filter { !without.contains(relations[$0]) && !skip.contains($0) }
        }
        return found.sorted()
    }

    func depth(_ word: Int) -> Int {
        var (depth, at) = (0, word)
        while heads[at] != at {
            depth += 1
            at = heads[at]
        }
        return depth
    }

    /// The words of the prepositions before `word`: "because of" is two.
    func preposition(_ word: Int) -> [Int] {
        under(word, "case").filter { $0 < word }.flatMap { subtree($0) }.sorted()
    }

    /// Hangs a word elsewhere.
    mutating func move(_ word: Int, to head: Int, as relation: String) {
        children[heads[word]].removeAll { $0 == word }
        children[head] = (children[head] + [word]).sorted()
        (heads[word], relations[word]) = (head, relation)
    }

    /// Without signs at the edges, except quotation marks that have their partner inside.
    func trimmed(_ words: [Int]) -> [Int] {
        func isLoose(_ word: Int, _ marks: Set<String>, _ partners: Set<String>) -> Bool {
            PropositionWords.edge.contains(lower[word])
                && !(marks.contains(lower[word]) && words.contains { partners.contains(lower[$0]) })
        }
        var words = words[...]
        while let first = words.first, isLoose(first, ["``", "“"], ["''", "”"]) { words.removeFirst() }
        while let last = words.last, isLoose(last, ["''", "”"], ["``", "“"]) { words.removeLast() }
        return Array(words)
    }

    /// The phrase of a noun; what says something of its own is left out: relative clauses and appositions, and `leave`.
    func nounPhrase(_ noun: Int, leaving leave: Int? = nil) -> [Int] {
        let skip = Set(
            children[noun].filter { child in
                let relation = relations[child]
                return PropositionWords.outsideNoun.contains(relation) || child == leave || relation == "case"
                    || relation == "cc" && child < noun
            })
        return trimmed(subtree(noun, without: ["acl:relcl", "parataxis", "appos"], skip: skip))
    }

    /// The stretches of neighbouring words.
    func spans(of words: [Int]) -> [Span] {
        var spans: [Span] = []
        var last = -2
        for word in words.sorted() {
            let place = places[word]
            if word == last + 1, let before = spans.last {
                spans[spans.count - 1] = Span(before.start, place.upperBound)
            } else {
                spans.append(Span(place.lowerBound, place.upperBound))
            }
            last = word
        }
        return spans
    }

    /// The members of a coordination, each as a phrase; the whole where there is none.
    func members(of noun: Int, _ words: [Int]) -> [[Int]] {
        let others = under(noun, "conj").filter { PropositionWords.nominal.contains(parts[$0]) }
        guard !others.isEmpty else { return [words] }
        let inside = Set(words)
        let shared = preposition(noun).filter { inside.contains($0) }
        return Array(
            ([noun] + others).compactMap { member -> [Int]? in
                let phrase = trimmed(
                    subtree(member, skip: Set(under(member, ["cc", "conj"]))).filter { inside.contains($0) })
                guard !phrase.isEmpty else { return nil }
                return (member != noun && under(member, "case").isEmpty ? shared : []) + phrase
            }.prefix(6))
    }

    /// Mends what the parser often gets wrong and the words give away.
    private mutating func repair() {
        for word in heads.indices {
            // An object has no preposition.
            if PropositionWords.objects.contains(relations[word]), !preposition(word).isEmpty {
                relations[word] = "obl"
            }
            // A clause that opens with a relative pronoun belongs to the noun before it, not to the verb.
            if ["advcl", "conj", "parataxis", "ccomp"].contains(relations[word]), heads[word] < word,
                let opener = under(word, PropositionWords.subjects).first(where: {
                    $0 < word && PropositionWords.relative.contains(lower[$0]) && parts[$0] == .pronoun
                }), opener > 0
            {
                moveToNoun(before: opener, word)
            }
        }
    }

    private mutating func moveToNoun(before opener: Int, _ clause: Int) {
        var noun = opener - 1
        while noun > 0, PropositionWords.edge.contains(lower[noun]) { noun -= 1 }
        var inner: Set = ["flat", "compound", "nummod", "fixed", "amod", "det", "appos", "punct"]
        if lower[opener] == "who", parts[noun] != .properNoun { inner.insert("nmod") }
        while inner.contains(relations[noun]), heads[noun] != heads[clause], heads[noun] != noun { noun = heads[noun] }
        guard noun != clause, noun < opener, [.noun, .properNoun, .pronoun, .numeral].contains(parts[noun]),
            !subtree(clause).contains(noun)
        else { return }
        move(clause, to: noun, as: "acl:relcl")
    }
}

extension SentenceTree {
    /// The words that begin in `span`.
    func words(in span: Span) -> Range<Int> {
        .between(
            places.partitioningIndex { $0.lowerBound >= span.start },
            places.partitioningIndex { $0.lowerBound >= span.end })
    }
}

extension [SentenceTree] {
    /// The tree of the first sentence that ends behind `offset`, where they are in order.
    func tree(at offset: Int) -> SentenceTree? {
        let next = partitioningIndex { ($0.places.last?.upperBound ?? 0) > offset }
        return next < count ? self[next] : nil
    }
}
