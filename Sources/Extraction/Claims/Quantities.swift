import Language
import Wire

/// Finds numbers with their comparison and unit.
struct Quantities {
    /// How many words a noun may stand behind its number: "452 available district council seats".
    private static let reach = 7
    private static let decades = [
        "twenties": 20.0, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
        "nineties": 90,
    ]

    let document: Document
    /// For each token its part of speech, nil where it was not read.
    let parts: [Reading.PartOfSpeech?]

    /// The quantities in `range`; numbers of dates are left to `Dates`.
    func quantities(in range: Range<Int>, except dates: [Range<Int>]) -> [Analysis.Quantity] {
        let reader = NumberReader(document: document)
        var found: [Analysis.Quantity] = []
        var at = range.lowerBound
        while at < range.upperBound {
            if let date = dates.first(where: { $0.contains(at) }) {
                at = date.upperBound
                continue
            }
            guard let number = reader.number(at: at, in: range) ?? decade(at, range) else {
                at += 1
                continue
            }
            at = max(at + 1, number.tokens.upperBound)
            guard !isName(number, range) else { continue }
            var unit = unit(of: number, range)
            // "17 crashes, two of them fatal"
            if unit?.isThem == true, let before = found.last?.unit { unit?.text = before }
            if number.isOne, !isCounted(number, unit) { continue }
            let (comparison, start) = comparison(before: number.tokens.lowerBound, range)
            let end = max(unit?.end ?? 0, number.tokens.upperBound)
            at = max(at, end)
            guard let span = document.span(.between(start, end)) else { continue }
            found.append(
                Analysis.Quantity(
                    text: document.text(span), spans: [span], value: number.value, unit: unit?.text,
                    unitCode: UnitCode.code(of: unit?.text, number.currency, document.text(span)),
                    comparison: number.isVague && comparison == "equal" ? "about" : comparison))
        }
        return found
    }

    private func word(_ index: Int, _ range: Range<Int>) -> String {
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
        guard number.currency == nil, number.glued == nil, number.tokens.count == 1,
            document.tokens[number.tokens.lowerBound].kind == .number
        else { return false }
        let index = number.tokens.lowerBound
        let (before, after) = (word(index - 1, range), word(index + 1, range))
        if Self.clock.contains(after) || after == "to" && Self.clock.contains(word(index + 3, range)) { return true }
        if document.scalars[Int(document.tokens[index].start)] == "0", number.value >= 1 { return true }
        if Self.numbered.contains(before) || isAddress(index, range) { return true }
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

    // MARK: - Unit

    private struct Unit {
        var text: String
        var end: Int
        var isNoun = true
        /// It is "them": whatever was counted before.
        var isThem = false
    }

    private func unit(of number: NumberReader.Number, _ range: Range<Int>) -> Unit? {
        let end = number.tokens.upperBound
        if let currency = number.currency { return Unit(text: currency, end: end, isNoun: false) }
        if let glued = number.glued {
            if glued == "%" { return Unit(text: "percent", end: end) }
            return Unit(text: Self.plural(glued), end: end)
        }
        let next = word(end, range)
        if next == "%" || next == "percent" || next == "pc" { return Unit(text: "percent", end: end + 1) }
        if next == "per", word(end + 1, range) == "cent" { return Unit(text: "percent", end: end + 2) }
        if let age = age(number, range) { return age }
        if next == "out", word(end + 1, range) == "of", range.contains(end + 2) {
            // "17 out of 18 of the area's districts" counts districts twice.
            let total = NumberReader(document: document).number(at: end + 2, in: range)
            if let total, let unit = self.unit(of: total, range) { return Unit(text: unit.text, end: end) }
            return nil
        }
        if next == "of", range.contains(end + 1) {
            if number.isVague, let noun = noun(after: end + 1, range) { return noun }
            let token = document.tokens[end + 1]
            if token.has([.determiner, .possessivePronoun]) || token.isPossessive {
                let first = token.isPossessive ? end + 1 : end + 2
                return noun(after: first, range).map { Unit(text: $0.text, end: $0.end) }
            }
            if word(end + 1, range) == "them" { return Unit(text: "people", end: end + 2, isThem: true) }
            // "63 of 140 parking spaces" counts spaces twice.
            if let total = NumberReader(document: document).number(at: end + 1, in: range),
                let unit = self.unit(of: total, range)
            {
                return Unit(text: unit.text, end: end)
            }
        }
        guard let noun = noun(after: end, range) else { return people(beside: number, range) }
        if range.contains(noun.end + 1), document.tokens[noun.end].isSign("/"), word(noun.end + 1, range) == "h" {
            return Unit(text: "\(noun.text)/h", end: noun.end + 2)
        }
        if word(noun.end, range) == "per" || word(noun.end, range) == "a" && UnitCode.isMeasure(noun.text),
            let other = self.noun(after: noun.end + 1, range), other.end == noun.end + 2
        {
            return Unit(text: "\(noun.text) per \(other.text)", end: other.end)
        }
        return noun
    }

    /// "Kills nine", "27 injured": those who die and suffer are people.
    private func people(beside number: NumberReader.Number, _ range: Range<Int>) -> Unit? {
        let (first, end) = (number.tokens.lowerBound, number.tokens.upperBound)
        let harm: Set<String> = [
            "dead", "died", "killed", "injured", "wounded", "hurt", "missing", "hospitalised", "hospitalized",
        ]
        let near = [word(end, range), word(end + 1, range)]
        guard
            near.contains(where: harm.contains)
                || ["kills", "killed", "killing", "injured", "injuring", "buried", "wounded"].contains(
                    word(first - 1, range))
        else { return nil }
        return Unit(text: "people", end: end)
    }

    /// "Aged 25", "dies at 81", "She was 88.", "Ann Li, 40,".
    private func age(_ number: NumberReader.Number, _ range: Range<Int>) -> Unit? {
        guard (1...115).contains(number.value), number.value == number.value.rounded() else { return nil }
        let (first, end) = (number.tokens.lowerBound, number.tokens.upperBound)
        let before = word(first - 1, range)
        let isClosed = !range.contains(end) || !document.tokens[end].isWord && document.tokens[end].kind != .number
        if before == "aged" { return Unit(text: "years", end: end) }
        guard isClosed, noun(after: end, range) == nil else { return nil }
        if before == "at", [.verb, .noun, .properNoun].contains(part(first - 2)),
            !Self.measured.contains(word(first - 2, range))
        {
            return Unit(text: "years", end: end)
        }
        if ["was", "is", "turned"].contains(before),
            first - 2 >= range.lowerBound,
            document.tokens[first - 2].has([.masculine, .feminine]) || part(first - 2) == .properNoun
        {
            return Unit(text: "years", end: end)
        }
        let follows =
            first - 2 >= range.lowerBound && document.tokens[first - 1].isComma && part(first - 2) == .properNoun
        return follows && range.contains(end) && document.tokens[end].isComma ? Unit(text: "years", end: end) : nil
    }

    private func part(_ index: Int) -> Reading.PartOfSpeech? { parts.indices.contains(index) ? parts[index] : nil }

    /// The noun that a noun phrase starting at `start` is about: the last of its nouns.
    private func noun(after start: Int, _ range: Range<Int>) -> Unit? {
        var found: Unit?
        var at = start
        while at < min(range.upperBound, start + Self.reach) {
            let token = document.tokens[at]
            guard token.isWord else { break }
            let part = part(at)
            let word = document.words[at]
            if at > start, ["last", "next", "this", "ago"].contains(word) || found != nil && part == .numeral { break }
            if part == .noun || part == .properNoun && token.shape.contains(.plural) && !token.has(.month)
                || UnitCode.isMeasure(word)
            {
                found = Unit(text: word, end: at + 1)
                if UnitCode.isMeasure(word), at == start { break }
            } else if part == .properNoun || token.isPossessive {
                if found != nil, !token.isPossessive { break }
            } else if ![.adjective, .numeral].contains(part),
                !["other", "more", "such", "fewer", "less"].contains(word)
            {
                break
            }
            // A noun in the plural ends the phrase, unless it is part of a compound: "sports clubs".
            at += 1
        }
        return found
    }

    /// "Year-old" counts years, "tonne" tonnes.
    private static func plural(_ glued: String) -> String {
        let unit = glued.split(separator: "-").first.map(String.init) ?? glued
        if unit.lowercased() == "year" || glued.hasPrefix("year-old") { return "years" }
        return unit
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

    private static let comparisons: [String: String] = [
        "more than": "more", "over": "more", "at least": "more", "greater than": "more", "exceeding": "more",
        "upwards of": "more", "above": "more", "no fewer than": "more", "no less than": "more", "not less than": "more",
        "less than": "less", "fewer than": "less", "under": "less", "below": "less", "up to": "less", "at most": "less",
        "no more than": "less", "not more than": "less", "as many as": "less", "as much as": "less",
        "about": "about", "around": "about", "roughly": "about", "approximately": "about", "nearly": "about",
        "almost": "about", "some": "about", "an estimated": "about", "close to": "about", "just over": "more",
        "just under": "less",
    ]
    /// What stands "at" a number that is no age.
    private static let measured: Set<String> = [
        "capped", "closed", "estimated", "figure", "fixed", "frozen", "held", "kept", "level", "number", "opened",
        "peaked", "price", "priced", "put", "rate", "rates", "remained", "remains", "set", "stand", "standing",
        "stands", "stood", "toll", "total", "traded", "unchanged", "value", "valued",
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
