import Language
import Wire

/// Tells apart what one source says and what it denies in one breath: "Li said A but denied B", "denied A and said B".
///
/// The reader may give both to the first cue, so that somebody says what they deny.
struct Counterstatements {
    private let document: Document
    private let trees: [SentenceTree]
    private let canSpeak: (Int, SentenceTree) -> Bool

    /// - Parameters:
    ///   - document: The text.
    ///   - trees: The trees of its sentences, in order.
    ///   - canSpeak: Whether a noun of a tree may say something.
    init(_ document: Document, _ trees: [SentenceTree], canSpeak: @escaping (Int, SentenceTree) -> Bool) {
        self.document = document
        self.trees = trees
        self.canSpeak = canSpeak
    }

    /// `attributions` with each second half as one of its own, behind the first.
    func parted(_ attributions: [Attribution]) -> [Attribution] {
        var result: [Attribution] = []
        let cues = attributions.flatMap(\.cue).sorted { $0.start < $1.start }
        for attribution in attributions {
            guard let (first, second) = halves(of: attribution) else {
                result.append(attribution)
                continue
            }
            result.append(first)
            // The reader may have the second half, too.
            let start = second.cue.first?.start ?? 0
            let next = cues.partitioningIndex { $0.end > start }
            if next == cues.count || cues[next].start >= second.cue.last?.end ?? start || attribution.cue.count > 1 {
                result.append(second)
            }
        }
        return result
    }

    private func halves(of attribution: Attribution) -> (Attribution, Attribution)? {
        guard let cue = attribution.cue.first, !attribution.source.isEmpty else { return nil }
        if let halves = halves(of: attribution, between: cue) { return halves }
        guard
            let index = attribution.content.firstIndex(where: { $0.start >= cue.end }),
            let tree = trees.tree(at: cue.start)
        else { return nil }
        let content = attribution.content[index]
        let words = tree.words(in: content)
        let cues = attribution.cue.flatMap { tree.words(in: $0) }
        guard let lead = cues.first(where: { tree.parts[$0] == .verb }) ?? cues.first, words.count > 2,
            !document.scalars[content.start..<content.end].contains(where: { Mark($0) != nil })
        else { return nil }
        let stance = Stance(attribution.cue.flatMap(document.words(in:)))
        for link in words.dropFirst() where Self.links.contains(tree.lower[link]) {
            guard let second = cueBehind(link, within: words, tree),
                Stance(second.cue.map { tree.lower[$0] }) != stance,
                isSaid(second.verb, by: lead, before: link, from: words.lowerBound, tree)
            else { continue }
            let before = tree.trimmed(Array(words.lowerBound..<link))
            let last = second.cue.last ?? second.verb
            let rest = last + 1 < words.upperBound ? last + 1..<words.upperBound : last + 1..<tree.count
            let behind = tree.trimmed(Array(rest))
            guard let opening = before.first, let closing = before.last, let next = behind.first, let end = behind.last
            else { continue }
            var (first, other) = (attribution, attribution)
            first.content[index] = Span(tree.places[opening].lowerBound, tree.places[closing].upperBound)
            first.content.removeSubrange((index + 1)...)
            other.content = [Span(tree.places[next].lowerBound, tree.places[end].upperBound)]
            other.content += attribution.content.dropFirst(index + 1)
            other.cue = tree.spans(of: second.cue)
            if let subject = second.subject { other.source = tree.spans(of: [subject]) }
            return (first, other)
        }
        return nil
    }

    /// What has two cues, of which one says and one denies.
    private func halves(of attribution: Attribution, between cue: Span) -> (Attribution, Attribution)? {
        let stance = Stance(Array(document.words(in: cue)))
        guard let other = attribution.cue.dropFirst().first(where: { Stance(Array(document.words(in: $0))) != stance })
        else { return nil }
        var (first, second) = (attribution, attribution)
        first.cue.removeAll { $0.start >= other.start }
        second.cue.removeAll { $0.start < other.start }
        first.content.removeAll { $0.start >= other.start }
        second.content.removeAll { $0.start < other.start }
        let words = first.cue + second.cue
        guard !first.content.isEmpty, !second.content.isEmpty,
            words.allSatisfy({ document.words(in: $0).contains { Self.isCue($0) } })
        else { return nil }
        return (first, second)
    }

    /// The words of a cue right behind `link`: "but | would not say", "although she | denied".
    private func cueBehind(
        _ link: Int, within words: Range<Int>, _ tree: SentenceTree
    ) -> (cue: [Int], verb: Int, subject: Int?)? {
        var (cue, subject) = ([Int](), Int?.none)
        for word in Range.between(link + 1, min(words.upperBound, link + Self.reach)) {
            let lower = tree.lower[word]
            if Self.isCue(lower) || Self.showing.contains(lower) && cue.contains(where: tree.isNegation) {
                cue.append(word)
                guard PropositionWords.failing.contains(lower) else { return (cue, word, subject) }
                let refused = tree.refused(by: word)
                return refused.isEmpty ? nil : (cue + refused, word, subject)
            }
            if Self.pronouns.contains(lower), subject == nil, cue.isEmpty {
                subject = word
            } else if tree.parts[word] == .auxiliary || PropositionWords.negations.contains(lower) {
                cue.append(word)
            } else if tree.parts[word] != .adverb {
                return nil
            }
        }
        return nil
    }

    /// Whether whoever says the first half says the second one, too, rather than somebody told of in the first.
    private func isSaid(_ verb: Int, by lead: Int, before link: Int, from first: Int, _ tree: SentenceTree) -> Bool {
        let subjects = (first..<link).filter { PropositionWords.subjects.contains(tree.relations[$0]) }
        let others = subjects.filter {
            canSpeak($0, tree) && !Self.nobody.contains(tree.lower[$0])
                // A report says this and that, but denies nothing.
                && !SpeakerWordClass.of(tree.lower[$0]).contains(.document)
        }
        if others.isEmpty { return true }
        // "She said he was kind but denied": "he" may be anybody of one's own kind, Mr Hart is not.
        let isOne = tree.under(lead, PropositionWords.subjects).contains { subject in
            ["he", "she"].contains(tree.lower[subject])
                || tree.nounPhrase(subject).contains { tree.names[$0] == .person }
        }
        return others.allSatisfy { (isOne ? ["he", "she"] : ["they"]).contains(tree.lower[$0]) }
            && tree.lower[link] != "and" && tree.under(verb, PropositionWords.subjects).isEmpty
            && tree.relations[verb] == "conj" && tree.heads[verb] == lead
    }

    private static func isCue(_ word: String) -> Bool {
        !PropositionWords.negations.contains(word)
            && (Lexicon.classes(of: word).contains(.speech) || Stance.isTelling(word) || Stance([word]) == .denies
                || PropositionWords.failing.contains(word))
    }

    private static let links: Set<String> = ["although", "and", "but", "though", "while", "yet"]
    /// What reports in the negative alone: "but did not find that".
    private static let showing: Set<String> = [
        "accept", "agree", "believe", "expect", "find", "know", "show", "suggest", "think",
    ]
    private static let nobody: Set<String> = ["it", "nobody", "none", "nothing", "there"]
    private static let pronouns: Set<String> = ["he", "it", "she", "they"]
    /// The most words from the link to the verb, both counted.
    private static let reach = 6
}
