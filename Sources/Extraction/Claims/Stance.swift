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
        let isNegated = words.contains { Self.negations.contains($0) }
        func has(_ stems: [String]) -> Bool { words.contains { word in stems.contains { word.hasPrefix($0) } } }
        if has(Self.refusing) || isNegated && has(Self.telling) {
            self = .leavesOpen
        } else {
            self = isNegated != has(Self.denying) ? .denies : .states
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
        case .denies: "denial"
        // "Declined to | comment", but "refused | to pay".
        case .leavesOpen:
            (cue + content.prefix(3)).contains { word in telling.contains { word.hasPrefix($0) } }
                ? "silence" : "denial"
        }
    }

    /// Whether a verb tells something, in any of its forms.
    static func isTelling(_ word: String) -> Bool { telling.contains { word.hasPrefix($0) } }

    private static let negations: Set<String> = ["not", "n't", "n’t", "never", "neither", "nor", "cannot"]
    private static let refusing = ["declin", "refus"]
    private static let telling = [
        "answer", "comment", "confirm", "disclos", "elaborat", "explain", "identif", "provid", "respond", "reveal",
        "said", "say", "specif", "tell", "told",
    ]
    private static let denying = ["denied", "denies", "deny", "dismiss", "disput", "rebut", "refut", "reject"]
}
