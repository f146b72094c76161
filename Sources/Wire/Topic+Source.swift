extension Topic {
    /// The segment of a publisher: its name in Latin letters, and where those do not suffice, a digest that is its own.
    ///
    /// An ASCII name is what `segment` makes of it. Latin letters with marks, Cyrillic and Greek are written in ASCII; a name with
    /// letters of other scripts, or of nothing that a segment can hold, ends with `x-` and 12 hexadecimal digits of its SHA-256.
    /// - Returns: At most 80 bytes; "-" for an empty name.
    static func source(_ name: String) -> String {
        guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return segment(name) }
        var isWhole = true
        var latin = ""
        for character in name.lowercased() {
            if character.isASCII {
                latin.append(character)
            } else if let letters = letters[character] {
                latin += letters
            } else {
                for scalar in character.unicodeScalars where !scalar.properties.generalCategory.isMark {
                    if scalar.isASCII {
                        latin.unicodeScalars.append(scalar)
                    } else if let base = base(of: scalar) {
                        latin += base
                    } else {
                        isWhole = isWhole && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
                        latin += " "
                    }
                }
            }
        }
        let readable = segment(latin, otherwise: "")
        if isWhole, !readable.isEmpty { return readable }
        let digest = "x-" + Digest.sha256(Array(name.lowercased().utf8)).prefix(12)
        return readable.isEmpty ? digest : segment(String(readable.prefix(80 - digest.utf8.count - 1))) + "-" + digest
    }

    /// The letter of which a Latin one is made by a mark, as its name in Unicode tells, or what it stands for by its own table.
    private static func base(of scalar: Unicode.Scalar) -> String? {
        if let letters = letters[Character(scalar)] { return letters }
        let start = "LATIN SMALL LETTER "
        guard let name = scalar.properties.name, name.hasPrefix(start) else { return nil }
        let letter = name.dropFirst(start.count).prefix { $0 != " " }
        return letter.count == 1 ? letter.lowercased() : nil
    }

    /// Letters that take more, or another, than their base in ASCII.
    private static let letters: [Character: String] = [
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
    fileprivate var isMark: Bool { self == .nonspacingMark || self == .spacingMark || self == .enclosingMark }
}
