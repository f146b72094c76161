/// What the lexicon knows about a word form; a form may be several things.
struct WordClass: OptionSet, Hashable {
    let rawValue: UInt64

    // Function words.
    static let subordinator = WordClass(rawValue: 1 << 5)
    static let relative = WordClass(rawValue: 1 << 6)
    static let determiner = WordClass(rawValue: 1 << 7)
    static let preposition = WordClass(rawValue: 1 << 8)
    static let auxiliary = WordClass(rawValue: 1 << 10)
    static let be = WordClass(rawValue: 1 << 11)
    static let modal = WordClass(rawValue: 1 << 12)
    static let possessivePronoun = WordClass(rawValue: 1 << 13)
    static let masculine = WordClass(rawValue: 1 << 14)
    static let feminine = WordClass(rawValue: 1 << 15)
    static let plural = WordClass(rawValue: 1 << 16)

    // Verbs.
    /// A form of a verb of speech that can stand beside a quotation.
    static let speech = WordClass(rawValue: 1 << 23)
    /// A finite auxiliary.
    static let verb = WordClass(rawValue: 1 << 30)

    // Nouns and names.
    static let weekday = WordClass(rawValue: 1 << 31)
    static let month = WordClass(rawValue: 1 << 32)
    static let time = WordClass(rawValue: 1 << 33)
    /// A title of address: Mr, Dr, Sen.
    static let honorific = WordClass(rawValue: 1 << 34)
    static let maleName = WordClass(rawValue: 1 << 41)
    static let femaleName = WordClass(rawValue: 1 << 42)
    /// A function or common word that carries a capital only at the start of a sentence.
    static let common = WordClass(rawValue: 1 << 43)
    /// Written with a full stop that does not end a sentence.
    static let abbreviation = WordClass(rawValue: 1 << 44)
    /// Stands at the end of a name: Jr., Inc.
    static let nameEnding = WordClass(rawValue: 1 << 45)
    /// A group of people: officials, critics, voters.
    static let group = WordClass(rawValue: 1 << 46)
    static let unit = WordClass(rawValue: 1 << 48)

    static let givenName: WordClass = [.maleName, .femaleName]
}
