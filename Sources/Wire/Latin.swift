/// Small letters of Latin with marks, Cyrillic and Greek, written in ASCII.
package enum Latin {
    /// The letters of ASCII that a small letter stands for by the table, or else the one of which it is made by a mark, as its name
    /// in Unicode tells; nil where there are none.
    package static func base(of scalar: Unicode.Scalar) -> String? {
        if let letters = letters[Character(scalar)] { return letters }
        return unmarked(scalar)
    }

    /// The letter of which a small Latin one is made by a mark, as its name in Unicode tells: `u` for `ü`.
    package static func unmarked(_ scalar: Unicode.Scalar) -> String? {
        let start = "LATIN SMALL LETTER "
        guard let name = scalar.properties.name, name.hasPrefix(start) else { return nil }
        let letter = name.dropFirst(start.count).prefix { $0 != " " }
        return letter.count == 1 ? letter.lowercased() : nil
    }

    /// The longest text that is folded, in characters: an index of PostgreSQL has no room for a text of megabytes.
    private static let limit = 100_000

    /// A text without accents, strokes and marks, such as `zolc` for `Żółć`; what is not ASCII is in small letters.
    package static func fold(_ text: String) -> String {
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var folded = ""
        for character in text.prefix(limit) {
            if character.isASCII {
                folded.append(character)
            } else {
                for scalar in String(character).lowercased().unicodeScalars
                where !scalar.properties.generalCategory.isMark {
                    folded += unmarked(scalar) ?? String(scalar)
                }
            }
        }
        return folded
    }

    /// Letters with marks, large ones too, and for each at the same place its own in ASCII; then the marks that combine with letters.
    package static let marked: (letters: String, plain: String, marks: String) = {
        var (letters, plain, marks) = ("", "", "")
        for value in Array(0xC0...0x24F as ClosedRange<UInt32>) + Array(0x1E00...0x1EFF) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let small = scalar.properties.lowercaseMapping.unicodeScalars.filter {
                !$0.properties.generalCategory.isMark
            }
            guard let first = small.first, small.count == 1, let letter = unmarked(first) else { continue }
            letters.unicodeScalars.append(scalar)
            plain += letter
        }
        marks.unicodeScalars += (0x300...0x36F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
        return (letters, plain, marks)
    }()

    /// Letters that take more, or another, than their base in ASCII.
    package static let letters: [Character: String] = [
        "æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "œ": "oe", "þ": "th", "ð": "d",
        "đ": "d",
        "ł": "l", "ı": "i", "ĳ": "ij", "ŋ": "ng", "ə": "e",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
        "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj",
        "џ": "dz",
        "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
        "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
        "χ": "ch", "ψ": "ps", "ω": "o", "ά": "a", "έ": "e", "ή": "i", "ί": "i", "ό": "o", "ύ": "y", "ώ": "o", "ϊ": "i",
        "ϋ": "y", "ΐ": "i", "ΰ": "y",
    ]
}

extension Unicode.GeneralCategory {
    /// Whether it is of marks that combine with a letter.
    package var isMark: Bool { self == .nonspacingMark || self == .spacingMark || self == .enclosingMark }
}
