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
        let isTold = words.contains(where: Self.isTelling)
        if has(Self.refusing) || isNegated && (isTold || words.contains(where: Self.knowing.contains))
            || has(Self.avoiding) && isTold
        {
            self = .leavesOpen
        } else {
            let isRuledOut = words.contains("out") && has(["rule", "ruling"])
            self = isNegated != (has(Self.denying) || isRuledOut) ? .denies : .states
        }
    }

    /// The act of a quote of this stance, nil where it is what it seems to be.
    ///
    /// - Parameters:
    ///   - cue: The words of the cue in lower case.
    ///   - content: The words of what it reports, in lower case.
    /// - Returns: `denial`, `silence` or nil.
    static func act(cue: [String], content: [String]) -> String? {
        switch Stance(cue) {
        case .states: nil
        // "Dismissed it | as “nonsense”", "not only | documented" state something.
        case .denies where content.contains("as") || cue.contains("only"): nil
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

    private static func isNegated(_ words: [String]) -> Bool {
        words.contains { negations.contains($0) || $0.hasSuffix("n't") }
            // "No longer", "no doubt", "little doubt"
            || zip(words, words.dropFirst()).contains {
                $0 == "no" && $1 == "longer" || ["little", "no"].contains($0) && $1.hasPrefix("doubt")
            }
    }

    private static let negations: Set<String> = ["not", "n't", "n’t", "never", "neither", "nor", "cannot"]
    private static let refusing = ["declin", "refus"]
    /// Ways to say nothing of what one might tell.
    private static let avoiding = ["avoid", "fail", "forg", "neglect", "stop", "unable", "unwilling", "yet"]
    private static let telling = [
        "acknowledg", "address", "admit", "answer", "comment", "conced", "confirm", "detail", "disclos", "discuss",
        "elaborat", "explain", "identif", "mention", "provid", "replied", "reply", "respond", "reveal", "said", "say",
        "speak", "specif", "specul", "spoke", "state", "talk", "tell", "told",
    ]
    /// What somebody says nothing of who does not have it: "did not know whether", "was not sure that".
    private static let knowing: Set<String> = ["aware", "certain", "know", "knew", "known", "knows", "sure"]
    private static let asking: Set<String> = ["how", "if", "when", "where", "whether", "who", "why"]
    private static let denying = [
        "denied", "denies", "deny", "dismiss", "disput", "doubt", "rebut", "refut", "reject", "retract",
    ]
}
