import Language
import Wire

/// Finds the words of what was read, with the labels of their first pieces.
struct WordFinder {
    private let scalars: [Unicode.Scalar]
    private let pieces: [Reading.Labels]
    private let furniture: Furniture
    private(set) var words: [Word] = []
    private var isQuoted = false
    private var piece = 0

    /// The words of a text, those of its furniture left out.
    static func words(in document: Document, _ reading: Reading, without furniture: Furniture) -> [Word] {
        var finder = WordFinder(document.scalars, reading.pieces, furniture)
        finder.run()
        for tree in reading.syntax { finder.hang(tree) }
        return finder.words
    }

    private init(_ scalars: [Unicode.Scalar], _ pieces: [Reading.Labels], _ furniture: Furniture) {
        self.scalars = scalars
        self.pieces = pieces
        self.furniture = furniture
        words.reserveCapacity(scalars.count / 5)
    }

    private mutating func run() {
        guard !pieces.isEmpty else { return }
        var at = 0
        var last = 0
        var omitted = 0
        while at < scalars.count {
            if omitted < furniture.spans.count, at >= furniture.spans[omitted].start {
                at = max(at, furniture.spans[omitted].end)
                omitted += 1
            } else if scalars[at].isWordPart {
                let end = end(of: at)
                add(at..<end, gap: scalars[min(last, at)..<at])
                last = end
                at = end
            } else {
                at += 1
            }
        }
    }

    /// Gives the words of a sentence their heads.
    private mutating func hang(_ tree: Reading.Syntax?) {
        guard let tree, let start = tree.words.first?.lowerBound else { return }
        var next = words.partitioningIndex { $0.place.upperBound > start }
        // Signs are no words here, and a word here may be several there.
        let numbers = tree.words.map { place -> Int? in
            while next < words.count, words[next].place.upperBound <= place.lowerBound { next += 1 }
            return next < words.count && words[next].place.lowerBound < place.upperBound ? next : nil
        }
        for (index, number) in numbers.enumerated() {
            guard let number, let head = numbers[tree.heads[index]], head != number else { continue }
            (words[number].head, words[number].relation) = (head, tree.relations[index])
        }
    }

    /// The end of the word that begins at `start`: letters and digits, joined by single hyphens, apostrophes, full stops.
    private func end(of start: Int) -> Int {
        var at = start
        while at < scalars.count {
            if scalars[at].isWordPart || scalars[at].isHidden {
                at += 1
            } else if scalars[at].joinsWord, at + 1 < scalars.count, scalars[at + 1].isWordPart {
                at += 2
            } else if scalars[at] == "+", scalars[at - 1].isUppercase,
                at + 1 == scalars.count || !scalars[at + 1].isWordPart
            {
                // OPEC+
                at += 1
            } else {
                break
            }
        }
        while scalars[at - 1].isHidden { at -= 1 }
        return at
    }

    private mutating func add(_ range: Range<Int>, gap: ArraySlice<Unicode.Scalar>) {
        var letters = scalars[range].filter { !$0.isHidden }
        var end = range.upperBound
        var isPossessive = false
        if let ending = Self.ending(of: letters) {
            isPossessive = letters.last == "s" || letters.last == "S"
            letters.removeLast(ending)
            end -= ending
        } else if letters.last == "s", end + 2 < scalars.count, scalars[end].isApostrophe, scalars[end + 1] == " ",
            scalars[end + 2].isLetter, !scalars[end + 2].isUppercase
        {
            isPossessive = true
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: letters)
        let written = String(text)
        let lower = ["WHO", "US", "IT"].contains(written) ? written : written.lowercased()
        while piece + 1 < pieces.count, pieces[piece + 1].start <= range.lowerBound { piece += 1 }
        let labels = pieces[piece]
        var word = Word(
            place: range.lowerBound..<end, text: written, lower: lower, classes: .of(lower), piece: piece, gap: Gap(gap)
        )
        (word.name, word.beginsName, word.part, word.mention) = (
            labels.name, labels.beginsName, labels.part, labels.mention
        )
        word.isPossessive = isPossessive
        place(&word, behind: gap)
        words.append(word)
    }

    /// Counts sentences and paragraphs, and follows double quotation marks.
    private mutating func place(_ word: inout Word, behind gap: ArraySlice<Unicode.Scalar>) {
        var opensParagraph = false
        var hasTerminal = false
        for scalar in gap {
            switch scalar {
            case "\n": (isQuoted, opensParagraph) = (false, true)
            case "“", "\"": isQuoted = scalar == "“" || !isQuoted
            case "”": isQuoted = false
            case ".", "!", "?", "…": hasTerminal = true
            default: break
            }
        }
        word.isQuoted = isQuoted
        guard let before = words.last else { return }
        (word.sentence, word.paragraph) = (before.sentence, before.paragraph)
        if opensParagraph {
            word.paragraph += 1
            word.sentence += 1
        } else if hasTerminal, !(before.isAbbreviation && word.gap.isOne(of: [". ", ".-", "."])) {
            word.sentence += 1
        }
    }

    /// Length of a possessive or contracted ending: 's, 've, 'd, 'll, 're, 'm.
    private static func ending(of letters: [Unicode.Scalar]) -> Int? {
        guard let mark = letters.suffix(3).lastIndex(where: \.isApostrophe), mark > 0 else { return nil }
        let ending = letters[(mark + 1)...]
        func isOne(of endings: [String]) -> Bool { endings.contains { $0.unicodeScalars.elementsEqual(ending) } }
        return isOne(of: ["s", "S", "ve", "d", "ll", "re", "m"]) ? letters.count - mark : nil
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool {
        isLetterOrDigit || self == "_" || value > 0x7F && properties.numericType != nil
    }
    fileprivate var joinsWord: Bool { isHyphen || isApostrophe || self == "." || self == "&" }
    /// Soft hyphens, zero-width characters and marks of direction, which are no part of what is read.
    var isHidden: Bool { value == 0xAD || value > 0x7F && properties.generalCategory == .format }
}
