import Language

/// A name in the text, without the titles in front of it.
struct Name {
    /// What a name is of.
    enum Kind {
        case person, organization, place, other, unknown
    }

    /// Its words.
    var words: Range<Int>
    var kind: Kind
    /// Its words in lower case, those of people without accents and honours.
    var keys: [String]
    var gender: Gender?
    var isPossessive: Bool
    /// First word of the titles in front, or nil.
    var title: Int?
    var entity: Int?

    var first: Int { words.lowerBound }
    var end: Int { words.upperBound }
}

/// The gender that pronouns agree with.
enum Gender {
    case feminine
    case masculine

    /// The gender of most people who have that given name, or nil.
    init?(givenName: String) {
        switch Lexicon.classes(of: givenName).intersection(.givenName) {
        case .femaleName: self = .feminine
        case .maleName: self = .masculine
        default: return nil
        }
    }
}

extension String {
    /// Without accents, which articles are not consistent about.
    var withoutAccents: String {
        utf8.allSatisfy { $0 < 0x80 } ? self : String(String.UnicodeScalarView(scalarsWithoutAccents))
    }
}
