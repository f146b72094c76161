import Language
import Wire

/// Finds who says nothing where somebody asks: "Li did not respond to a request for comment".
struct Silences {
    private let trees: [SentenceTree]
    private let canSpeak: (Int, SentenceTree) -> Bool

    /// - Parameters:
    ///   - trees: The trees of the sentences, in order.
    ///   - canSpeak: Whether a noun of a tree may say something.
    init(_ trees: [SentenceTree], canSpeak: @escaping (Int, SentenceTree) -> Bool) {
        self.trees = trees
        self.canSpeak = canSpeak
    }

    /// `attributions` with the silences that the reader does not see.
    func added(to attributions: [Attribution]) -> [Attribution] {
        let known = attributions.flatMap { $0.content + $0.cue }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        let found = trees.flatMap(silences).filter { silence in
            let next = known.partitioningIndex { $0.start >= silence.cue[0].start }
            let isTaken = next < known.count && known[next].start < silence.cue.last?.end ?? 0
            // Nor within the words of somebody.
            return !isTaken && !known[..<next].suffix(Self.reach).contains { $0.end > silence.cue[0].start }
        }
        return attributions + found
    }

    private func silences(in tree: SentenceTree) -> [Attribution] {
        (0..<tree.count).compactMap { verb in
            guard let wanted = Self.verbs[tree.lower[verb]],
                let subject = tree.under(verb, PropositionWords.subjects).first,
                subject < verb, canSpeak(subject, tree)
            else { return nil }
            let negation = tree.negation(of: verb)
            guard !negation.isEmpty,
                let object = tree.under(verb, ["obl", "obj"]).first(where: {
                    $0 > verb && (wanted.isEmpty || wanted.contains(tree.lower[$0].singular ?? tree.lower[$0]))
                })
            else { return nil }
            let source = tree.spans(of: tree.nounPhrase(subject))
            let content = tree.spans(of: tree.trimmed(tree.subtree(object)))
            guard source.count == 1, content.count == 1 else { return nil }
            return Attribution(
                content: content, cue: tree.spans(of: negation + [verb]), source: source, confidence: Fitted.reported)
        }
    }

    private static let reach = 8
    private static let requests: Set<String> = [
        "call", "e-mail", "email", "enquiry", "inquiry", "letter", "message", "query", "question", "request",
    ]
    /// Verbs for an answer, each with what is left without one; empty where that may be anything.
    private static let verbs: [String: Set<String>] = [
        "answer": requests, "comment": [], "commented": [], "reached": ["comment"], "replied": requests,
        "reply": requests, "respond": requests, "responded": requests,
    ]
}
