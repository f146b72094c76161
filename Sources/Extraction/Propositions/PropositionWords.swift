import Language

/// Relations and words that the rules for propositions go by.
enum PropositionWords {
    static let subjects: Set<String> = ["nsubj", "nsubj:pass"]
    static let objects: Set<String> = ["obj", "iobj"]
    static let obliques: Set<String> = ["obl", "obl:agent", "obl:tmod"]
    static let arguments: Set<String> = [
        "obj", "iobj", "obl", "obl:agent", "obl:tmod", "xcomp", "ccomp", "advcl", "advmod", "nmod",
    ]
    static let nominal: Set<Reading.PartOfSpeech> = [
        .noun, .properNoun, .pronoun, .numeral, .adjective, .symbol, .other,
    ]
    static let noPredicates: Set<String> = [
        "amod", "compound", "case", "fixed", "aux", "aux:pass", "cop", "mark", "flat", "cc", "det", "advmod",
        "compound:prt",
        "nmod", "punct", "appos",
    ]

    static let attached = obliques.union(["nmod", "advmod"])
    static let splitting = objects.union(obliques).union(["pred"])
    static let outsideNominal: Set<String> = [
        "nsubj", "nsubj:pass", "csubj", "cop", "aux", "aux:pass", "mark", "cc", "advcl", "ccomp", "expl",
    ]
    static let outsideNoun: Set<String> = ["cop", "nsubj", "nsubj:pass", "csubj", "mark", "aux", "advcl", "discourse"]

    static let relativeOrAdverbial = relative.union(adverbial)
    static let relative: Set<String> = ["who", "whom", "which", "that", "whose"]
    static let adverbial: Set<String> = ["where", "when", "why", "how"]
    static let saying: Set<String> = ["say", "says", "said", "tell", "tells", "told", "add", "adds", "added"]
    static let edge: Set<String> = [
        ",", ";", ":", "--", "-", ".", "(", ")", "``", "''", "`", "'", "\"", "“", "”", "‘", "’", "!", "?", "—", "–",
        "/",
    ]
    static let negations: Set<String> = [
        "not", "n't", "n’t", "never", "no", "nor", "neither", "cannot", "nobody", "nothing", "none", "nowhere",
        "hardly",
        "scarcely",
    ]
    static let failing = forms("fail refuse decline neglect")
    static let denying = forms("deny reject dispute refute dismiss")
    /// What is said of something that is not so, and with a negation of the same.
    static let falsities: Set<String> = ["false", "fiction", "incorrect", "nonsense", "untrue"]
    static let truths: Set<String> = ["accurate", "correct", "true"]
    /// Nouns for what somebody says or shows, and those of them that without them there is no reason to believe.
    static let grounds = proofs.union([
        "accusation", "allegation", "assertion", "claim", "idea", "notion", "report", "rumour", "rumor",
    ])
    static let proofs: Set<String> = ["evidence", "indication", "proof", "sign", "suggestion", "truth"]
    static let doubting = forms(
        "seem appear suspect fear suggest believe think expect doubt",
        "may might could can perhaps possibly probably maybe likely unlikely allegedly reportedly apparently risk possibility chance able thought"
    )
    static let intending = forms(
        "plan want intend hope aim agree promise vow pledge decide propose seek try ask urge order demand need prepare threaten push",
        "will shall 'll wo should must ought going due set sought planned planning proposal effort efforts attempt attempts bid"
    )
    static let conditions: Set<String> = ["if", "unless", "whether", "provided"]

    /// The regular forms of verbs, and other words as they are.
    private static func forms(_ verbs: String, _ others: String = "") -> Set<String> {
        var found = Set(others.split(separator: " ").map(String.init))
        for verb in verbs.split(separator: " ").map(String.init) {
            let stem = verb.hasSuffix("e") || verb.hasSuffix("y") ? String(verb.dropLast()) : verb
            for ending in ["", "s", "d"] { found.insert(verb + ending) }
            for ending in ["ed", "es", "ing", "ied", "ies", "ying"] { found.insert(stem + ending) }
        }
        return found
    }
}
