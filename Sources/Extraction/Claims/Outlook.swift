import Language

/// Tells whether a date lies ahead, by the verbs that it hangs on: "will be closed on Monday", "is due on Monday"; but not
/// "Li, who will retire, said on Monday".
///
/// A class, since a tree is many arrays, and closures over a value would copy it for every word.
final class Outlook {
    /// How far up the tree a date's verb is looked for.
    private static let reach = 12

    /// The tree of a sentence; without one, all its dates lie in the past.
    private let tree: SentenceTree?

    init(tree: SentenceTree?) { self.tree = tree }

    /// Where a date lies.
    enum View {
        /// Before publication, or on that day.
        case past
        /// Behind it.
        case ahead
        /// Behind what is told: "said it would open on Friday".
        case told
    }

    /// Where the date that begins at `offset` lies.
    func view(at offset: Int) -> View {
        guard let tree, let date = tree.places.firstIndex(where: { $0.contains(offset) }) else { return .past }
        let leads = tree.under(date, "case").map { tree.lower[$0] }
        if leads.contains("until") || isBeforeEvent(date, tree) { return .ahead }
        // "The deadline is Sunday"
        if tree.under(date, "cop").contains(where: { Self.present.contains(tree.lower[$0]) }) { return .ahead }
        var at = date
        for _ in 0..<Self.reach {
            if at != date, Self.coming.contains(tree.lower[at]) { return .ahead }
            if tree.under(at, "amod").contains(where: { Self.coming.contains(tree.lower[$0]) }) { return .ahead }
            if at != date, let view = view(of: at, tree) { return view }
            guard tree.heads[at] != at else { break }
            at = tree.heads[at]
        }
        // "By December", without a verb that tells
        return leads.contains("by") ? .ahead : .past
    }

    /// "Ahead of Sunday's election", "a side for Saturday's match": what is named before it is held.
    private func isBeforeEvent(_ date: Int, _ tree: SentenceTree) -> Bool {
        guard date > 0 else { return false }
        if date > 1, tree.lower[date - 2] == "ahead", tree.lower[date - 1] == "of" { return true }
        guard Self.events.contains(tree.lower[tree.heads[date]]) else { return false }
        // "Before Tuesday's primary"; but "had agreed before Tuesday's vote" is told when that is over.
        let isBefore =
            tree.lower[date - 1] == "before"
            || date > 1 && tree.lower[date - 2] == "prior" && tree.lower[date - 1] == "to"
        return tree.lower[date - 1] == "for" || isBefore && !isOver(tree.heads[date], tree)
    }

    /// Whether a word hangs on a verb in the pluperfect.
    private func isOver(_ word: Int, _ tree: SentenceTree) -> Bool {
        var at = word
        for _ in 0..<Self.reach {
            if tree.under(at, "aux").contains(where: { tree.lower[$0] == "had" }) { return true }
            at = tree.heads[at]
        }
        return false
    }

    /// "Takes effect", "go on sale", "kicks off".
    private func isProgramme(_ word: Int, _ tree: SentenceTree) -> Bool {
        guard let companions = Self.programmes[tree.lower[word]] else { return false }
        return tree.under(word, Self.companions).contains { companions.contains(tree.lower[$0]) }
    }

    /// What a word says by its auxiliaries, or nil where that is left to the words above it.
    private func view(of word: Int, _ tree: SentenceTree) -> View? {
        let helpers = tree.under(word, ["aux", "aux:pass", "cop", "mark"]).map { tree.lower[$0] }
        guard tree.parts[word] == .verb || tree.parts[word] == .auxiliary || !helpers.isEmpty else { return nil }
        let lower = tree.lower[word]
        if helpers.contains(where: Self.perfect.contains) { return .past }
        if helpers.contains("to") || tree.relations[word] == "xcomp" && !lower.hasSuffix("ing") {
            // "Is due to start", "asked them to report", "is to rule"
            if helpers.contains("is") || helpers.contains("are") { return .ahead }
            let head = tree.heads[word]
            let leads = PropositionWords.intending.contains(tree.lower[head]) || Self.leading.contains(tree.lower[head])
            return head != word && leads ? .ahead : nil
        }
        let isNegated = tree.under(word, "advmod").contains { ["not", "n't", "n’t"].contains(tree.lower[$0]) }
        if helpers.contains(where: Self.future.contains) { return .ahead }
        // "Would not comment on Monday"
        if helpers.contains(where: Self.conditional.contains) { return isNegated ? .past : .told }
        if helpers.contains(where: Self.modals.contains) { return isNegated ? .past : .ahead }
        if helpers.contains(where: Self.present.contains) {
            return lower.hasSuffix("ing") || Self.settled.contains(lower) || Self.isDay(lower) ? .ahead : .past
        }
        if helpers.isEmpty, Self.scheduled.contains(lower) || isProgramme(word, tree) { return .ahead }
        if tree.relations[word] == "conj", !lower.hasSuffix("ed"), helpers.isEmpty,
            tree.under(word, PropositionWords.subjects).isEmpty
        {
            let first = tree.heads[word]
            let shared = tree.under(first, "aux").map { tree.lower[$0] }
            if shared.contains(where: Self.conditional.contains) { return .told }
            return shared.contains(where: { Self.future.contains($0) || Self.modals.contains($0) }) ? .ahead : .past
        }
        // "Judge us in September"
        let isCommand =
            tree.heads[word] == word && helpers.isEmpty && tree.under(word, PropositionWords.subjects).isEmpty
            && tree.subtree(word).first { !PropositionWords.edge.contains(tree.lower[$0]) } == word
            && !["ed", "ing", "s"].contains(where: lower.hasSuffix)
        if isCommand { return .ahead }
        return helpers.isEmpty && lower.hasSuffix("ing") ? nil : .past
    }

    private static func isDay(_ word: String) -> Bool {
        let classes = Lexicon.classes(of: word)
        return !classes.isDisjoint(with: [.weekday, .month]) && word != "may" || word.first?.isNumber == true
    }

    private static let present: Set<String> = ["is", "are", "am", "'s", "’s", "'re", "’re"]
    /// What is told in the present of a day to come: "is set for 5 May", "is available from Monday".
    private static let settled: Set<String> = ["available", "back", "doubtful", "sale", "set"]
    private static let companions: Set<String> = [
        "obj", "obl", "advmod", "compound:prt", "xcomp", "compound", "nmod",
    ]
    /// Verbs that tell of a programme in the present tense with one of some words.
    private static let programmes: [String: Set<String>] = {
        let words: [(String, Set<String>)] = [
            ("take", ["effect", "place", "office", "over"]),
            ("go", ["sale", "trial", "display", "show", "strike", "live"]),
            ("come", ["force", "effect"]), ("kick", ["off"]), ("get", ["way", "underway"]),
        ]
        var found: [String: Set<String>] = [:]
        for (verb, companions) in words {
            found[verb] = companions
            found[verb + (verb == "go" ? "es" : "s")] = companions
        }
        return found
    }()
    private static let events: Set<String> = [
        "ballot", "ceremony", "clash", "concert", "debate", "derby", "election", "elections", "final", "fixture",
        "game", "hearing", "launch", "match", "meeting", "poll", "primary", "qualifier", "race", "referendum",
        "semi-final",
        "show", "summit", "test", "tie", "trip", "visit", "vote", "wedding",
    ]
    private static let future: Set<String> = ["will", "'ll", "’ll", "wo", "shall"]
    private static let modals: Set<String> = ["may", "might", "should", "must", "can", "could"]
    private static let conditional: Set<String> = ["would"]
    /// Verbs and adjectives whose infinitive is still to come.
    private static let leading: Set<String> = [
        "book", "booked", "direct", "directed", "instruct", "instructed", "invite", "invited", "likely", "ready",
        "schedule", "scheduled", "summon", "summoned", "tasked",
    ]
    private static let perfect: Set<String> = ["has", "have", "had", "having", "'ve", "’ve"]
    /// What is still to come by its meaning.
    private static let coming: Set<String> = [
        "due", "expected", "expects", "forthcoming", "hopes", "intends", "planned", "plans", "scheduled",
        "slated", "tasked", "upcoming",
    ]
    /// Verbs whose present tense tells of a programme: "the trial begins on Monday".
    private static let scheduled: Set<String> = [
        "begin", "begins", "close", "closes", "end", "ends", "expire", "expires", "face", "faces", "host", "hosts",
        "launch", "launches", "meet", "meets", "open", "opens", "play", "plays", "reopen", "reopens", "resume",
        "resumes", "return", "returns", "start", "starts", "travel", "travels", "visit", "visits", "vote", "votes",
    ]
}
