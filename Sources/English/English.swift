/// Tells whether a text is English: by its letters, its smallest words and how its words end, without other knowledge of languages.
public enum English {
    /// Words that are looked at, from the beginning.
    private static let most = 1_000
    /// Words in lower case from which a text with hardly any small word of English tells that it is not English.
    private static let telling = 20
    /// One of so many of those is English at least, also where prices and results are told in few words.
    private static let share = 40
    /// The same, where many of the words end as few do in English: in a, i, o or u.
    private static let (tellingByEnds, shareByEnds, ends) = (12, 20, 4)

    /// What is counted of words.
    private struct Tally {
        var lower = 0
        var english = 0
        var lowerEnglish = 0
        var foreign = 0
        /// Words in lower case that end in a, i, o or u.
        var vowels = 0

        static func + (a: Tally, b: Tally) -> Tally {
            Tally(
                lower: a.lower + b.lower, english: a.english + b.english, lowerEnglish: a.lowerEnglish + b.lowerEnglish,
                foreign: a.foreign + b.foreign, vowels: a.vowels + b.vowels)
        }

        /// Whether the small words alone say that it is English.
        var isPlain: Bool { english > 1 && 2 * foreign <= english && shareByEnds * lowerEnglish >= lower }

        /// Whether nothing says that it is not.
        var isPossible: Bool {
            if foreign > 1, foreign > english { return false }
            if lower >= telling, share * lowerEnglish < lower { return false }
            return lower < tellingByEnds || shareByEnds * lowerEnglish >= lower || ends * vowels < lower
        }
    }

    /// Whether the text of an article is English, judged with its headline, which the text may begin with.
    public static func isLikely(_ text: String, under headline: String) -> Bool {
        isLikely(text.hasPrefix(headline) ? text : headline + "\n" + text)
    }

    /// Whether a text is English, or too short, or too much a list of names, to be said not to be.
    ///
    /// It is not where most letters are of another script than Latin, where it has more small words of other languages than of English, or
    /// where its words in lower case are hardly ever small words of English, and, in short texts, end in a, i, o and u. It is in any case
    /// where what stands outside quotation marks has small words of English and hardly any other.
    public static func isLikely(_ text: String) -> Bool {
        var (outside, inside) = (Tally(), Tally())
        var (words, letters, latin) = (0, 0, 0)
        /// A word in lower case.
        var word: [UInt8] = []
        var last: UInt32 = 0
        var (isLower, isQuoted) = (false, false)

        func count(in tally: inout Tally) {
            guard !word.isEmpty else { return }
            defer { word.removeAll(keepingCapacity: true) }
            words += 1
            if isLower {
                tally.lower += 1
                if isVowel(last) { tally.vowels += 1 }
            }
            guard word.count <= SmallWords.longest else { return }
            let text = String(decoding: word, as: UTF8.self)
            if SmallWords.english.contains(text) {
                tally.english += 1
                if isLower { tally.lowerEnglish += 1 }
            } else if SmallWords.foreign.contains(text) || isLower && SmallWords.foreignInLowerCase.contains(text) {
                tally.foreign += 1
            }
        }

        func endWord() { if isQuoted { count(in: &inside) } else { count(in: &outside) } }

        for scalar in text.unicodeScalars {
            guard isLetter(scalar) else {
                endWord()
                if words >= most { break }
                // A quotation ends with its paragraph: the next one has a mark of its own.
                if scalar == "\n" { isQuoted = false } else if isMark(scalar) { isQuoted.toggle() }
                continue
            }
            letters += 1
            if isLatin(scalar) { latin += 1 }
            if word.isEmpty { isLower = scalar.properties.isLowercase }
            last = scalar.value
            // Not all scripts put spaces between words.
            if word.count <= SmallWords.longest { append(scalar, to: &word) }
            if letters >= 10 * most { break }
        }
        endWord()
        if letters > 0, latin * 2 < letters { return false }
        return outside.isPlain || (outside + inside).isPossible
    }

    private static func isVowel(_ letter: UInt32) -> Bool {
        switch letter {
        case 0x61, 0x69, 0x6F, 0x75: true
        default: false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "“", "”", "„", "‟", "«", "»": true
        default: false
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? (0x61...0x7A).contains(scalar.value | 0x20) : scalar.properties.isAlphabetic
    }

    private static func append(_ scalar: Unicode.Scalar, to word: inout [UInt8]) {
        if scalar.isASCII {
            word.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
        } else {
            word.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x250 || (0x1E00..<0x1F00).contains(scalar.value)
    }
}
