import Language
import Wire

/// Gives the reports that somebody rejects to the verb that rejects them: "dismissed as nonsense | claims that …".
///
/// The reader may take such a noun for what the source does: they claim nothing, they fear nothing.
struct Rebuttals {
    private let document: Document
    private let trees: [SentenceTree]

    /// - Parameters:
    ///   - document: The text.
    ///   - trees: The trees of its sentences, in order.
    init(_ document: Document, _ trees: [SentenceTree]) {
        self.document = document
        self.trees = trees
    }

    /// An attribution under the verb that rejects it.
    func mended(_ attribution: Attribution) -> Attribution {
        guard attribution.cue.count == 1, let cue = attribution.cue.first, let source = attribution.source.first,
            let content = attribution.content.first, content.start >= cue.end, let tree = trees.tree(at: cue.start),
            let noun = tree.words(in: cue).first, tree.words(in: cue).count == 1,
            let singular = tree.lower[noun].singular, Self.nouns.contains(singular)
        else { return attribution }
        let first = tree.words(in: source).upperBound
        guard
            let verb = Range.between(first, noun).last(where: { word in
                Stance([tree.lower[word]]) == .denies && !PropositionWords.negations.contains(tree.lower[word])
                    || word + 1 < noun && Stance([tree.lower[word], tree.lower[word + 1]]) == .denies
            })
        else { return attribution }
        var mended = attribution
        let end = word(behind: verb, before: noun, tree)
        mended.cue = [Span(tree.places[verb].lowerBound, tree.places[end].upperBound)]
        mended.content[0].start = cue.start
        return mended
    }

    /// The last word of a cue that begins with `verb`: "played down".
    private func word(behind verb: Int, before noun: Int, _ tree: SentenceTree) -> Int {
        verb + 1 < noun && ["aside", "down", "off", "out"].contains(tree.lower[verb + 1]) ? verb + 1 : verb
    }

    private static let nouns = PropositionWords.grounds.union([
        "concern", "fear", "prediction", "suggestion", "warning", "worry",
    ])
}
