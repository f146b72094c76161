import Language
import Wire

/// Finds numbers with their comparison and unit.
struct Quantities {
    private static let decades = [
        "twenties": 20.0, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
        "nineties": 90,
    ]

    let document: Document
    /// For each token its part of speech, nil where it was not read.
    let parts: [Reading.PartOfSpeech?]
    let reader: NumberReader

    init(document: Document, parts: [Reading.PartOfSpeech?]) {
        self.document = document
        self.parts = parts
        reader = NumberReader(document: document)
    }

    /// The quantities in `range`; numbers of dates are left to `Dates`.
    func quantities(in range: Range<Int>, except dates: [Range<Int>]) -> [Analysis.Quantity] {
        var found: [Analysis.Quantity] = []
        var last: NumberReader.Number?
        var at = range.lowerBound
        while at < range.upperBound {
            if let date = dates.first(where: { $0.contains(at) }) {
                at = date.upperBound
                continue
            }
            guard let number = number(at: at, range) ?? decade(at, range) else {
                at += 1
                continue
            }
            at = max(at + 1, number.tokens.upperBound)
            guard !isName(number, range) else { continue }
            var unit = unit(of: number, range)
            // "17 crashes, two of them fatal"
            if unit?.isThem == true, let before = found.last?.unit { unit?.text = before }
            if number.isOne, !isCounted(number, unit) { continue }
            if number.low != nil, !isRange(number, unit) { continue }
            let (comparison, start) = comparison(before: number.tokens.lowerBound, range)
            let end = max(unit?.end ?? 0, number.tokens.upperBound)
            at = max(at, end)
            guard var span = document.span(.between(start, end)) else { continue }
            let code = UnitCode.code(of: unit?.text, number.currency, document.text(span))
            if let last, !found.isEmpty, isRange(from: last, to: number, range) {
                share(number, unit?.text, code, with: &found[found.count - 1], last)
            }
            last = number
            func add(_ value: Double, at span: Span, _ comparison: String) {
                found.append(
                    Analysis.Quantity(
                        text: document.text(span), spans: [span], value: value, unit: unit?.text, unitCode: code,
                        comparison: comparison == "equal" ? number.comparison : comparison))
            }
            if let low = number.low {
                add(low.value, at: Span(span.start, low.end), comparison)
                span = Span(low.end + 1, span.end)
            }
            add(number.value, at: span, number.low == nil ? comparison : "equal")
        }
        return found
    }

    /// The number at `index`, its "m" read as what it stands for.
    func number(at index: Int, _ range: Range<Int>) -> NumberReader.Number? {
        var number = reader.number(at: index, in: range)
        if let read = number, read.glued == "m", countsMillions(read, range) {
            number?.glued = nil
            number?.multiply(by: 1_000_000)
        }
        return number
    }

    func word(_ index: Int, _ range: Range<Int>) -> String {
        guard range.contains(index), document.tokens[index].end - document.tokens[index].start <= 24 else { return "" }
        return document.words[index]
    }

    /// "In his forties".
    private func decade(_ index: Int, _ range: Range<Int>) -> NumberReader.Number? {
        guard document.tokens[index].isWord, index > range.lowerBound,
            document.tokens[index - 1].has(.possessivePronoun), let value = Self.decades[word(index, range)]
        else { return nil }
        return NumberReader.Number(value: value, glued: "years", tokens: index..<index + 1, isVague: true)
    }

    // MARK: - What is no quantity

    /// Times, and numbers that name something: "flight 1344", "category 1", "Boeing 737".
    private func isName(_ number: NumberReader.Number, _ range: Range<Int>) -> Bool {
        if isWordOfName(number, range) { return true }
        guard number.currency == nil, number.glued == nil, number.low == nil, number.tokens.count == 1,
            document.tokens[number.tokens.lowerBound].kind == .number
        else { return false }
        let index = number.tokens.lowerBound
        let (before, after) = (word(index - 1, range), word(index + 1, range))
        if Self.clock.contains(after) || after == "to" && Self.clock.contains(word(index + 3, range)) { return true }
        if document.scalars[Int(document.tokens[index].start)] == "0", number.value >= 1 { return true }
        if Self.numbered.contains(before) || isAddress(index, range) || isBesideSlash(index, range) { return true }
        guard index > range.lowerBound, document.tokens[index - 1].isWord else { return false }
        let token = document.tokens[index - 1]
        guard token.isCapitalized, index - 1 > range.lowerBound, parts[index - 1] == .properNoun,
            !token.has([.weekday, .month])
        else { return false }
        // "The Boeing 737 plant", but "in Oslo 40 houses".
        guard let noun = noun(after: number.tokens.upperBound, range) else { return true }
        let last = document.tokens[noun.end - 1]
        return !last.shape.contains(.plural) && !last.has([.group, .unit]) && !UnitCode.isMeasure(noun.text)
    }

    /// "The Six Nations", within a sentence that has not all words in capitals.
    private func isWordOfName(_ number: NumberReader.Number, _ range: Range<Int>) -> Bool {
        let index = number.tokens.lowerBound
        guard number.tokens.count == 1, index > range.lowerBound, range.contains(index + 1) else { return false }
        let (before, token, next) = (document.tokens[index - 1], document.tokens[index], document.tokens[index + 1])
        return token.isWord && token.isCapitalized && before.isWord && !before.isCapitalized
            && next.isCapitalized && parts[index + 1] == .properNoun
    }

    /// "9/11", "24/7".
    private func isBesideSlash(_ index: Int, _ range: Range<Int>) -> Bool {
        [-1, 1].contains { step in
            range.contains(index + 2 * step) && document.tokens[index + step].isSign("/")
                && document.tokens[index + 2 * step].kind == .number
        }
    }

    /// Whether a number is that of a house: "212 Canal St".
    private func isAddress(_ index: Int, _ range: Range<Int>) -> Bool {
        for at in index + 1..<index + 4 {
            guard range.contains(at), document.tokens[at].isWord, document.tokens[at].isCapitalized else {
                return false
            }
            if at > index + 1, Self.streets.contains(word(at, range)) { return true }
        }
        return false
    }

    /// "One" counts before a noun, in "at least one", and in "one of the clinics".
    private func isCounted(_ number: NumberReader.Number, _ unit: Unit?) -> Bool {
        guard let unit else { return false }
        return unit.isNoun
    }

    // MARK: - Comparison

    private func comparison(before index: Int, _ range: Range<Int>) -> (String, Int) {
        let one = word(index - 1, range)
        let two = word(index - 2, range) + " " + one
        let three = word(index - 3, range) + " " + two
        if let comparison = Self.comparisons[three] { return (comparison, index - 3) }
        if let comparison = Self.comparisons[two] {
            return (comparison, index - 2)
        }
        if let comparison = Self.comparisons[one] {
            // "at least about two million"
            if word(index - 3, range) + " " + word(index - 2, range) == "at least" { return ("more", index - 3) }
            return (comparison, index - 1)
        }
        return ("equal", index)
    }

    static let comparisons: [String: String] = [
        "more than": "more", "over": "more", "at least": "more", "greater than": "more", "exceeding": "more",
        "upwards of": "more", "above": "more", "no fewer than": "more", "no less than": "more", "not less than": "more",
        "less than": "less", "fewer than": "less", "under": "less", "below": "less", "up to": "less", "at most": "less",
        "no more than": "less", "not more than": "less", "as many as": "less", "as much as": "less",
        "about": "about", "around": "about", "roughly": "about", "approximately": "about", "nearly": "about",
        "almost": "about", "some": "about", "an estimated": "about", "close to": "about", "just over": "more",
        "just under": "less",
    ]
    private static let streets: Set<String> = [
        "ave", "ave.", "avenue", "blvd", "blvd.", "boulevard", "court", "drive", "lane", "place", "rd", "rd.", "road",
        "square", "st", "st.", "street", "terrace", "way",
    ]
    private static let clock: Set<String> = [
        "a.m", "p.m", "a.m.", "p.m.", "am", "pm", "o'clock", "utc", "gmt", "ist", "est", "edt", "b.c", "b.c.", "bc",
        "ad",
    ]
    private static let numbered: Set<String> = [
        "category", "number", "no", "no.", "flight", "page", "chapter", "article", "section", "route", "year", "phase",
        "grade", "level", "act", "rule", "room", "gate", "platform", "line", "channel", "appendix", "paragraph",
        "class",
        "highway", "runway", "bill",
    ]
}
