import Wire

/// Finds numbers with their comparison and unit.
struct Quantities {
    let document: Document

    /// The quantities in `range`; numbers of dates are left to `Dates`.
    func quantities(in range: Range<Int>, except dates: [Range<Int>]) -> [Analysis.Quantity] {
        var found: [Analysis.Quantity] = []
        var at = range.lowerBound
        while at < range.upperBound {
            if let date = dates.first(where: { $0.contains(at) }) {
                at = date.upperBound
                continue
            }
            guard let (value, end) = number(at, range) else {
                at += 1
                continue
            }
            let (comparison, start) = comparison(before: at, range)
            let (unit, last) = unit(after: end, range, at)
            if let span = document.span(.between(start, last)) {
                found.append(
                    Analysis.Quantity(
                        text: document.text(span), spans: [span], value: value, unit: unit, comparison: comparison))
            }
            at = max(last, end)
        }
        return found
    }

    /// The value of the number that starts at `index`, in figures or words, and where it ends.
    private func number(_ index: Int, _ range: Range<Int>) -> (Double, Int)? {
        let token = document.tokens[index]
        if token.kind == .number {
            guard let figure = figure(token) else { return nil }
            return scaled(figure, index + 1, range)
        }
        guard token.isWord, let value = Quantities.cardinals[document.word(token)], value > 1 else { return nil }
        return scaled(value, index + 1, range)
    }

    /// Multiplied by the "million" or "hundred" behind it.
    private func scaled(_ value: Double, _ index: Int, _ range: Range<Int>) -> (Double, Int) {
        var value = value
        var at = index
        while at < range.upperBound, at < index + 3, let scale = Quantities.scales[document.word(document.tokens[at])] {
            value *= scale
            at += 1
        }
        return (value, at)
    }

    /// The value of figures such as `20,000`, `3.5` or `40%`; ordinals, times and codes have none.
    private func figure(_ token: Token) -> Double? {
        guard token.end - token.start <= 24 else { return nil }
        var text = document.text(token.span)
        if text.hasSuffix("%") { text.removeLast() }
        text.removeAll { $0 == "," }
        guard text.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }), let value = Double(text), value.isFinite
        else {
            return nil
        }
        return value
    }

    private func comparison(before index: Int, _ range: Range<Int>) -> (String, Int) {
        var start = index
        if start > range.lowerBound, Quantities.currencies[document.tokens[start - 1].sign] != nil { start -= 1 }
        let one = start > range.lowerBound ? document.word(document.tokens[start - 1]) : ""
        let two = start - 1 > range.lowerBound ? document.word(document.tokens[start - 2]) + " " + one : ""
        if let comparison = Quantities.comparisons[two] { return (comparison, start - 2) }
        if let comparison = Quantities.comparisons[one] { return (comparison, start - 1) }
        return ("equal", start)
    }

    /// The unit: a currency sign before, a per cent sign or the noun behind.
    private func unit(after end: Int, _ range: Range<Int>, _ index: Int) -> (String?, Int) {
        if index > range.lowerBound, let currency = Quantities.currencies[document.tokens[index - 1].sign] {
            return (currency, end)
        }
        if document.tokens[index].kind == .number, document.scalars[Int(document.tokens[index].end) - 1] == "%" {
            return ("percent", end)
        }
        guard end < range.upperBound, document.tokens[end].isWord else { return (nil, end) }
        let word = document.word(document.tokens[end])
        if word == "per", end + 1 < range.upperBound, document.word(document.tokens[end + 1]) == "cent" {
            return ("percent", end + 2)
        }
        let token = document.tokens[end]
        let isUnit = token.has([.unit, .group]) || token.shape.contains(.plural) && !token.has([.common, .verb, .be])
        return isUnit && !token.isCapitalized ? (word, end + 1) : (nil, end)
    }

    private static let cardinals: [String: Double] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70,
        "eighty": 80, "ninety": 90,
    ]
    private static let scales: [String: Double] = [
        "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
        "trillion": 1_000_000_000_000,
        "dozen": 12,
    ]
    private static let currencies: [Unicode.Scalar: String] = ["$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"]
    private static let comparisons: [String: String] = [
        "more than": "more", "over": "more", "at least": "more", "greater than": "more", "exceeding": "more",
        "less than": "less", "fewer than": "less", "under": "less", "below": "less", "up to": "less", "at most": "less",
        "about": "about", "around": "about", "roughly": "about", "approximately": "about", "nearly": "about",
        "almost": "about", "some": "about", "an estimated": "about",
    ]
}
