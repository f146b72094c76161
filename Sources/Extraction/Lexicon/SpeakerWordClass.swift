/// What the speakers' rules know about a word, looked up by its lower-case form; a word may be several things.
struct SpeakerWordClass: OptionSet, Hashable {
    let rawValue: UInt32

    /// He, and his.
    static let male = Self(rawValue: 1 << 0)
    /// She, and hers.
    static let female = Self(rawValue: 1 << 1)
    /// They, and theirs.
    static let plural = Self(rawValue: 1 << 2)
    /// It, and its.
    static let neuter = Self(rawValue: 1 << 3)
    /// The speaker: I, my.
    static let speaking = Self(rawValue: 1 << 4)
    /// The speakers: we, our.
    static let speakingPlural = Self(rawValue: 1 << 5)
    /// Refers to the phrase before: who, which.
    static let relative = Self(rawValue: 1 << 6)
    /// Possessive pronouns.
    static let possessive = Self(rawValue: 1 << 7)
    /// The, a, an.
    static let article = Self(rawValue: 1 << 8)
    /// Titles and offices that stand before a name.
    static let title = Self(rawValue: 1 << 9)
    /// Abbreviated and one-word titles that are no role: Mr, Dr, Sir.
    static let shortTitle = Self(rawValue: 1 << 10)
    /// Titles that are part of a name without a given name: Lord Li.
    static let keptTitle = Self(rawValue: 1 << 11)
    /// Titles of men.
    static let maleTitle = Self(rawValue: 1 << 12)
    /// Titles of women.
    static let femaleTitle = Self(rawValue: 1 << 13)
    /// Nouns for bodies: agency, council, company.
    static let body = Self(rawValue: 1 << 14)
    /// Nouns for texts that speak: report, statement.
    static let document = Self(rawValue: 1 << 15)
    /// Nouns for several people: police, critics.
    static let group = Self(rawValue: 1 << 16)
    /// Nouns for a person: spokesman, farmer.
    static let person = Self(rawValue: 1 << 17)
    /// Nouns by which a company is called again.
    static let business = Self(rawValue: 1 << 18)
    /// Nouns that count what follows: a number of senators.
    static let counter = Self(rawValue: 1 << 19)
    /// Joins words of a body's name: of, for.
    static let connector = Self(rawValue: 1 << 20)
    /// Joins words of a person's name: van, bin.
    static let particle = Self(rawValue: 1 << 21)
    /// Ends the first part of a noun phrase: prepositions, relatives, and.
    static let stop = Self(rawValue: 1 << 22)
    /// This, that, these, those.
    static let demonstrative = Self(rawValue: 1 << 23)
    /// Other function words.
    static let function = Self(rawValue: 1 << 24)

    static let pronoun: Self = [.male, .female, .plural, .neuter, .speaking, .speakingPlural, .relative]
    static let determiner: Self = [.article, .possessive, .demonstrative]
    /// Carries a capital only at the start of a sentence.
    static let small = Self([.stop, .function]).union(.pronoun).union(.determiner)
    static let noun: Self = [.body, .document, .group, .person]

    /// The classes of `word`, given in lower case; empty where it is unknown.
    static func of(_ word: String) -> Self {
        if let known = table[word] { return known }
        // "Ornithologist", "cartographer"
        if ["ologist", "ographer", "iatrician"].contains(where: word.hasSuffix) { return .person }
        // "Vice-chancellor", "co-founder", "ex-governor"
        guard let hyphen = word.firstIndex(of: "-"), prefixes.contains(String(word[..<hyphen])) else { return [] }
        return (table[String(word[word.index(after: hyphen)...])] ?? []).intersection([.title, .person])
    }

    private static let prefixes: Set<String> = ["co", "deputy", "ex", "sub", "under", "vice"]

    private static let table: [String: Self] = {
        var table: [String: Self] = [:]
        for (classes, words) in SpeakerWords.table {
            for word in words.split(whereSeparator: \.isWhitespace) {
                table[String(word), default: []].formUnion(classes)
            }
        }
        return table
    }()
}
