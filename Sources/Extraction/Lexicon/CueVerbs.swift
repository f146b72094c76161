/// Verbs that attribute words or thoughts to someone.
enum CueVerbs {
    /// The forms of a verb.
    struct Verb {
        var base: String
        var third: String
        var past: [String]
        var gerund: String
        var classes: WordClass
    }

    static let all: [Verb] =
        regular(speech, .speech) + regular(addressing, [.speech, .addressing]) + regular(attitude, .attitude)
        + irregular(irregularSpeech, .speech) + irregular(irregularAddressing, [.speech, .addressing])
        + irregular(irregularAttitude, .attitude)

    private static let speech = """
        acknowledge add admit+ affirm allege announce answer argue assert claim comment complain concede conclude confess
        confirm contend continue counter declare deny disclose emphasize emphasise exclaim explain hint indicate insist
        joke lament maintain mention murmur muse note object observe opine pledge point predict proclaim promise protest
        quip+ reason recall recount reiterate relate remark repeat reply report respond reveal shout state stress
        suggest testify tweet vow warn whisper wonder yell announce caution clarify
        elaborate enthuse gush interject intone mutter narrate post quote reckon recollect retort scream sigh speculate
        stipulate summarize tease trumpet underline underscore volunteer voice agree chant cry email boast remember
        """
    private static let addressing = """
        advise ask assure inform notify promise reassure remind warn
        """
    private static let attitude = """
        dub+ characterize characterise liken depict detail hypothesize theorize speculate surmise
        accuse advocate agree applaud assail assume attack attribute blame blast celebrate challenge charge cite
        condemn consider criticize criticise decide decline decry defend demand denounce describe determine
        dismiss doubt endorse estimate expect express fear hail highlight hope imply instruct laud learn love
        mock name oppose order outline plan+ plead portray praise press propose question realize realise rebuke
        recommend refer+ refuse regret+ reject rail request ridicule scold signal slam+ support suspect thank threaten
        tout urge value view want welcome worry invite envision envisage label intend prefer+ offer push seem appear
        decry deem believe anticipate appeal apologize bemoan brand caution commend concur+ conjecture
        dispute echo encourage fault favor favour hate ignore invoke liken oppose posit salute sound trust
        """
    /// Verbs whose "to" is no infinitive.
    static let withTo: Set<String> = [
        "points", "pointed", "pointing", "point", "refers", "referred", "referring", "refer", "objects", "objected",
        "objecting", "object", "responds", "responded", "responding", "respond", "alludes", "alluded", "alluding",
    ]

    /// Verbs behind which a preposition tells when, where or to whom, not what about.
    static let plain: Set<String> = [
        "say", "says", "said", "saying", "tell", "tells", "told", "telling", "write", "writes", "wrote", "writing",
        "add",
        "adds", "added", "adding", "announce", "announces", "announced", "announcing", "read", "reads", "reading",
    ]

    /// Forms that are nouns as often as verbs.
    static let nounLike = """
        claims reports calls plans notes comments charges hopes fears doubts demands views promises requests questions
        answers challenges attacks shows finds supports orders values urges estimates counters replies protests signals
        pledges vows hints tweets posts remarks stresses mentions objects reasons highlights praises likes loves
        complaints disputes appeals proposes blames labels offers echoes faults hates echo claim report call plan note
        comment charge hope fear doubt demand view promise request question answer challenge attack show find support
        order value urge estimate reply protest pledge vow hint tweet post remark stress mention object reason praise love
        email emails cry cries shout shouts whisper wonder wonders trumpet brand trust trusts sound sounds salute
        advocate advocates favor favors states maintains points continues continue point maintain state
        """
    private static let irregularSpeech = """
        say says said saying
        write writes wrote,written writing
        read reads read reading
        """
    private static let irregularAddressing = """
        tell tells told telling
        """
    private static let irregularAttitude = """
        think thinks thought thinking
        know knows knew,known knowing
        see sees saw,seen seeing
        feel feels felt feeling
        find finds found finding
        show shows showed,shown showing
        seek seeks sought seeking
        call calls called calling

        understand understands understood understanding
        foresee foresees foresaw,foreseen foreseeing
        swear swears swore,sworn swearing
        """

    private static func irregular(_ lines: String, _ classes: WordClass) -> [Verb] {
        lines.split(separator: "\n").compactMap { line in
            let forms = line.split(separator: " ").map(String.init)
            guard forms.count == 4 else { return nil }
            return Verb(
                base: forms[0], third: forms[1], past: forms[2].split(separator: ",").map(String.init),
                gerund: forms[3], classes: classes)
        }
    }

    /// Inflects regular verbs; `+` marks a final consonant that is doubled.
    private static func regular(_ words: String, _ classes: WordClass) -> [Verb] {
        words.split(whereSeparator: \.isWhitespace).map { word in
            let doubled = word.contains("+")
            let base = String(word.prefix { $0 != "+" })
            let stem: String
            if base.hasSuffix("e") {
                stem = String(base.dropLast())
            } else if doubled, let last = base.last {
                stem = base + String(last)
            } else {
                stem = base
            }
            let changesY = base.hasSuffix("y") && !"aeou".contains(base.dropLast().last ?? "a")
            let sibilant = ["s", "sh", "ch", "x", "z"].contains { base.hasSuffix($0) }
            return Verb(
                base: base,
                third: changesY ? base.dropLast() + "ies" : sibilant ? base + "es" : base + "s",
                past: [changesY ? base.dropLast() + "ied" : stem + "ed"],
                gerund: stem + "ing", classes: classes)
        }
    }
}
