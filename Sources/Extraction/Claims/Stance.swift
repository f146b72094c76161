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

    private static let negations: Set<String> = ["not", "n't", "n’t", "never", "neither", "nor", "cannot"]
    private static let refusing = ["declin", "refus"]
    private static let telling = [
        "answer", "comment", "confirm", "disclos", "elaborat", "explain", "identif", "provid", "respond", "reveal",
        "said", "say", "specif", "tell", "told",
    ]
    private static let denying = ["denied", "denies", "deny", "dismiss", "disput", "rebut", "refut", "reject"]
}
