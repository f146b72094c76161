import Language
import Wire

/// Whoever is cited for what somebody reports: "The Courier reported, citing two officials, that …".
///
/// What is reported then belongs to both, and the words that cite to neither.
struct CitedSources {
    private let trees: [SentenceTree]
    private let canSpeak: (Int, SentenceTree) -> Bool

    /// - Parameters:
    ///   - trees: The trees of the sentences, in order.
    ///   - canSpeak: Whether a noun of a tree may say something.
    init(_ trees: [SentenceTree], canSpeak: @escaping (Int, SentenceTree) -> Bool) {
        self.trees = trees
        self.canSpeak = canSpeak
    }

    /// `attributions` with those of the cited, each behind the one that cites it.
    func merged(with attributions: [Attribution]) -> [Attribution] {
        attributions.flatMap { attribution in
            cited(by: attribution) ?? [attribution]
        }
    }

    private func cited(by attribution: Attribution) -> [Attribution]? {
        guard let cue = attribution.cue.first, !attribution.source.isEmpty, let tree = trees.tree(at: cue.start) else {
            return nil
        }
        for verb in 0..<tree.count {
            let isClause = ["citing", "quoting"].contains(tree.lower[verb])
            guard isClause ? hangs(verb, from: cue, tree) : isQuoting(verb, cue, tree),
                let object = object(of: verb, tree), canSpeak(object, tree)
            else { continue }
            let spans = tree.spans(of: tree.nounPhrase(object))
            guard spans.count == 1, let source = spans.first, !attribution.source.contains(source) else { continue }
            return isClause
                ? citing(attribution, source, verb, object, tree) : quoting(attribution, source, object, tree)
        }
        return nil
    }

    /// What is reported "citing two officials it did not name".
    private func citing(
        _ attribution: Attribution, _ source: Span, _ verb: Int, _ object: Int, _ tree: SentenceTree
    ) -> [Attribution]? {
        let comma = (object..<tree.count).first { tree.lower[$0] == "," } ?? tree.count
        let isFollowed = comma + 1 < tree.count && tree.lower[comma + 1] == "that"
        let end = isFollowed ? comma - 1 : max(comma - 1, tree.subtree(verb).last ?? verb)
        let aside = Span(tree.places[verb].lowerBound, tree.places[end].upperBound)
        var outer = attribution
        outer.content = attribution.content.flatMap { span -> [Span] in
            [Span(span.start, min(span.end, aside.start)), Span(max(span.start, aside.end), span.end)]
                .compactMap { trimmed($0, tree) }
        }
        guard !outer.content.isEmpty else { return nil }
        outer.cue.removeAll { $0.start == aside.start }
        var cited = outer
        cited.cue = [Span(aside.start, tree.places[verb].upperBound)]
        cited.source = [source]
        cited.isCited = true
        return [outer, cited]
    }

    /// What an official is "quoted as saying".
    private func quoting(
        _ attribution: Attribution, _ source: Span, _ object: Int, _ tree: SentenceTree
    ) -> [Attribution]? {
        guard
            let saying = (object..<tree.count).first(where: {
                $0 > object + 1 && tree.lower[$0 - 1] == "as" && tree.lower[$0].hasSuffix("ing")
            })
        else { return nil }
        var cited = attribution
        cited.content = attribution.content.compactMap { span in
            if span.end <= source.start { return span }
            return trimmed(Span(max(span.start, tree.places[saying].upperBound), span.end), tree)
        }
        cited.cue = [Span(tree.places[saying].lowerBound, tree.places[saying].upperBound)]
        cited.source = [source]
        if cited.content.isEmpty { return nil }
        // “It is late,” a statement quoted her as saying.
        return attribution.end <= source.start ? [cited] : [attribution, cited]
    }

    /// A span without signs at its edges, nil if nothing is left; what lies outside the sentence stays.
    private func trimmed(_ span: Span, _ tree: SentenceTree) -> Span? {
        guard span.start < span.end, let first = tree.places.first, let last = tree.places.last,
            first.lowerBound <= span.start, span.end <= last.upperBound
        else { return span.start < span.end ? span : nil }
        let signs: Set<String> = [",", "-", "–", "—", ":", ";"]
        let words = tree.places.indices.filter {
            tree.places[$0].lowerBound >= span.start && tree.places[$0].upperBound <= span.end
        }
        guard let opening = words.first(where: { !signs.contains(tree.lower[$0]) }),
            let closing = words.last(where: { !signs.contains(tree.lower[$0]) })
        else { return nil }
        return Span(tree.places[opening].lowerBound, tree.places[closing].upperBound)
    }

    /// Whether the clause of a verb hangs from the cue, or from a verb within what it says.
    private func hangs(_ verb: Int, from cue: Span, _ tree: SentenceTree) -> Bool {
        var at = verb
        for _ in 0..<Self.reach {
            at = tree.heads[at]
            if isIn(cue, at, tree) { return true }
        }
        return false
    }

    /// What a verb cites: the parser may take it for something else than the object.
    private func object(of verb: Int, _ tree: SentenceTree) -> Int? {
        if ["case", "mark", "amod"].contains(tree.relations[verb]), tree.heads[verb] > verb {
            return [.noun, .properNoun].contains(tree.parts[tree.heads[verb]]) ? tree.heads[verb] : nil
        }
        return tree.under(verb, ["obj", "obl", "ccomp"]).first {
            $0 > verb && [.noun, .properNoun].contains(tree.parts[$0]) && tree.preposition($0).isEmpty
        }
    }

    private func isQuoting(_ verb: Int, _ cue: Span, _ tree: SentenceTree) -> Bool {
        ["cited", "cites", "quoted", "quotes"].contains(tree.lower[verb]) && isIn(cue, verb, tree)
    }

    private func isIn(_ cue: Span, _ word: Int, _ tree: SentenceTree) -> Bool {
        cue.start <= tree.places[word].lowerBound && tree.places[word].upperBound <= cue.end
    }

    private static let reach = 3
}
