import Language
import Wire

/// Gives what is said the consequence that stands behind its cue: "The party won 40 %, the board said, giving it 12 seats".
struct Consequences {
    private let trees: [SentenceTree]

    /// - Parameter trees: The trees of the sentences, in order.
    init(_ trees: [SentenceTree]) { self.trees = trees }

    /// An attribution with the clause that goes on behind its cue.
    func completed(_ attribution: Attribution, isMark: (Int) -> Bool) -> Attribution {
        guard let cue = attribution.cue.last, let last = attribution.content.last, last.end <= cue.start,
            // “Go,” he said, making way.
            !isMark(last.end - 1), let tree = trees.tree(at: cue.start),
            tree.places.first.map({ $0.lowerBound <= last.start }) ?? false
        else { return attribution }
        let end = max(cue.end, attribution.source.map(\.end).max() ?? 0)
        guard
            let verb = (1..<tree.count).first(where: { word in
                tree.places[word].lowerBound >= end && tree.lower[word - 1] == ","
                    && Self.consequences.contains(tree.lower[word])
            }), let stop = (verb..<tree.count).last(where: { !PropositionWords.edge.contains(tree.lower[$0]) })
        else { return attribution }
        var completed = attribution
        completed.content.append(Span(tree.places[verb].lowerBound, tree.places[stop].upperBound))
        return completed
    }

    /// What something told of does to something else; none of it is done by speaking.
    private static let consequences: Set<String> = [
        "affecting", "allowing", "bringing", "causing", "costing", "cutting", "damaging", "destroying", "driving",
        "ending", "forcing", "giving", "handing", "injuring", "killing", "leaving", "lifting", "making", "meaning",
        "prompting", "pushing", "putting", "raising", "reducing", "sending", "taking", "triggering",
    ]
}
