/// Verbs of speech in the forms that stand beside a quotation: "asks", "asked".
enum SpeechVerbs {
    /// All forms.
    static let forms: [String] =
        irregular.split(whereSeparator: \.isWhitespace).map(String.init)
        + regular.split(whereSeparator: \.isWhitespace).flatMap { inflected(String($0)) }

    private static let irregular = "says said writes wrote reads read tells told swears swore"

    /// `+` marks a final consonant that is doubled.
    private static let regular = """
        acknowledge add admit+ affirm allege announce answer argue assert claim comment complain concede conclude confess
        confirm contend continue counter declare deny disclose emphasize emphasise exclaim explain hint indicate insist
        joke lament maintain mention murmur muse note object observe opine pledge point predict proclaim promise protest
        quip+ reason recall recount reiterate relate remark repeat reply report respond reveal shout state stress
        suggest testify tweet vow warn whisper wonder yell caution clarify elaborate enthuse gush interject intone mutter
        narrate post quote reckon recollect retort scream sigh speculate stipulate summarize tease trumpet underline
        underscore volunteer voice agree chant cry email boast remember advise ask assure inform notify reassure remind
        """

    private static func inflected(_ word: String) -> [String] {
        let base = String(word.prefix { $0 != "+" })
        if base.hasSuffix("y"), !"aeou".contains(base.dropLast().last ?? "a") {
            return [base.dropLast() + "ies", base.dropLast() + "ied"]
        }
        let isSibilant = ["s", "sh", "ch", "x", "z"].contains { base.hasSuffix($0) }
        let doubled = word.contains("+") ? base.suffix(1) : ""
        return [base + (isSibilant ? "es" : "s"), base.hasSuffix("e") ? base + "d" : base + doubled + "ed"]
    }
}
