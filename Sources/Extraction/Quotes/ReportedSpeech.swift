import Language
import Wire

/// Finds what is said within somebody's words by the tree of the sentence: "Holt said the police had told her that …".
///
/// The reader's labels are flat: it marks whoever speaks to the reporter, and seldom whom they repeat.
struct ReportedSpeech {
    private let trees: [SentenceTree]
    private let pieces: [Reading.Labels]

    /// - Parameters:
    ///   - trees: The trees of the sentences.
    ///   - pieces: What the model sees in it.
    init(_ trees: [SentenceTree], _ pieces: [Reading.Labels]) {
        self.trees = trees
        self.pieces = pieces
    }

    /// `attributions` and those within their words, in the order of the text.
    func merged(with attributions: [Attribution]) -> [Attribution] {
        let outer = Stretches(attributions.flatMap(\.content))
        let cues = Stretches(attributions.flatMap(\.cue))
        let found = trees.filter { outer.touch($0) }.flatMap(reported).filter { reported in
            outer.hold(Span(reported.start, reported.end)) && !reported.cue.contains { cues.touch($0) }
        }
        return found.isEmpty
            ? attributions
            : (attributions + found).enumerated()
                .sorted {
                    ($0.element.start, -$0.element.end, $0.offset) < ($1.element.start, -$1.element.end, $1.offset)
                }
                .map(\.element)
    }

    /// Stretches of text, in order and without those that lie within others.
    private struct Stretches {
        private var spans: [Span] = []

        init(_ all: [Span]) {
            for span in all.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) })
            where span.end > spans.last?.end ?? 0 { spans.append(span) }
        }

        func touch(_ span: Span) -> Bool {
            let next = spans.partitioningIndex { $0.end > span.start }
            return next < spans.count && spans[next].start < span.end
        }

        func touch(_ tree: SentenceTree) -> Bool {
            guard let first = tree.places.first, let last = tree.places.last else { return false }
            return touch(Span(first.lowerBound, last.upperBound))
        }

        func hold(_ span: Span) -> Bool {
            let next = spans.partitioningIndex { $0.end >= span.end }
            return next < spans.count && spans[next].start <= span.start
        }
    }

    /// What a sentence says that somebody says.
    private func reported(in tree: SentenceTree) -> [Attribution] {
        (0..<tree.count).compactMap { verb in
            guard let act = ReportedSpeech.act(of: tree.lower[verb]),
                let subject = tree.under(verb, PropositionWords.subjects).first, subject < verb,
                act == .evidence || canSpeak(subject, before: verb, in: tree),
                !ReportedSpeech.speaking.contains(tree.lower[subject]),
                let complement = tree.under(verb, "ccomp").first(where: { $0 > verb })
            else { return nil }
            // "My client was told by the council": the council says it, and nobody where the sentence names nobody.
            let isListener = SubjectSource.telling.contains(tree.lower[verb]) && tree.isPassive(verb)
            if isListener, tree.agent(of: verb) == nil { return nil }
            // The parser hangs the opening of the outer words on the inner verb.
            let content = tree.trimmed(closed(tree.subtree(complement).filter { $0 > verb }, in: tree))
            let group = Set(tree.under(verb, ["aux", "aux:pass"]) + tree.negation(of: verb) + [verb]).sorted()
            let source = isListener ? tree.agent(of: verb) ?? [] : tree.nounPhrase(subject)
            guard !source.isEmpty, content.count > 2 else { return nil }
            return Attribution(
                content: tree.spans(of: content), cue: tree.spans(of: group), source: tree.spans(of: source), act: act,
                confidence: Fitted.reported)
        }
    }

    /// What stands between quotation marks, where the words behind a verb open with one: ‘It is shut,’ | and left.
    private func closed(_ words: [Int], in tree: SentenceTree) -> [Int] {
        // The mark may hang elsewhere.
        guard let first = words.first(where: { !PropositionWords.edge.contains(tree.lower[$0]) }), first > 0,
            Self.marks.contains(tree.lower[first - 1])
        else { return words }
        let end = words.first {
            $0 > first && Self.marks.contains(tree.lower[$0]) && PropositionWords.edge.contains(tree.lower[$0 - 1])
        }
        return end.map { end in words.filter { $0 < end } } ?? words
    }

    private static let marks: Set<String> = ["'", "’", "‘", "\"", "“", "”"]

    /// Whether a subject may say something: no thing, and nobody in general, as in "anyone who tells you otherwise".
    private func canSpeak(_ subject: Int, before verb: Int, in tree: SentenceTree) -> Bool {
        if ["who", "that"].contains(tree.lower[subject]) {
            return !ReportedSpeech.anybody.contains(tree.lower[tree.heads[verb]])
        }
        if tree.lower[subject] == "whoever" { return false }
        return canSpeak(subject, in: tree)
    }

    /// Whether a noun may say something: people, bodies, texts and whatever has a name.
    func canSpeak(_ subject: Int, in tree: SentenceTree) -> Bool {
        let classes = SpeakerWordClass.of(tree.lower[subject])
            .union(tree.lower[subject].singular.map(SpeakerWordClass.of) ?? [])
        if tree.parts[subject] != .noun || tree.names[subject] != nil || !classes.isDisjoint(with: .noun) {
            return true
        }
        let piece = pieces.partitioningIndex { $0.end > tree.places[subject].lowerBound }
        return piece < pieces.count && [.person, .organization].contains(pieces[piece].mention)
    }

    private static let anybody: Set<String> = [
        "anybody", "anyone", "everybody", "everyone", "nobody", "one", "people", "somebody", "someone", "those",
    ]

    /// Whoever speaks, whose own opinion is no report.
    private static let speaking: Set<String> = ["i", "we", "you", "it", "there"]

    private static func act(of verb: String) -> Reading.Act? {
        if belief.contains(verb) { return .belief }
        if evidence.contains(verb) { return .evidence }
        return Lexicon.classes(of: verb).contains(.speech) ? .statement : nil
    }

    private static let belief: Set<String> = [
        "believe", "believed", "believes", "doubt", "doubted", "doubts", "expect", "expected", "expects", "fear",
        "feared", "fears", "suspect", "suspected", "suspects", "think", "thinks", "thought",
    ]
    private static let evidence: Set<String> = [
        "confirms", "demonstrates", "found", "finds", "proved", "proves", "revealed", "reveals", "show", "showed",
        "shows",
        "suggest", "suggested", "suggests",
    ]
}
