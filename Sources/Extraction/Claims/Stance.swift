import Wire

/// How somebody stands to what a cue reports, by the words of the cue.
enum Stance {
    /// "Said that", "did not deny that": it is what somebody says.
    case states
    /// "Denied that", "does not believe that": somebody says that it is not so.
    case denies
    /// "Did not say whether", "declined to": somebody says nothing of it.
    case leavesOpen

    /// The stance of a cue.
    ///
    /// - Parameter words: Its words in lower case.
    init(_ words: [String]) {
        func has(_ stems: [String]) -> Bool { words.contains { word in stems.contains { word.hasPrefix($0) } } }
        let isNegated = Self.isNegated(words)
        let isTold =
            words.contains(where: Self.isTelling)
            || zip(words, words.dropFirst()).contains { $0 == "be" && $1 == "reached" }
        if has(Self.refusing) || isNegated && (isTold || words.contains(where: Self.knowing.contains))
            || has(Self.avoiding) && isTold
        {
            self = .leavesOpen
        } else {
            let isAway = zip(words, words.dropFirst()).contains { verb, particle in
                Self.denyingWith[particle]?.contains { verb.hasPrefix($0) } ?? false
            }
            let isWithdrawn = has(["withdr"]) && words.contains(where: Self.isGround)
            self = isNegated != (has(Self.denying) || isAway || isWithdrawn) ? .denies : .states
        }
    }

    /// The stance of a quote's source; what somebody asks is left open.
    init(of quote: Analysis.Quote, in document: Document) {
        let (cue, content) = document.words(of: quote)
        self = quote.kind != .direct && Self.isQuestion(cue: cue, content: content) ? .leavesOpen : Stance(cue)
    }

    /// Whether something is asked: "asked whether it rained".
    private static func isQuestion(cue: [String], content: [String]) -> Bool {
        !questioning.isDisjoint(with: cue) && content.first.map { asking.contains($0) || $0 == "what" } ?? false
    }

    /// The act of a quote of this stance, nil where it is what it seems to be.
    ///
    /// - Parameters:
    ///   - cue: The words of the cue in lower case.
    ///   - content: The words of what it reports, in lower case.
    /// - Returns: `denial`, `silence`, `question` or nil.
    static func act(cue: [String], content: [String]) -> String? {
        if isQuestion(cue: cue, content: content) { return "question" }
        return switch Stance(cue) {
        case .states: nil
        // "Dismissed it | as “nonsense”", "not only | documented" state something; "dismissed | as nonsense claims that" does not.
        case .denies where content.contains("as") && !content.contains(where: isGround) || cue.contains("only"): nil
        // "Did not show | whether"
        case .denies where isNegated(cue) && content.first.map(asking.contains) ?? false: "silence"
        case .denies: "denial"
        // "Declined to | comment", "did not know", but "refused | to pay".
        case .leavesOpen:
            (cue + content.prefix(3)).contains { isTelling($0) || knowing.contains($0) }
                ? "silence" : "denial"
        }
    }

    /// Whether a verb tells something, in any of its forms.
    static func isTelling(_ word: String) -> Bool { telling.contains { word.hasPrefix($0) } }

    /// Whether it is a noun for what somebody else says: "claims", "report".
    static func isGround(_ word: String) -> Bool {
        PropositionWords.grounds.contains(word.singular ?? word)
    }

    /// Whether the words of a cue turn its sense.
    static func isNegated(_ words: [String]) -> Bool {
        words.contains { negations.contains($0) || $0.hasSuffix("n't") }
            // "No longer", "no evidence", "little doubt"
            || zip(words, words.dropFirst()).contains {
                $0 == "no" && ($1 == "longer" || PropositionWords.proofs.contains($1))
                    || ["little", "no"].contains($0) && $1.hasPrefix("doubt")
            }
    }

    private static let negations: Set<String> = ["not", "n't", "n’t", "never", "neither", "nor", "cannot"]
    private static let refusing = ["declin", "refus"]
    /// Ways to say nothing of what one might tell.
    private static let avoiding = ["avoid", "fail", "forg", "neglect", "stop", "unable", "unwilling", "yet"]
    private static let telling = [
        "acknowledg", "address", "admit", "answer", "comment", "conced", "confirm", "detail", "disclos", "discuss",
        "elaborat", "explain", "identif", "mention", "name", "provid", "replied", "reply", "respond", "reveal", "said",
        "say",
        "speak", "specif", "specul", "spoke", "state", "talk", "tell", "told",
    ]
    /// What somebody says nothing of who does not have it: "did not know whether", "was not sure that".
    private static let knowing: Set<String> = ["aware", "certain", "know", "knew", "known", "knows", "sure"]
    private static let questioning: Set<String> = [
        "ask", "asked", "asking", "asks", "questioned", "questions", "wonder", "wondered", "wonders",
    ]
    private static let asking: Set<String> = ["how", "if", "when", "where", "whether", "who", "why"]
    private static let denying = [
        "allay", "debunk", "denied", "denies", "deny", "dismiss", "disput", "doubt", "rebut",
        "recant", "refut", "reject",
        "retract",
    ]
    /// Verbs that deny with a particle: "ruled out", "played down".
    private static let denyingWith = [
        "down": ["play"], "out": ["rule", "ruling"],
    ]
}

extension Document {
    /// The words of a quote's cue, with a "neither" of its source, and those of what it reports.
    func words(of quote: Analysis.Quote) -> (cue: [String], content: [String]) {
        let source = quote.source?.spans.first.flatMap { words(in: $0).first }
        return (
            (source == "neither" ? ["neither"] : []) + (quote.cue?.spans ?? []).flatMap { words(in: $0) },
            quote.content.spans.flatMap { words(in: $0) }
        )
    }
}
