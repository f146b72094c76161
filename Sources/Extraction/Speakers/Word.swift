import Language

/// A word with what the model says of it, as the rules for speakers see it.
struct Word {
    /// Where it stands in code points, without a possessive or contracted ending.
    var place: Range<Int>
    /// Its letters as they are written, without invisible ones.
    var text: String
    /// In lower case; "US", "IT" and "WHO" stay as they are, since they are no pronouns.
    var lower: String
    var classes: SpeakerWordClass
    /// Index of its first piece in the reading.
    var piece: Int
    /// What kind of name the model sees here.
    var name: Reading.NameKind?
    var beginsName = false
    var part = Reading.PartOfSpeech.other
    var mention = Reading.MentionKind.none
    /// The word that it depends on, nil at the root of a sentence or where there is no tree.
    var head: Int?
    /// How it depends on it, such as `appos`.
    var relation = ""
    /// What stands between the word before and this one.
    var gap: Gap
    var isPossessive = false
    var sentence = 0
    var paragraph = 0
    /// Inside quotation marks.
    var isQuoted = false

    func has(_ classes: SpeakerWordClass) -> Bool { !self.classes.isDisjoint(with: classes) }

    /// Begins as names do: with a capital, as in "4Chan", or as in "al-Sadr".
    var isCapital: Bool {
        guard let first = text.unicodeScalars.first else { return false }
        // Most scripts have no capitals: any of their words may be a name.
        if first.isUppercase || first.value > 0x590 && first.properties.isAlphabetic && !first.properties.isCased {
            return true
        }
        if first.isDigit {
            return text.unicodeScalars.prefix { $0.isLetterOrDigit }.contains { (0x41...0x5A).contains($0.value) }
        }
        return Word.arabicArticles.contains { article in
            guard text.hasPrefix(article) else { return false }
            let rest = text.dropFirst(article.count).unicodeScalars
            return (rest.first?.isHyphen == true || rest.first?.isApostrophe == true)
                && rest.dropFirst().first.map { (0x41...0x5A).contains($0.value) } == true
        }
    }

    private static let arabicArticles = ["al", "el", "ul", "ad", "as", "an", "ar", "at", "ash", "bin", "d", "de"]

    /// An amount of money in one word: "Rs15m", "DKK3.1".
    var isPrice: Bool {
        let code = text.prefix(while: \.isLetter)
        return code.count < text.count && Word.currencies.contains(code.lowercased())
            && text.dropFirst(code.count).first?.isNumber == true
    }

    private static let currencies: Set<String> = [
        "aud", "cad", "chf", "dkk", "eur", "gbp", "inr", "ksh", "nok", "rs", "sek", "tsh", "usd", "zar",
    ]

    /// All its letters are capitals.
    var isUpper: Bool {
        var letters = 0
        for scalar in text.unicodeScalars where scalar.isLetter {
            guard scalar.isUppercase else { return false }
            letters += 1
        }
        return letters > 0
    }

    /// A full stop behind it need not end a sentence: "St.", "J.", "U.S.".
    var isAbbreviation: Bool {
        text.unicodeScalars.count == 1 && text != "I" || text.contains(".") || has(.shortTitle) || endsName
    }

    /// Ends a person's name: Jr.
    var endsName: Bool { lower == "jr" || lower == "sr" }

    /// A verb that is no name and no noun for a person, which the model may take for one.
    var isPlainVerb: Bool { (part == .verb || part == .auxiliary) && !isCapital }
}

/// What stands between two words: white space, signs, quotation marks.
struct Gap: Equatable {
    let text: String

    /// Longer gaps are no running text; their middle is left out.
    private static let longest = 32

    init(_ scalars: ArraySlice<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        if scalars.count <= Self.longest {
            view.append(contentsOf: scalars)
        } else {
            if scalars.contains("\n") { view.append("\n") }
            view.append(contentsOf: scalars.prefix(Self.longest / 2))
            view.append(contentsOf: scalars.suffix(Self.longest / 2))
        }
        text = String(view)
    }

    func isOne(of gaps: [String]) -> Bool { gaps.contains(text) }
    func contains(_ signs: Set<Unicode.Scalar>) -> Bool { text.unicodeScalars.contains { signs.contains($0) } }
    var isSpace: Bool { !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.isWhitespace } }

    /// A dash behind white space, or a long one.
    var hasDash: Bool {
        var before: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "—" || (scalar == "-" || scalar == "–") && before?.properties.isWhitespace == true {
                return true
            }
            before = scalar
        }
        return false
    }

    /// Ends the first part of a noun phrase: a comma, bracket, colon or dash.
    var endsPhrase: Bool { hasDash || contains([",", "(", "[", ";", ":"]) }
    /// Ends a list or an apposition.
    var endsList: Bool { hasDash || contains([",", "(", ";", ":"]) }
}
