import Wire

/// Tells whoever only hears what is said, and "it", from whoever says it: "The court heard that …", "the jury was told …", "it is alleged …".
///
/// Somebody says it there whom the sentence does not name.
struct Listeners {
    private let document: Document

    init(_ document: Document) { self.document = document }

    /// Whether the source of an attribution is told what it holds, or is nobody.
    func hold(_ attribution: Attribution) -> Bool {
        guard let source = attribution.source.first else { return false }
        let words = tokens(of: source).map { document.words[$0] }
        return attribution.cue.contains { cue in
            tokens(of: cue).contains { verb in
                switch document.words[verb] {
                case "hear", "heard", "hears": words.contains(where: Self.hearing.contains)
                case "asked", "questioned":
                    attribution.start >= cue.end && (isPassive(verb) || isFirst(verb))
                case let word where words == ["it"] && Self.saying.contains(word): isPassive(verb)
                case "informed", "told": source.end <= cue.start && (isPassive(verb) || isBrief(verb, words))
                default: false
                }
            }
        }
    }

    /// "Was told", "has been told", "was also told".
    private func isPassive(_ verb: Int) -> Bool {
        Range.between(max(0, verb - 2), verb).contains { Self.passive.contains(document.words[$0]) }
    }

    /// "Asked whether …", "when asked about …": whoever answers.
    private func isFirst(_ verb: Int) -> Bool {
        guard verb > 0 else { return true }
        let before = document.tokens[verb - 1]
        return before.kind == .terminal || before.kind == .mark || document.words[verb - 1] == "when"
            || document.scalars[Int(before.end)..<Int(document.tokens[verb].start)].contains("\n")
    }

    /// "Court told of threats": headlines leave the verb out, and no court tells anybody anything.
    private func isBrief(_ verb: Int, _ words: [String]) -> Bool {
        guard let headline = document.paragraphs.first, Int(document.tokens[verb].start) < headline.span.end else {
            return false
        }
        return words.last.map(Self.sitting.contains) ?? false
    }

    private func tokens(of span: Span) -> Range<Int> {
        .between(document.token(at: span.start) ?? 0, document.token(at: span.end) ?? document.tokens.count)
    }

    private static let passive: Set<String> = ["am", "are", "be", "been", "being", "is", "was", "were"]
    private static let saying: Set<String> = [
        "acknowledged", "alleged", "announced", "argued", "assumed", "believed", "claimed", "confirmed", "estimated",
        "expected", "feared", "hoped", "known", "noted", "predicted", "reported", "revealed", "rumoured", "rumored",
        "said", "suggested", "suspected", "thought", "understood",
    ]
    private static let sitting: Set<String> = ["court", "hearing", "inquest", "inquiry", "jury", "trial", "tribunal"]
    private static let hearing = sitting.union([
        "assembly", "bailey", "bench", "commission", "committee", "commons", "coroner", "council", "councillors",
        "judge", "judges", "jurors", "lords", "magistrate", "magistrates", "meeting", "members", "mps", "panel",
        "parliament", "senators", "sheriff",
    ])
}
