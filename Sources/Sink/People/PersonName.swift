import Wire

/// A person's name as the rules compare it: without capitals, accents, punctuation, titles and degrees.
struct PersonName: Sendable, Hashable {
    /// A word of a name.
    struct Word: Sendable, Hashable {
        /// In ASCII as far as it can be, marks left off: `muller`.
        var plain: String
        /// With two letters for one where that is customary: `mueller`; mostly the same.
        var digraph: String
        /// As it was written.
        var written: String

        /// Whether it is one capital letter.
        var isInitial: Bool { written.count == 1 && written.first?.isUppercase == true }
        /// Whether it belongs to the word behind it, such as `van`.
        var isParticle: Bool { written.first?.isLowercase == true }
    }

    /// The longest name that is looked at, in characters.
    static let limit = 100

    /// Titles and degrees that were left off.
    private(set) var titles: [String] = []
    /// Initials that stand for all given names, none where one is written out.
    private(set) var leading: [String] = []
    /// The first name, nil where an initial stands for it, or there is none.
    private(set) var given: Word?
    /// Words between first and last name that are no initials.
    private(set) var middles: [Word] = []
    /// Initials between first and last name.
    private(set) var initials: [String] = []
    /// The last word.
    private(set) var family: Word
    /// What tells generations apart, such as `jr`.
    private(set) var suffix: String?

    /// Reads a name; nil for one that is not compared: without letters, too long, with signs that names do not have, or with a word
    /// of several alphabets, as forged ones are.
    init?(_ text: String) {
        guard text.count <= Self.limit, var words = Self.words(of: text), !words.isEmpty else { return nil }
        var titles: [String] = []
        while words.count > 2, let first = words.first, Self.honorifics.contains(first.plain) {
            titles.append(first.plain)
            words.removeFirst()
        }
        var suffix: String?
        while words.count > 2, let last = words.last {
            if suffix == nil, Self.generations.contains(last.plain) {
                suffix = last.plain
            } else if Self.degrees.contains(last.plain), last.written.last?.isUppercase == true || last.plain == "esq" {
                titles.append(last.plain)
            } else {
                break
            }
            words.removeLast()
        }
        guard let family = words.popLast() else { return nil }
        self.family = family
        self.titles = titles
        self.suffix = suffix
        let start = words.prefix { $0.isInitial }
        if !start.isEmpty, words.dropFirst(start.count).allSatisfy(\.isParticle), !family.isInitial {
            leading = start.map(\.plain)
            middles = Array(words.dropFirst(start.count))
        } else if let first = words.first {
            given = first
            for word in words.dropFirst() {
                if word.isInitial { initials.append(word.plain) } else { middles.append(word) }
            }
        }
    }

    /// The words that tell people apart, marks left off.
    var core: String { words.map(\.plain).joined(separator: " ") }

    /// The same with two letters for one; nil where that is no different.
    var digraphCore: String? {
        let digraphs = words.map(\.digraph).joined(separator: " ")
        return digraphs == core ? nil : digraphs
    }

    private var words: [Word] { (given.map { [$0] } ?? []) + middles + [family] }

    /// Its words as they were written, but for what was left off and initials.
    var written: [String] { words.map(\.written) }

    /// What all names have in common that may be one person's.
    var block: String {
        let letter = leading.first ?? given.map { String($0.plain.prefix(1)) } ?? ""
        let family = ["ae", "oe", "ue", "aa"].reduce(family.plain) { $0.replacing($1, with: $1.prefix(1)) }
        return "\(family)/\(letter)"
    }

    /// A name's words without capitals and accents, for a search: ` john q smith `.
    static func fold(_ text: String) -> String {
        let words = words(of: String(text.prefix(limit)))?.map(\.plain) ?? [text.lowercased()]
        return " \(words.joined(separator: " ")) "
    }

    private static let honorifics: Set = [
        "mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sir", "dame", "sen", "senator", "rep",
        "congressman",
        "congresswoman", "gov", "governor", "president", "minister", "rev", "reverend", "gen", "general", "col",
        "colonel",
        "capt", "captain", "lt", "lieutenant", "sgt", "sergeant", "maj", "adm", "admiral", "cmdr", "hon", "herr",
        "frau",
    ]
    private static let generations: Set = ["jr", "sr", "ii", "iii", "iv"]
    private static let degrees: Set = ["phd", "md", "mp", "msp", "qc", "kc", "obe", "mbe", "cbe", "esq", "dds", "jd"]
}

extension PersonName {
    /// The words of a name; nil where a sign is in it that names do not have, or a word is of several alphabets.
    private static func words(of text: String) -> [Word]? {
        var words: [Word] = []
        var word = Word(plain: "", digraph: "", written: "")
        var alphabets: Set<Alphabet> = []
        func end() -> Bool {
            defer { (word, alphabets) = (Word(plain: "", digraph: "", written: ""), []) }
            guard alphabets.count <= 1 else { return false }
            guard !word.plain.isEmpty else { return true }
            word.plain = ending(word.plain)
            word.digraph = ending(word.digraph)
            words.append(word)
            return true
        }
        for character in text {
            if character.isLetter || character.isNumber {
                guard let lower = character.lowercased().first else { return nil }
                guard let (plain, digraph, alphabet) = letters(lower) else { return nil }
                if let alphabet { alphabets.insert(alphabet) }
                word.plain += plain
                word.digraph += digraph
                word.written.append(character)
            } else if character.isWhitespace || ".,-‐‑‒–·".contains(character) {
                guard end() else { return nil }
            } else if !"'’ʼ‘`´".contains(character) {
                return nil
            }
        }
        return end() ? words : nil
    }

    private enum Alphabet { case latin, cyrillic, greek, other }

    /// A small letter in ASCII, marks left off and with two letters for one, and its alphabet; nil for one with signs in it.
    private static func letters(_ letter: Character) -> (plain: String, digraph: String, Alphabet?)? {
        if letter.isASCII { return (String(letter), String(letter), letter.isLetter ? .latin : nil) }
        var plain = ""
        var alphabet: Alphabet?
        for scalar in letter.unicodeScalars where !scalar.properties.generalCategory.isMark {
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return nil }
            switch scalar.value {
            case 0x370..<0x400, 0x1F00..<0x2000: alphabet = .greek
            case 0x400..<0x530: alphabet = .cyrillic
            case 0..<0x250, 0x1E00..<0x1F00: alphabet = .latin
            default: alphabet = .other
            }
            plain +=
                scalar.isASCII ? String(scalar) : Latin.unmarked(scalar) ?? Latin.base(of: scalar) ?? String(scalar)
        }
        // A letter whose table entry is of its whole character, such as й.
        let table = Latin.letters[letter]
        if alphabet != .latin, let table { plain = table }
        return (plain, alphabet == .latin ? table ?? plain : plain, alphabet)
    }

    /// Endings that one name has in Latin letters: Zelensky, Zelenskyy, Zelenskiy.
    private static func ending(_ word: String) -> String {
        for end in ["skyy", "skiy", "skij", "skyj", "skii"] where word.hasSuffix(end) {
            return word.dropLast(4) + "sky"
        }
        return word
    }
}
