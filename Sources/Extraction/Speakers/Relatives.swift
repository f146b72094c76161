import Language

/// Relatives by whom an article calls somebody: "her son, Neil", "Bo Ek, his brother,".
extension [Word] {
    /// Whether a name is introduced as somebody's relative, and the gender of such a relative where its noun tells it.
    func kinship(of name: Name) -> (isRelative: Bool, gender: Gender?) {
        let first = name.title ?? name.first
        var at = first - 1
        var noun: Int?
        // "His wife of forty years, the painter Ann Li,"
        while at >= 0, first - at <= Self.longestKinship, self[at].sentence == self[first].sentence {
            if noun == nil, Self.kin[self[at].lower] != nil { noun = at }
            if noun != nil, self[at].has(.possessive) || self[at].isPossessive { break }
            if noun != nil, !self[at].gap.isSpace || self[at].part == .verb { return (false, nil) }
            if noun == nil, self[at].isPlainVerb || self[at].name == .person { break }
            at -= 1
        }
        if let noun, at >= 0, first - at <= Self.longestKinship { return (true, Self.kin[self[noun].lower] ?? nil) }
        // "Ann Li, his wife,"
        guard name.end + 1 < count, self[name.end].gap.text == ", ", self[name.end].has(.possessive),
            let gender = Self.kin[self[name.end + 1].lower]
        else { return (false, nil) }
        return (true, gender)
    }

    /// The gender that the sentence tells of whom a bare name means: "Li said that he …", "in her memoir, Li".
    func genderBeside(_ name: Name) -> Gender? {
        let sentence = self[name.first].sentence
        func gender(_ word: Int) -> Gender? {
            self[word].has(.male) ? .masculine : self[word].has(.female) ? .feminine : nil
        }
        if self[name.first].gap.text == ", " {
            let before = Range.between(Swift.max(0, name.first - Self.nearby), name.first)
            let owned = before.last { self[$0].sentence == sentence && self[$0].has(.possessive) }
            if let owned, let told = gender(owned) { return told }
        }
        guard name.end < count, self[name.end].isPlainVerb else { return nil }
        for word in Range.between(name.end, Swift.min(count, name.end + Self.nearby)) {
            guard self[word].sentence == sentence, !self[word].isQuoted, self[word].name != .person else { return nil }
            if let told = gender(word) { return self[word].relation.hasPrefix("nsubj") ? told : nil }
        }
        return nil
    }

    /// Whether a name is told to be dead: "her husband, Bo Li, died in 1998".
    func isLate(_ name: Name) -> Bool {
        Range.between(Swift.max(0, name.first - Self.nearby), Swift.min(count, name.end + Self.nearby)).contains {
            self[$0].sentence == self[name.first].sentence && SpeakerWords.deaths.contains(self[$0].lower)
        }
    }

    private static var longestKinship: Int { 8 }
    private static var nearby: Int { 10 }

    /// Nouns for relatives with their gender.
    private static let kin: [String: Gender?] = {
        func table(_ nouns: String, _ gender: Gender?) -> [(String, Gender?)] {
            nouns.split(whereSeparator: \.isWhitespace).map { (String($0), gender) }
        }
        let men = "brother father grandfather grandson husband nephew son stepfather stepson uncle widower"
        let women = "aunt daughter granddaughter grandmother mother niece sister stepdaughter stepmother widow wife"
        let all = table(men, .masculine) + table(women, .feminine) + table("child cousin partner sibling twin", nil)
        return Dictionary(uniqueKeysWithValues: all)
    }()
}
