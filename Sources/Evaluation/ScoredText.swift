import Wire

/// A text as it is scored: by words, whatever stands between them.
struct ScoredText {
    let scalars: [Unicode.Scalar]
    /// Where words stand: letters, digits and underscores, with single apostrophes inside.
    let words: [Range<Int>]
    /// Words that begin between quotation marks.
    private let quoted: Set<Int>

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        words = Self.words(in: scalars[...], joiners: ["'", "’"])
        var inside = [Bool](repeating: false, count: scalars.count)
        for region in Self.quotedRegions(of: scalars) { for index in region { inside[index] = true } }
        quoted = Set(words.indices.filter { [words] in inside[words[$0].lowerBound] })
    }

    /// The words of a stretch of text, where a joiner between two letters or digits is part of the word.
    static func words(in scalars: ArraySlice<Unicode.Scalar>, joiners: Set<Unicode.Scalar>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = scalars.startIndex
        while index < scalars.endIndex {
            guard scalars[index].isOfWord else {
                index += 1
                continue
            }
            let start = index
            while index < scalars.endIndex,
                scalars[index].isOfWord
                    || joiners.contains(scalars[index]) && index + 1 < scalars.endIndex && scalars[index + 1].isOfWord
            {
                index += 1
            }
            words.append(start..<index)
        }
        return words
    }

    /// The words that the spans touch, by number.
    func words(in spans: [Span]?) -> Set<Int> {
        var found = Set<Int>()
        for span in spans ?? [] {
            var index = words.partitioningIndex { $0.upperBound > span.start }
            while index < words.count, words[index].lowerBound < min(span.end, scalars.count), span.end > span.start {
                found.insert(index)
                index += 1
            }
        }
        return found
    }

    /// The places of characters that are neither white space nor punctuation.
    func characters(in spans: [Span]?) -> Set<Int> {
        var found = Set<Int>()
        for span in spans ?? [] {
            let end = min(span.end, scalars.count)
            for index in min(span.start, end)..<end where !scalars[index].isSpaceOrPunctuation { found.insert(index) }
        }
        return found
    }

    /// How much of a stretch stands between quotation marks.
    func kind(of words: Set<Int>) -> String {
        let inside = words.intersection(quoted).count
        return inside == 0 ? "INDIRECT" : inside == words.count ? "DIRECT" : "MIXED"
    }

    // MARK: - Heads

    private static let stops: Set<Unicode.Scalar> = [",", "(", "[", ";", ":"]
    private static let dashes: Set<Unicode.Scalar> = ["-", "–", "—"]
    private static let stopWords: Set<String> = [
        "of", "in", "for", "at", "from", "on", "with", "who", "whom", "whose", "which", "that", "to", "by", "and",
    ]

    /// The last word of the first span before a comma, bracket, dash or preposition, by number.
    func head(of spans: [Span]?) -> Int? {
        guard let first = spans?.min(by: { ($0.start, $0.end) < ($1.start, $1.end) }) else { return nil }
        var end = min(first.end, scalars.count)
        guard first.start < end else { return nil }
        let piece = scalars[first.start..<end]
        // Leading stops do not end the head.
        let begin = piece.firstIndex { !($0 == " " || Self.stops.contains($0) || Self.dashes.contains($0)) } ?? end
        if let stop = (begin..<end).first(where: { isStop(at: $0, before: end) }),
            scalars[first.start..<stop].contains(where: \.isOfWord)
        {
            end = stop
        }
        let inside = words(in: [Span(first.start, end)]).sorted()
        for (place, word) in inside.enumerated().dropFirst() where Self.stopWords.contains(text(of: word)) {
            return inside[place - 1]
        }
        return inside.last
    }

    private func isStop(at index: Int, before end: Int) -> Bool {
        let scalar = scalars[index]
        if Self.stops.contains(scalar) || scalar == "—" { return true }
        if scalar == "-" { return index + 1 < end && scalars[index + 1] == "-" }
        guard scalar.properties.isWhitespace else { return false }
        var next = index + 1
        while next < end, Self.dashes.contains(scalars[next]) { next += 1 }
        return next > index + 1 && next < end && scalars[next].properties.isWhitespace
    }

    private func text(of word: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[words[word]])
        return String(view).lowercased()
    }

    // MARK: - Quotation marks

    /// What stands between double quotation marks; a quotation left open ends with its paragraph if it has more than three words.
    private static func quotedRegions(of text: [Unicode.Scalar]) -> [Range<Int>] {
        var scalars = text
        for pair: Unicode.Scalar in ["'", "`"] {
            var index = 0
            while index + 1 < scalars.count {
                if scalars[index] == pair, scalars[index + 1] == pair {
                    (scalars[index], scalars[index + 1]) = ("\"", " ")
                    index += 1
                }
                index += 1
            }
        }
        var regions: [Range<Int>] = []
        for line in scalars.indices.split(whereSeparator: { scalars[$0] == "\n" }) {
            var start: Int?
            for index in line {
                let scalar = scalars[index]
                if scalar == "“" || scalar == "\"" && start == nil {
                    if start == nil { start = index + 1 }
                } else if scalar == "”" || scalar == "\"", let begin = start {
                    regions.append(begin..<index)
                    start = nil
                }
            }
            if let start, words(in: scalars[start..<line.endIndex], joiners: ["'", "’"]).count > 3 {
                regions.append(start..<line.endIndex)
            }
        }
        return regions
    }
}

extension Unicode.Scalar {
    /// A letter, a number or an underscore.
    var isOfWord: Bool {
        if value < 0x80 { return value == 0x5F || properties.isAlphabetic || ("0"..."9").contains(self) }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    fileprivate var isSpaceOrPunctuation: Bool {
        if properties.isWhitespace || self == "`" || self == "\"" || ("\u{1C}"..."\u{1F}").contains(self) {
            return true
        }
        return switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element the condition holds for, where it holds for all behind it.
    func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
