import Language

/// What a number counts.
extension Quantities {
    /// How many words a noun may stand behind its number: "452 available district council seats".
    private static let reach = 7

    struct Unit {
        var text: String
        var end: Int
        var isNoun = true
        /// It is "them": whatever was counted before.
        var isThem = false
    }

    func unit(of number: NumberReader.Number, _ range: Range<Int>) -> Unit? {
        let end = number.tokens.upperBound
        if let currency = number.currency { return Unit(text: currency, end: end, isNoun: false) }
        if let glued = number.glued {
            if glued == "%" { return Unit(text: "percent", end: end) }
            if isSign("²", at: end, range) { return Unit(text: "\(glued)²", end: end + 1) }
            return Unit(text: Self.plural(glued), end: end)
        }
        let next = word(end, range)
        if next == "%" || next == "percent" || next == "pc" { return Unit(text: "percent", end: end + 1) }
        if next == "per", word(end + 1, range) == "cent" { return Unit(text: "percent", end: end + 2) }
        if let unit = compound(at: end, range) ?? age(number, range) { return unit }
        if next == "out", word(end + 1, range) == "of", range.contains(end + 2) {
            // "17 out of 18 of the area's districts" counts districts twice.
            let total = self.number(at: end + 2, range)
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
            if let total = self.number(at: end + 1, range),
                let unit = self.unit(of: total, range)
            {
                return Unit(text: unit.text, end: end)
            }
        }
        guard let noun = noun(after: end, range) else { return people(beside: number, range) }
        if isSign("²", at: noun.end, range) { return Unit(text: "\(noun.text)²", end: noun.end + 1) }
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

    private func isSign(_ sign: Unicode.Scalar, at index: Int, _ range: Range<Int>) -> Bool {
        range.contains(index) && document.tokens[index].isSign(sign)
            && !document.tokens[index].shape.contains(.spaceBefore)
    }

    /// Units of more than one word or sign: "percentage points", "sq ft", "°C", "degrees Celsius".
    private func compound(at index: Int, _ range: Range<Int>) -> Unit? {
        let (first, second) = (word(index, range), word(index + 1, range))
        let both = Unit(text: "\(first) \(second)", end: index + 2)
        switch first {
        case "percentage", "basis": return second.hasPrefix("point") ? both : nil
        case "sq", "square": return UnitCode.isMeasure(second) ? both : nil
        case "degree", "degrees": return ["celsius", "centigrade", "fahrenheit"].contains(second) ? both : nil
        default:
            guard range.contains(index), document.tokens[index].isSign("°") else { return nil }
            let scale = ["c", "f"].contains(second) ? second.uppercased() : ""
            return Unit(text: "°\(scale)", end: index + (scale.isEmpty ? 1 : 2))
        }
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
            first - 2 >= range.lowerBound && document.tokens[first - 1].isComma
            && (part(first - 2) == .properNoun || isSomebody(first - 2, range))
        return follows && range.contains(end) && document.tokens[end].isComma ? Unit(text: "years", end: end) : nil
    }

    /// "The actor", "his late wife": one of whom an age may be told.
    private func isSomebody(_ index: Int, _ range: Range<Int>) -> Bool {
        guard part(index) == .noun, !document.tokens[index].shape.contains(.plural),
            !Self.measured.contains(word(index, range))
        else { return false }
        return (max(range.lowerBound, index - 3)..<index).contains {
            document.tokens[$0].has([.determiner, .possessivePronoun])
        }
    }

    func part(_ index: Int) -> Reading.PartOfSpeech? { parts.indices.contains(index) ? parts[index] : nil }

    /// The noun that a noun phrase starting at `start` is about: the last of its nouns.
    func noun(after start: Int, _ range: Range<Int>) -> Unit? {
        var found: Unit?
        var at = start
        while at < min(range.upperBound, start + Self.reach) {
            let token = document.tokens[at]
            guard token.isWord else { break }
            let part = part(at)
            let word = document.words[at]
            if isTime(at, range) || at > start && Self.steps.contains(word) || found != nil && part == .numeral {
                break
            }
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

    /// "19,000 last year" and "300 yesterday" count no years and no days.
    private func isTime(_ index: Int, _ range: Range<Int>) -> Bool {
        let behind = word(index + 1, range)
        return Self.days.contains(word(index, range))
            || Self.steps.contains(word(index, range))
                && (UnitCode.isMeasure(behind) || Dates.seasons.contains(behind) || Dates.weekdays.contains(behind)
                    || ["night", "season"].contains(behind))
    }

    /// Whether a noun is in the plural, or a measure.
    func countsMany(_ unit: Unit) -> Bool {
        let token = document.tokens[unit.end - 1]
        return token.isWord && token.shape.contains(.plural) || token.has([.group, .unit])
            || UnitCode.isMeasure(unit.text) || unit.text == "years"
    }

    /// "Year-old" counts years, "tonne" tonnes.
    private static func plural(_ glued: String) -> String {
        let unit = glued.split(separator: "-").first.map(String.init) ?? glued
        if unit == "square" || glued.hasPrefix("percentage-point") { return glued.replacing("-", with: " ") }
        if unit.lowercased() == "year" || glued.hasPrefix("year-old") { return "years" }
        return unit
    }

    /// What stands "at" a number that is no age.
    private static let measured: Set<String> = [
        "average", "capped", "closed", "estimated", "figure", "fixed", "frozen", "held", "kept", "level", "number",
        "opened",
        "peaked", "price", "priced", "put", "rate", "rates", "record", "remained", "remains", "result", "score", "set",
        "stand", "standing",
        "stands", "stood", "temperature", "toll", "total", "traded", "unchanged", "value", "valued",
    ]
    private static let steps: Set<String> = ["last", "next", "this", "ago"]
    private static let days: Set<String> = ["yesterday", "today", "tonight", "tomorrow"]
}
