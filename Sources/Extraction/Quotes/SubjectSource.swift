import Language
import Wire

/// Finds whoever does what a cue tells by the tree of its sentence, where the reader's labels name nobody.
struct SubjectSource {
    /// The trees of the sentences that are read, in order.
    private let trees: [SentenceTree]

    /// How far up a clause takes its subject from the one that holds it: "Li warned, adding that …".
    private static let reach = 3

    init(_ trees: [SentenceTree]) { self.trees = trees }

    /// A source with the whole of the phrase that it is cut out of: "Zambia's central | bank", "Li & Sons, | a consultancy,".
    func completed(_ source: [Span], besides cue: [Span]) -> [Span] {
        guard source.count == 1, let span = source.first, let tree = trees.tree(at: span.start),
            let first = tree.places.firstIndex(where: { $0.lowerBound >= span.start }),
            let last = tree.places.lastIndex(where: { $0.upperBound <= span.end }), first <= last
        else { return source }
        var (start, end) = (span.start, span.end)
        let head = tree.heads[last]
        let isOpen = tree.parts[last] == .adjective || ["'s", "’s"].contains(tree.lower[last])
        if isOpen, Self.modifying.contains(tree.relations[last]), head > last, head - last <= 3,
            (last + 1..<head).allSatisfy({
                tree.heads[$0] == head && Self.modifying.contains(tree.relations[$0])
            }),
            [.noun, .properNoun].contains(tree.parts[head])
        {
            end = tree.places[head].upperBound
        }
        if let noun = (first...last).first(where: { tree.heads[$0] < first || tree.heads[$0] > last }),
            tree.relations[noun] == "appos", ["a", "an", "the"].contains(tree.lower[first]), tree.heads[noun] < first,
            first > 1, tree.lower[first - 1] == ","
        {
            let phrase = tree.nounPhrase(tree.heads[noun])
            if let opening = phrase.first, phrase.last == first - 2 { start = tree.places[opening].lowerBound }
        }
        // "An official, speaking | because the talks are private,"
        if last > first, tree.lower[last].hasSuffix("ing"), tree.lower[last - 1] == ",", tree.parts[last] == .verb,
            let clause = tree.subtree(last).last, let cue = cue.first, tree.places[clause].upperBound <= cue.start
        {
            end = tree.places[clause].upperBound
        }
        if let subject = subject(of: cue, in: tree), subject < first, within(first...last, subject, tree) {
            start = tree.places[tree.nounPhrase(subject).first ?? subject].lowerBound
        }
        let whole = Span(start, end)
        return cue.contains { $0.start < whole.end && whole.start < $0.end } ? source : [whole]
    }

    /// The subject of the first verb of a cue, or nil.
    private func subject(of cue: [Span], in tree: SentenceTree) -> Int? {
        guard let cue = cue.first else { return nil }
        let verb = (0..<tree.count).first { word in
            cue.start <= tree.places[word].lowerBound && tree.places[word].upperBound <= cue.end
                && tree.parts[word] == .verb
        }
        return verb.flatMap { tree.under($0, "nsubj").first }
    }

    /// Whether some words belong to what the `subject` is, by a preposition or a clause: "An assessment by | officers".
    private func within(_ words: ClosedRange<Int>, _ subject: Int, _ tree: SentenceTree) -> Bool {
        guard var at = words.first(where: { !words.contains(tree.heads[$0]) }) else { return false }
        var isAside = false
        for _ in 0..<Self.reach where at != subject {
            // "An official, speaking anonymously because | the talks are private,"
            isAside = isAside || tree.relations[at] == "advcl" && at > subject
            guard
                isAside
                    || ["nmod", "acl", "acl:relcl", "obl", "obl:agent", "nsubj"].contains(tree.relations[at])
            else { return false }
            at = tree.heads[at]
            if isAside, at == tree.heads[subject] { return true }
        }
        return at == subject
    }

    private static let modifying: Set<String> = ["amod", "compound", "nmod:poss", "nummod"]

    /// Verbs whose subject in the passive voice hears what is said.
    static let telling: Set<String> = ["informed", "told"]

    private func agent(of verb: Int, _ tree: SentenceTree) -> [Span]? {
        let spans = tree.agent(of: verb).map { tree.spans(of: $0) } ?? []
        return spans.count == 1 ? spans : nil
    }

    /// Whoever tells, where a cue is passive and its subject the one who is told; nil otherwise.
    func teller(of cue: [Span], notOf source: [Span]) -> [Span]? {
        guard let first = cue.first, let listener = source.first, let tree = trees.tree(at: first.start),
            let verb = (0..<tree.count).first(where: { word in
                Self.telling.contains(tree.lower[word])
            }),
            cue.contains(where: { $0.start <= tree.places[verb].lowerBound && tree.places[verb].upperBound <= $0.end }),
            tree.isPassive(verb), let agent = agent(of: verb, tree),
            !agent.contains(where: { $0.start < listener.end && listener.start < $0.end })
        else { return nil }
        return agent
    }

    /// The subject of the cue's verb; nil where that is passive, or nobody.
    func source(of cue: [Span]) -> [Span]? {
        guard let first = cue.first, let last = cue.last, let tree = trees.tree(at: first.start) else { return nil }
        guard
            var verb = (0..<tree.count).first(where: { word in
                Lexicon.classes(of: tree.lower[word]).contains(.speech)
                    && cue.contains {
                        $0.start <= tree.places[word].lowerBound && tree.places[word].upperBound <= $0.end
                    }
            }), tree.places[verb].lowerBound < last.end
        else { return nil }
        if tree.isPassive(verb) { return agent(of: verb, tree) }
        for _ in 0..<Self.reach {
            // "She was appointed, saying that …"
            if let subject = tree.under(verb, PropositionWords.subjects).first {
                guard tree.lower[subject] != "it", tree.lower[subject] != "there" else { return nil }
                let spans = tree.spans(of: tree.nounPhrase(subject))
                return spans.isEmpty ? nil : spans
            }
            guard ["conj", "xcomp", "advcl"].contains(tree.relations[verb]), tree.heads[verb] != verb else {
                return nil
            }
            verb = tree.heads[verb]
        }
        return nil
    }
}

extension SentenceTree {
    func isPassive(_ verb: Int) -> Bool { !under(verb, ["nsubj:pass", "aux:pass"]).isEmpty }

    /// Who says what somebody is told: the words of "a teacher" in "She was told by a teacher that …", or nil.
    func agent(of verb: Int) -> [Int]? {
        under(verb, ["obl", "obl:agent"]).first {
            $0 > verb && under($0, "case").contains { lower[$0] == "by" } && parts[$0] != .numeral
        }.map { nounPhrase($0) }
    }
}
