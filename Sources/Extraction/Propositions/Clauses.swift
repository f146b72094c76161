import Language

/// What clauses say: a predicate with its subject and objects.
struct Clauses {
    /// How far up a subject is looked for.
    private static let reach = 4

    let tree: SentenceTree

    /// The propositions of all clauses.
    func candidates() -> [Candidate] {
        (0..<tree.count).filter(isPredicate).flatMap(clause)
    }

    func isPredicate(_ word: Int) -> Bool {
        if !tree.under(word, "cop").isEmpty { return true }
        let hasSubject = !tree.under(word, PropositionWords.subjects).isEmpty
        if PropositionWords.noPredicates.contains(tree.relations[word]) {
            return tree.parts[word] == .verb && hasSubject
        }
        return tree.parts[word] == .verb || tree.parts[word] == .auxiliary || hasSubject
    }

    // MARK: - Subject

    private struct Subject {
        var noun: Int
        var phrase: [Int]
        var origin: String
    }

    /// The subject of a predicate, filled in where the clause has none of its own.
    private func subject(of predicate: Int, depth: Int = 0) -> Subject? {
        let (up, relation) = (tree.heads[predicate], tree.relations[predicate])
        let subjects = tree.under(predicate, PropositionWords.subjects)
        if let own = (subjects.isEmpty ? tree.under(predicate, "csubj") : subjects).first {
            if relation == "acl" || relation == "acl:relcl", PropositionWords.relative.contains(tree.lower[own]) {
                return Subject(noun: up, phrase: tree.nounPhrase(up, leaving: predicate), origin: "antecedent")
            }
            let phrase = tree.relations[own] == "csubj" ? tree.trimmed(tree.subtree(own)) : tree.nounPhrase(own)
            return Subject(noun: own, phrase: phrase, origin: "own")
        }
        guard depth <= Self.reach, up != predicate else { return nil }
        if relation == "acl" || relation == "acl:relcl" {
            return Subject(noun: up, phrase: tree.nounPhrase(up, leaving: predicate), origin: "noun")
        }
        if relation == "xcomp", let controller = tree.under(up, PropositionWords.objects).first {
            return Subject(noun: controller, phrase: tree.nounPhrase(controller), origin: "control")
        }
        guard
            let shared = ["conj": "conj", "xcomp": "control", "advcl": "adverbial", "parataxis": "adverbial"][relation],
            !(shared == "conj" && up > predicate), var found = subject(of: up, depth: depth + 1)
        else { return nil }
        if found.origin == "own" { found.origin = shared }
        return found
    }

    // MARK: - Predicate

    /// Copula or verb with auxiliaries, negation, particles and the adverbs among them.
    private func verbGroup(_ predicate: Int) -> [Int] {
        let copula = tree.under(predicate, "cop")
        var group = copula + tree.under(predicate, "expl").filter { tree.lower[$0] == "there" }
        group += tree.under(predicate, ["aux", "aux:pass", "compound:prt"])
        group += tree.under(predicate, "advmod").filter { PropositionWords.negations.contains(tree.lower[$0]) }
        let isBare =
            group.isEmpty && tree.under(predicate, PropositionWords.subjects).isEmpty
            && !tree.under(predicate, "mark").contains { $0 < predicate }
        let head = tree.heads[predicate]
        if isBare, tree.parts[predicate] == .verb, tree.relations[predicate] == "conj", head < predicate {
            // "has built and (has) sold"
            group += tree.under(head, ["aux", "aux:pass"])
        }
        if copula.isEmpty { group.append(predicate) }
        let (low, high) = ((group.min() ?? predicate) - 1, (group.max() ?? predicate) + (copula.isEmpty ? 0 : 1))
        group += tree.under(predicate, "advmod").filter {
            low <= $0 && $0 <= high && tree.children[$0].isEmpty && !PropositionWords.adverbial.contains(tree.lower[$0])
        }
        return Set(group).sorted()
    }

    /// "Plans to try to sell": the verbs that are one predicate with `predicate`, and the words of it.
    func openComplements(_ predicate: Int) -> (nodes: [Int], group: [Int]) {
        var (nodes, group) = ([predicate], verbGroup(predicate))
        while nodes.count < 4, let at = nodes.last, tree.under(at, "obj").isEmpty {
            let verb = tree.under(at, "xcomp").first { word in
                word > at && (tree.parts[word] == .verb || !tree.under(word, "cop").isEmpty)
                    && tree.children[word].contains { tree.lower[$0] == "to" }
            }
            guard let verb, let to = tree.children[verb].first(where: { tree.lower[$0] == "to" }) else { break }
            if !group.contains(at) {
                // "is able to"
                group += [at] + tree.under(at, "advmod").filter { $0 < at && tree.children[$0].isEmpty }
            }
            group = Set(group + [to] + verbGroup(verb)).sorted()
            nodes.append(verb)
        }
        return (nodes, group)
    }

    // MARK: - Arguments

    private struct Argument {
        var kind: String
        var head: Int
        var words: [Int]

        var isCore: Bool { ["obj", "iobj", "pred", "ccomp", "xcomp"].contains(kind) }
    }

    private func arguments(_ nodes: [Int], _ group: [Int]) -> [Argument] {
        var found: [Argument] = []
        let taken = Set(group)
        for node in nodes {
            let copula = tree.under(node, "cop").max()
            let begin = copula.flatMap { $0 < node ? $0 : nil } ?? -1
            let isNominal = !taken.contains(node)
            if isNominal { found.append(nominalPredicate(node, begin, taken)) }
            for child in tree.children[node] where !taken.contains(child) && !nodes.contains(child) {
                let kind = tree.relations[child]
                if PropositionWords.relativeOrAdverbial.contains(tree.lower[child]) { continue }
                // Among the words of the nominal predicate.
                if isNominal, PropositionWords.attached.contains(kind), child > begin { continue }
                if !PropositionWords.arguments.contains(kind) || kind == "nmod" && (!isNominal || begin < 0) {
                    continue
                }
                let words = tree.trimmed(tree.subtree(child, without: ["parataxis", "acl:relcl"]))
                if !words.isEmpty {
                    found.append(Argument(kind: kind == "nmod" ? "obl" : kind, head: child, words: words))
                }
            }
        }
        return found.enumerated().sorted { ($0.element.head, $0.offset) < ($1.element.head, $1.offset) }.map(\.element)
    }

    /// The words after the copula that are not a clause or a subject.
    private func nominalPredicate(_ node: Int, _ begin: Int, _ taken: Set<Int>) -> Argument {
        let skip = Set(
            tree.children[node].filter {
                PropositionWords.outsideNominal.contains(tree.relations[$0]) || taken.contains($0)
                    || tree.relations[$0] == "conj" && isPredicate($0)
            })
        let words = tree.subtree(node, without: ["parataxis"], skip: skip).filter { $0 > begin && !taken.contains($0) }
        return Argument(kind: "pred", head: node, words: tree.trimmed(words))
    }

    // MARK: - Clause

    private func clause(_ predicate: Int) -> [Candidate] {
        guard let subject = subject(of: predicate), !subject.phrase.isEmpty,
            !(subject.origin == "own" && PropositionWords.relative.contains(tree.lower[subject.noun]))
        else { return [] }
        let (nodes, group) = openComplements(predicate)
        let every = arguments(nodes, group)
        var arguments = every.filter(\.isCore)
        let hasCore = !arguments.isEmpty
        arguments +=
            every.filter { !$0.isCore && $0.head > predicate } + every.filter { !$0.isCore && $0.head < predicate }
        let head = tree.heads[predicate]
        if tree.relations[predicate] == "acl:relcl",
            tree.under(predicate, "obj").contains(where: { PropositionWords.relative.contains(tree.lower[$0]) })
        {
            // "which he lost": he lost it
            arguments.insert(Argument(kind: "obj", head: head, words: tree.nounPhrase(head, leaving: predicate)), at: 0)
        } else if PropositionWords.saying.contains(tree.lower[predicate]), tree.relations[predicate] == "parataxis",
            !hasCore
        {
            // "…, she said"
            let said = tree.trimmed(tree.subtree(head, skip: [predicate]))
            arguments.insert(Argument(kind: "ccomp", head: head, words: said), at: 0)
        }
        let lead = arguments.isEmpty ? [] : takeLead(of: &arguments[0], group)
        let isParticiple =
            subject.origin == "noun" && tree.parts[predicate] == .verb && tree.relations[predicate] == "acl"
        var firsts: [[Int]] = [[]]
        if let first = arguments.first {
            let splits = PropositionWords.splitting.contains(first.kind)
            firsts = splits ? tree.members(of: first.head, first.words) : [first.words]
        }
        return firsts.map { first in
            Candidate(
                at: predicate, noun: subject.noun, subject: subject.phrase,
                implied: isParticiple ? "be" : nil, predicate: group + lead,
                objects: arguments.isEmpty ? [] : ([first] + arguments.dropFirst().map(\.words)).filter { !$0.isEmpty },
                origin: subject.origin, kinds: arguments.map(\.kind), isSplit: firsts.count > 1, hasLead: !lead.isEmpty)
        }
    }

    /// The preposition of the first argument, which joins the predicate: "taught at", "is equal to", "said that".
    private func takeLead(of argument: inout Argument, _ group: [Int]) -> [Int] {
        let head = argument.head
        if PropositionWords.obliques.contains(argument.kind) || argument.kind == "pred" {
            var at = head
            if argument.kind == "pred", tree.preposition(head).isEmpty,
                [.adjective, .adverb, .verb].contains(tree.parts[head])
            {
                at = tree.under(head, "obl").first { $0 > head && !tree.preposition($0).isEmpty } ?? head
            }
            let preposition = tree.preposition(at)
            let inside = Set(argument.words)
            let tail = at == head ? argument.words : tree.subtree(at).filter { inside.contains($0) }
            let stem = argument.words.filter { !tail.contains($0) }
            guard let first = preposition.first, preposition.count < tail.count, tail.starts(with: preposition),
                stem.last.map({ $0 < first }) ?? true
            else { return [] }
            argument = Argument(
                kind: at == head && argument.kind == "pred" ? "pred" : "obl", head: at,
                words: Array(tail.dropFirst(preposition.count)))
            return stem + preposition
        }
        guard argument.kind == "ccomp", argument.words.count > 1, tree.lower[argument.words[0]] == "that",
            let last = group.last, argument.words[0] > last
        else { return [] }
        defer { argument.words.removeFirst() }
        return [argument.words[0]]
    }
}
