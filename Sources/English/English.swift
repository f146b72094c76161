/// Tells whether a text is English: by its letters and its smallest words, without any other knowledge of languages.
public enum English {
    /// Words that are looked at, from the beginning.
    private static let most = 1_000
    /// Words in lower case from which a text with hardly any small word of English tells that it is not English.
    private static let telling = 20
    /// One of so many of those is English at least, also where prices and results are told in few words.
    private static let share = 40

    /// Whether a text is English, or too short, or too much a list of names, to be said not to be.
    ///
    /// It is not where most letters are of another script than Latin, where small words of other languages are more than twice those of
    /// English, or where its words in lower case are hardly ever small words of English.
    public static func isLikely(_ text: String) -> Bool {
        var (words, lower, english, lowerEnglish, foreign) = (0, 0, 0, 0, 0)
        var (letters, latin) = (0, 0)
        /// A word in lower case.
        var word: [UInt8] = []
        var isLower = false

        func count() {
            guard !word.isEmpty else { return }
            defer { word.removeAll(keepingCapacity: true) }
            words += 1
            if isLower { lower += 1 }
            guard word.count <= SmallWords.longest else { return }
            let text = String(decoding: word, as: UTF8.self)
            if SmallWords.english.contains(text) {
                english += 1
                if isLower { lowerEnglish += 1 }
            } else if SmallWords.foreign.contains(text) {
                foreign += 1
            }
        }

        for scalar in text.unicodeScalars {
            guard isLetter(scalar) else {
                count()
                if words >= most { break }
                continue
            }
            letters += 1
            if isLatin(scalar) { latin += 1 }
            if word.isEmpty { isLower = scalar.properties.isLowercase }
            // Not all scripts put spaces between words.
            if word.count <= SmallWords.longest { append(scalar, to: &word) }
            if letters >= 10 * most { break }
        }
        count()
        if letters > 0, latin * 2 < letters { return false }
        // An English text may name a play or quote a phrase.
        if foreign > 1, foreign > 2 * english { return false }
        return lower < telling || lowerEnglish * share >= lower
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
