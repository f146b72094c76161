import Wire

/// Words for full-text search.
package enum FullText {
    /// A text that means itself, word after word.
    static func phrase(_ text: String) -> String {
        "\"" + text.doubling(["\""]).replacing("\0", with: " ") + "\""
    }

    /// A word that means itself, or with `*` at its end each word that begins so.
    static func word(_ word: String) -> String {
        let isStart = word.count > 1 && word.hasSuffix("*")
        let whole = isStart ? String(word.dropLast()) : word
        let spellings = [whole, plain(whole)].compactMap(\.self).map { phrase($0) + (isStart ? "*" : "") }
        return spellings.count == 1 ? spellings[0] : "(\(spellings.joined(separator: " OR ")))"
    }

    /// A text without accents and strokes, `Zolc` for `Żółć`; nil where it has no Latin letters with such.
    static func plain(_ text: String) -> String? {
        // The first bytes of U+00C0 to U+024F, and of U+1000 to U+1FFF.
        guard text.utf8.contains(where: { (0xC3...0xC9).contains($0) || $0 == 0xE1 }) else { return nil }
        let plain = fold(text)
        return plain == text ? nil : plain
    }

    /// Whether a word is in the index, which holds letters and digits alone; SQLite's has fractions, too, and that of PostgreSQL has not.
    static func isIndexed(_ word: String) -> Bool {
        word.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType == .decimal }
    }

    /// The words of a text without accents, for the full-text search of PostgreSQL: what stands between them would have it see tags,
    /// addresses and numbers with a point, and no words in them.
    static func words(_ text: String) -> String {
        var words = String.UnicodeScalarView()
        for scalar in fold(text).unicodeScalars {
            let isPart = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            words.append(isPart ? scalar : " ")
        }
        return String(words)
    }

    /// A text without accents.
    package static func fold(_ text: String) -> String { Latin.fold(text) }
}
