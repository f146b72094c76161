import Language
import Wire

/// Finds whoever does what a cue tells by the tree of its sentence, where the reader's labels name nobody.
struct SubjectSource {
    private let document: Document
    /// The trees of the sentences that are read, in order.
    private let syntax: [Reading.Syntax]

    /// How far up a clause takes its subject from the one that holds it: "Li warned, adding that …".
    private static let reach = 3

    init(_ document: Document, _ syntax: [Reading.Syntax]) {
        self.document = document
        self.syntax = syntax
    }

    /// The subject of the cue's verb; nil where that is passive, or nobody.
    func source(of cue: [Span]) -> [Span]? {
        guard let first = cue.first, let last = cue.last else { return nil }
        let next = syntax.partitioningIndex { ($0.words.last?.upperBound ?? 0) > first.start }
        guard next < syntax.count else { return nil }
        let tree = SentenceTree(syntax[next], in: document)
        guard
            var verb = (0..<tree.count).first(where: { word in
                Lexicon.classes(of: tree.lower[word]).contains(.speech)
                    && cue.contains {
                        $0.start <= tree.places[word].lowerBound && tree.places[word].upperBound <= $0.end
                    }
            }), tree.places[verb].lowerBound < last.end
        else { return nil }
        for _ in 0..<Self.reach {
            if !tree.under(verb, "nsubj:pass").isEmpty || !tree.under(verb, "aux:pass").isEmpty { return nil }
            if let subject = tree.under(verb, "nsubj").first {
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
