import Language
import Wire

/// Gives the points of a list to whoever its lead says states them.
///
/// "The union said: ¶ • Nurses have quit. ¶ • …": the reader, which sees little beyond a paragraph, takes some points for
/// the article's own and others for the next speaker's.
struct PointLists {
    private let document: Document
    private let trees: [SentenceTree]
    private let canSpeak: (Int, SentenceTree) -> Bool

    /// A paragraph that ends in a colon, and the points behind it.
    private struct List {
        var lead: Span
        /// From the first point's first word to the end of the last.
        var points: Span
    }

    /// - Parameters:
    ///   - document: The text.
    ///   - trees: The trees of the sentences that are read, in order.
    ///   - canSpeak: Whether a noun of a tree may say something.
    init(_ document: Document, _ trees: [SentenceTree], canSpeak: @escaping (Int, SentenceTree) -> Bool) {
        self.document = document
        self.trees = trees
        self.canSpeak = canSpeak
    }

    /// Gives the points to the attributions that announce them; what begins in a list and goes on behind it begins there.
    func gather(_ attributions: inout [Attribution], without furniture: Furniture) {
        let lists = lists().filter { !furniture.contains($0.lead.start) }
        guard !lists.isEmpty else { return }
        var isAnnounced = [Bool](repeating: false, count: lists.count)
        for index in attributions.indices {
            leave(lists, &attributions[index])
            guard let cue = attributions[index].cue.last else { continue }
            let next = lists.partitioningIndex { $0.lead.end > cue.start }
            guard next < lists.count, !isAnnounced[next], announces(attributions[index].cue, lists[next]) else {
                continue
            }
            isAnnounced[next] = true
            attributions[index].content.removeAll { $0.end > lists[next].lead.end }
            if !asks(lists[next]) { attributions[index].content.append(lists[next].points) }
        }
        attributions.removeAll { $0.content.isEmpty }
        for (list, isAnnounced) in zip(lists, isAnnounced) where !isAnnounced && !asks(list) {
            if let attribution = announced(list) { attributions.append(attribution) }
        }
    }

    private func lists() -> [List] {
        var lists: [List] = []
        var next = 1
        while next < document.paragraphs.count {
            let first = next
            while next < document.paragraphs.count, point(document.paragraphs[next].span) != nil { next += 1 }
            let lead = document.paragraphs[first - 1].span
            if next > first + 1, document.scalars[lead.end - 1] == ":",
                let start = point(document.paragraphs[first].span)
            {
                lists.append(List(lead: lead, points: Span(start, document.paragraphs[next - 1].span.end)))
            }
            next += 1
        }
        return lists
    }

    /// "What they said:" announces what each of several says.
    private func asks(_ list: List) -> Bool {
        document.token(at: list.lead.start).map { Self.asking.contains(document.words[$0]) } ?? false
    }

    private static let asking: Set<String> = ["how", "what", "where", "who", "why"]
    private static let bullets: Set<Unicode.Scalar> = ["•", "◦", "▪", "●", "‣", "·", "*", "-", "–", "—"]

    /// Where the words of a point begin, nil where a paragraph is none.
    private func point(_ paragraph: Span) -> Int? {
        guard Self.bullets.contains(document.scalars[paragraph.start]) else { return nil }
        let start = document.scalars[paragraph.start..<paragraph.end].dropFirst()
            .firstIndex { CharacterClass($0) != .space }
        return start.flatMap { $0 > paragraph.start + 1 || document.scalars[paragraph.start].value > 0x2020 ? $0 : nil }
    }

    /// Whether a cue ends the lead: "the department | said |:".
    private func announces(_ cue: [Span], _ list: List) -> Bool {
        guard let last = cue.last, list.lead.start <= last.start, last.end <= list.lead.end,
            cue.contains(where: document.hasLetter)
        else { return false }
        return !document.hasLetter(in: Span(last.end, list.lead.end))
    }

    /// Cuts what is said with a cue behind a list to what stands behind it, too.
    private func leave(_ lists: [List], _ attribution: inout Attribution) {
        guard let cue = attribution.cue.map(\.start).min() else { return }
        attribution.content = attribution.content.compactMap { span in
            let next = lists.partitioningIndex { $0.points.end > span.start }
            guard next < lists.count, lists[next].points.start < span.end, lists[next].points.end <= cue else {
                return span
            }
            let end = lists[next].points.end
            return document.scalars[end..<max(end, span.end)]
                .firstIndex { CharacterClass($0) != .space && CharacterClass($0) != .lineEnd }
                .map { Span($0, span.end) }
        }
    }

    /// What the tree of a lead tells: "The hospital said:", "Other findings from the survey:".
    private func announced(_ list: List) -> Attribution? {
        let next = trees.partitioningIndex { ($0.places.last?.upperBound ?? 0) > list.lead.start }
        guard let tree = trees[next...].prefix(while: { ($0.places.first?.lowerBound ?? 0) < list.lead.end }).last,
            let last = (0..<tree.count).last(where: {
                document.hasLetter(in: Span(tree.places[$0].lowerBound, tree.places[$0].upperBound))
            })
        else { return nil }
        let isVerb = Lexicon.classes(of: tree.lower[last]).contains(.speech)
        if isVerb, let subject = tree.under(last, PropositionWords.subjects).first, subject < last,
            canSpeak(subject, tree)
        {
            let cue = (tree.under(last, "aux") + [last]).sorted()
            return attribution(list, tree, cue: cue, source: tree.nounPhrase(subject), .statement)
        }
        guard let noun = tree.lower.firstIndex(where: Self.announcing.contains),
            let source = tree.under(noun, "nmod:poss").first.map({ tree.nounPhrase($0) }) ?? owner(behind: noun, tree),
            let owner = source.last(where: { [.noun, .properNoun].contains(tree.parts[$0]) }), canSpeak(owner, tree)
        else { return nil }
        let act = Self.found.contains(tree.lower[noun]) ? Reading.Act.evidence : .statement
        return attribution(list, tree, cue: [noun], source: source, act)
    }

    /// The phrase behind a preposition up to its last noun: "findings from the | survey | of 1,204 owners".
    private func owner(behind noun: Int, _ tree: SentenceTree) -> [Int]? {
        guard noun + 2 < tree.count, ["by", "from", "of"].contains(tree.lower[noun + 1]) else { return nil }
        return (noun + 2..<tree.count).prefix { Self.withinPhrase.contains(tree.parts[$0]) }
            .last { [.noun, .properNoun].contains(tree.parts[$0]) }.map { Array(noun + 2...$0) }
    }

    private static let withinPhrase: Set<Reading.PartOfSpeech> = [
        .determiner, .adjective, .noun, .properNoun, .numeral,
    ]

    private func attribution(
        _ list: List, _ tree: SentenceTree, cue: [Int], source: [Int], _ act: Reading.Act
    ) -> Attribution {
        Attribution(
            content: [list.points], cue: tree.spans(of: cue), source: tree.spans(of: source), act: act,
            confidence: Fitted.reported)
    }

    private static let found: Set<String> = ["conclusions", "findings"]
    private static let announcing = found.union(["demands", "recommendations"])
}
