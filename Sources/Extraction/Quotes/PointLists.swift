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
        for list in lists() where !furniture.contains(list.lead.start) {
            for index in attributions.indices where attributions[index].cue.allSatisfy({ $0.start >= list.points.end })
            {
                leave(list, &attributions[index])
            }
            if let index = attributions.firstIndex(where: { announces($0.cue, list) }) {
                attributions[index].content.removeAll { $0.end > list.lead.end }
                attributions[index].content.append(list.points)
            } else if let attribution = announced(list) {
                attributions.append(attribution)
            }
        }
        attributions.removeAll { $0.content.isEmpty }
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

    private func leave(_ list: List, _ attribution: inout Attribution) {
        attribution.content = attribution.content.compactMap { span in
            guard span.start < list.points.end, span.end > list.points.start else { return span }
            let next = document.scalars[list.points.end..<max(list.points.end, span.end)]
                .firstIndex { CharacterClass($0) != .space && CharacterClass($0) != .lineEnd }
            return next.map { Span($0, span.end) }
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
