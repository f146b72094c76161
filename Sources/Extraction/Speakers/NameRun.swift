import Wire

/// A name in the text with the title in front of it.
struct NameRun {
    /// The tokens of the name itself, without titles.
    var name: Range<Int>
    /// The tokens of the role in front of it, such as "Canadian Prime Minister"; empty where there is none.
    var role: Range<Int>
    /// What kind of name it is, as far as its own words tell; nil where they do not.
    var type: Analysis.EntityType?
    var gender: Gender?
    /// The last word carries a possessive ending.
    var isPossessive: Bool
}

/// The gender that pronouns agree with.
enum Gender {
    case feminine
    case masculine
}
