/// What the lexicon knows about a word form; a form may be several things.
struct WordClass: OptionSet, Hashable {
    let rawValue: UInt64

    // Function words.
    static let that = WordClass(rawValue: 1 << 0)
    static let to = WordClass(rawValue: 1 << 1)
    static let by = WordClass(rawValue: 1 << 2)
    static let according = WordClass(rawValue: 1 << 3)
    static let coordinator = WordClass(rawValue: 1 << 4)
    static let subordinator = WordClass(rawValue: 1 << 5)
    static let relative = WordClass(rawValue: 1 << 6)
    static let determiner = WordClass(rawValue: 1 << 7)
    static let preposition = WordClass(rawValue: 1 << 8)
    static let adverb = WordClass(rawValue: 1 << 9)
    static let auxiliary = WordClass(rawValue: 1 << 10)
    static let be = WordClass(rawValue: 1 << 11)
    static let modal = WordClass(rawValue: 1 << 12)
    static let possessivePronoun = WordClass(rawValue: 1 << 13)
    static let masculine = WordClass(rawValue: 1 << 14)
    static let feminine = WordClass(rawValue: 1 << 15)
    static let plural = WordClass(rawValue: 1 << 16)
    static let neuter = WordClass(rawValue: 1 << 17)
    static let firstPerson = WordClass(rawValue: 1 << 18)
    static let secondPerson = WordClass(rawValue: 1 << 19)
    /// Can be a subject by itself: he, they, who, many.
    static let subjectPronoun = WordClass(rawValue: 1 << 20)
    static let negation = WordClass(rawValue: 1 << 21)

    // Verbs.
    /// A verb of speech: it can stand behind the quote, and before its subject ("said Ann Li").
    static let speech = WordClass(rawValue: 1 << 23)
    /// A verb of opinion, belief, wish or plan: it stands before its content.
    static let attitude = WordClass(rawValue: 1 << 24)
    static let base = WordClass(rawValue: 1 << 25)
    static let third = WordClass(rawValue: 1 << 26)
    static let past = WordClass(rawValue: 1 << 27)
    static let gerund = WordClass(rawValue: 1 << 28)
    /// Takes the one spoken to as its object: tell, ask, remind.
    static let addressing = WordClass(rawValue: 1 << 29)
    /// A finite verb form that is no cue, or a word that ends a noun phrase all the same.
    static let verb = WordClass(rawValue: 1 << 30)

    // Nouns and names.
    static let weekday = WordClass(rawValue: 1 << 31)
    static let month = WordClass(rawValue: 1 << 32)
    static let time = WordClass(rawValue: 1 << 33)
    /// A title of address: Mr, Dr, Sen.
    static let honorific = WordClass(rawValue: 1 << 34)
    /// What a person is: president, spokeswoman, farmer.
    static let role = WordClass(rawValue: 1 << 35)
    /// A text that speaks: statement, report.
    static let document = WordClass(rawValue: 1 << 36)
    /// Part of an organisation's name: ministry, council, Inc.
    static let organization = WordClass(rawValue: 1 << 37)
    static let place = WordClass(rawValue: 1 << 38)
    static let nationality = WordClass(rawValue: 1 << 39)
    static let numberWord = WordClass(rawValue: 1 << 40)
    static let maleName = WordClass(rawValue: 1 << 41)
    static let femaleName = WordClass(rawValue: 1 << 42)
    /// A function or common word that carries a capital only at the start of a sentence.
    static let common = WordClass(rawValue: 1 << 43)
    /// Written with a full stop that does not end a sentence.
    static let abbreviation = WordClass(rawValue: 1 << 44)
    /// Joins the parts of a name: van, de, bin, al.
    static let particle = WordClass(rawValue: 1 << 45)
    /// A group of people: officials, critics, voters.
    static let group = WordClass(rawValue: 1 << 46)
    /// Judgement or wish rather than fact.
    static let subjective = WordClass(rawValue: 1 << 47)
    static let unit = WordClass(rawValue: 1 << 48)
    /// Its form in -s may be a plural noun: claims, reports.
    static let nounLike = WordClass(rawValue: 1 << 51)
    /// A past participle that is no past tense: known, seen, written.
    static let participle = WordClass(rawValue: 1 << 52)
    static let honorificFeminine = WordClass(rawValue: 1 << 49)
    static let honorificMasculine = WordClass(rawValue: 1 << 50)

    static let cue: WordClass = [.speech, .attitude]
    static let givenName: WordClass = [.maleName, .femaleName]
}
