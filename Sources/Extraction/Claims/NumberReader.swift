/// Reads the value of numbers in figures and in words, with the unit that is glued to them.
struct NumberReader {
    /// A number and the tokens that it takes.
    struct Number {
        var value: Double
        /// The unit that is written into the same word, such as `%`, `Hz` or `year-old`, or nil.
        var glued: String?
        /// A currency sign or code in front, or nil.
        var currency: String?
        var tokens: Range<Int>
        /// It stands for some number of that size: "dozens", "hundreds".
        var isVague = false
        /// It is one word such as "one", which is a pronoun, too.
        var isOne = false
    }

    let document: Document

    /// The number that starts at `index`, or nil.
    func number(at index: Int, in range: Range<Int>) -> Number? {
        let token = document.tokens[index]
        if token.kind == .number { return figures(at: index, in: range) }
        guard token.isWord else { return nil }
        return gluedCurrency(at: index, in: range) ?? words(at: index, in: range)
    }

    private func word(_ index: Int, in range: Range<Int>) -> String {
        guard range.contains(index), document.tokens[index].end - document.tokens[index].start <= 24 else { return "" }
        return document.words[index]
    }

    // MARK: - Figures

    private func figures(at index: Int, in range: Range<Int>) -> Number? {
        let token = document.tokens[index]
        guard token.end - token.start <= 32, let (value, rest) = Self.figure(document.text(token.span)) else {
            return nil
        }
        var number = Number(value: value, tokens: index..<index + 1)
        if let scale = Self.suffixes[rest.lowercased()] {
            number.value *= scale
        } else if !rest.isEmpty {
            number.glued = rest.hasPrefix("-") ? String(rest.dropFirst()) : rest
        }
        if index > range.lowerBound, !token.shape.contains(.spaceBefore) || document.tokens[index - 1].isWord {
            let before = document.tokens[index - 1]
            number.currency = Self.signs[before.sign].flatMap { before.kind == .punctuation ? $0 : nil }
            if number.currency == nil, before.isWord { number.currency = Self.codes[document.words[index - 1]] }
            if number.currency != nil {
                // "US$"
                let country =
                    index - 2 >= range.lowerBound && before.isSign("$") && !before.shape.contains(.spaceBefore)
                number.tokens = (country ? index - 2 : index - 1)..<index + 1
            }
        }
        inBrackets(&number, in: range)
        scale(&number, in: range)
        return share(number, in: range) ?? number
    }

    /// "$(4.8) million", as balance sheets write a loss.
    private func inBrackets(_ number: inout Number, in range: Range<Int>) {
        let (first, end) = (number.tokens.lowerBound, number.tokens.upperBound)
        guard number.currency == nil, range.contains(first - 2), range.contains(end), document.tokens[end].isSign(")"),
            document.tokens[first - 1].isSign("("), !document.tokens[first - 1].shape.contains(.spaceBefore),
            document.tokens[first - 2].kind == .punctuation, let sign = Self.signs[document.tokens[first - 2].sign]
        else { return }
        number.currency = sign
        number.tokens = first - 2..<end + 1
    }

    /// "Rs15m", "P180": a code and figures in one word.
    private func gluedCurrency(at index: Int, in range: Range<Int>) -> Number? {
        let token = document.tokens[index]
        guard document.scalars[Int(token.start)..<Int(token.end)].contains(where: { ("0"..."9").contains($0) }) else {
            return nil
        }
        let text = word(index, in: range)
        let code = text.prefix { $0.isLetter || $0 == "." }
        // "N75,000" is three tokens.
        var (figures, end) = (String(text.dropFirst(code.count)), index + 1)
        while range.contains(end + 1), document.tokens[end].isComma, document.tokens[end + 1].kind == .number,
            !document.tokens[end].shape.contains(.spaceBefore), !document.tokens[end].shape.contains(.spaceAfter)
        {
            figures += "," + word(end + 1, in: range)
            end += 2
        }
        guard !code.isEmpty, let currency = Self.codes[String(code)], let (value, rest) = Self.figure(figures) else {
            return nil
        }
        var number = Number(value: value * (Self.suffixes[rest] ?? 1), currency: currency, tokens: index..<end)
        scale(&number, in: range)
        return number
    }

    /// A value and what is glued behind it, nil for times, ordinals and codes.
    static func figure(_ text: String) -> (value: Double, rest: String)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
        let rest = String(text.dropFirst(digits.count))
        guard let first = digits.first, first.isNumber, digits.last?.isNumber == true, !rest.hasPrefix(":"),
            !["st", "nd", "rd", "th", "am", "pm", "s", "gmt"].contains(rest.lowercased()),
            !rest.contains(where: \.isNumber),
            let value = Double(digits.filter { $0 != "," }), value.isFinite
        else { return nil }
        return (value, rest)
    }

    /// Multiplied by the "million" behind it.
    private func scale(_ number: inout Number, in range: Range<Int>) {
        var at = number.tokens.upperBound
        while at < number.tokens.lowerBound + 5, let scale = Self.scales[word(at, in: range)] {
            number.value *= scale
            at += 1
        }
        if number.value.isFinite { number.tokens = number.tokens.lowerBound..<at }
    }

    // MARK: - Words

    private func words(at index: Int, in range: Range<Int>) -> Number? {
        let word = word(index, in: range)
        let next = self.word(index + 1, in: range)
        if let value = Self.vague[word] {
            return Number(value: value, tokens: index..<index + 1, isVague: true)
        }
        if word == "a" || word == "an" || word == "one" {
            if let value = Self.fractions[next] {
                return isOrdinal(next, before: index + 2, in: range)
                    ? nil : Number(value: value, tokens: index..<index + 2)
            }
            if let scale = Self.scales[next] {
                var number = Number(value: scale, tokens: index..<index + 2)
                self.scale(&number, in: range)
                return number
            }
            if word != "one", next == "couple" { return Number(value: 2, tokens: index..<index + 2, isVague: true) }
            guard word == "one" else { return nil }
        }
        if word == "half" {
            // The second half is a part of a game or a year.
            let isOrdinal = Self.halves.contains(self.word(index - 1, in: range))
            return isOrdinal ? nil : Number(value: 0.5, tokens: index..<index + 1)
        }
        let parts = word.split(whereSeparator: { $0 == "-" || $0 == "\u{2010}" || $0 == "\u{2011}" }).map(String.init)
        guard let first = parts.first, var value = Self.cardinals[first] else { return nil }
        var glued: String?
        if parts.count > 1 {
            if let fraction = Self.fractions[parts[1]] {
                value *= fraction
            } else if value >= 20, let unit = Self.cardinals[parts[1]], unit < 10 {
                value += unit
                glued = parts.count > 2 ? parts[2...].joined(separator: "-") : nil
            } else {
                glued = parts[1...].joined(separator: "-")
            }
        } else if let fraction = Self.fractions[next] {
            return Number(value: value * fraction, tokens: index..<index + 2)
        }
        var number = Number(value: value, glued: glued, tokens: index..<index + 1, isOne: word == "one")
        if glued == nil { scale(&number, in: range) }
        add(to: &number, in: range)
        return share(number, in: range) ?? number
    }

    /// Adds the fifty of "eight hundred and fifty".
    private func add(to number: inout Number, in range: Range<Int>) {
        let end = number.tokens.upperBound
        guard number.glued == nil, ["hundred", "thousand"].contains(word(end - 1, in: range)),
            number.value.truncatingRemainder(dividingBy: 100) == 0, word(end, in: range) == "and",
            let rest = NumberReader.cardinal(word(end + 1, in: range)), rest < 100
        else { return }
        number.value += rest
        number.tokens = number.tokens.lowerBound..<end + 2
    }

    private static func cardinal(_ word: String) -> Double? {
        let parts = word.split(separator: "-").map(String.init)
        guard parts.count <= 2, let first = parts.first, let value = cardinals[first] else { return nil }
        guard parts.count == 2 else { return value }
        return cardinals[parts[1]].flatMap { value >= 20 && $0 < 10 ? value + $0 : nil }
    }

    /// "Seven in ten", "8 in 10": the share.
    private func share(_ number: Number, in range: Range<Int>) -> Number? {
        let end = number.tokens.upperBound
        guard number.tokens.count == 1, number.glued == nil, number.currency == nil, word(end, in: range) == "in",
            range.contains(end + 1), number.value >= 1, number.value == number.value.rounded()
        else { return nil }
        let whole = NumberReader.cardinals[word(end + 1, in: range)] ?? Double(word(end + 1, in: range))
        // "Three in five days" is three.
        let behind = word(end + 2, in: range)
        guard let whole, whole > number.value, whole <= 1_000,
            !UnitCode.isMeasure(behind), !["games", "matches", "tests", "attempts"].contains(behind)
        else { return nil }
        return Number(value: number.value / whole, tokens: number.tokens.lowerBound..<end + 2)
    }

    /// Whether "a seventh" counts ("a seventh nuclear test") rather than divides ("a seventh of the votes", "fell by a third").
    private func isOrdinal(_ fraction: String, before index: Int, in range: Range<Int>) -> Bool {
        guard !["half", "quarter"].contains(fraction), range.contains(index), document.tokens[index].isWord else {
            return false
        }
        return !Self.behindFractions.contains(word(index, in: range))
    }

    // MARK: - Tables

    private static let behindFractions: Set<String> = [
        "of", "in", "on", "to", "from", "by", "since", "over", "and", "or", "more", "less", "fewer", "higher", "lower",
        "last", "this", "next", "as", "compared", "between", "during", "after", "before", "below", "above", "when",
        "while",
        "are", "is", "were", "was", "have", "had", "said", "say", "did", "do", "would", "will", "the", "its", "their",
    ]

    private static let halves: Set<String> = [
        "closing", "first", "last", "latter", "opening", "other", "previous", "second", "top", "bottom", "third",
    ]
    static let cardinals: [String: Double] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90,
    ]
    private static let scales: [String: Double] = [
        "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000,
        "trillion": 1_000_000_000_000, "mln": 1_000_000, "mn": 1_000_000, "bln": 1_000_000_000, "tn": 1_000_000_000_000,
        "dozen": 12, "lakh": 100_000, "crore": 10_000_000,
    ]
    private static let suffixes: [String: Double] = [
        "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000, "tn": 1_000_000_000_000,
    ]
    private static let vague: [String: Double] = [
        "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000,
        "billions": 1_000_000_000,
    ]
    private static let fractions: [String: Double] = [
        "half": 0.5, "third": 1.0 / 3, "thirds": 1.0 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2,
        "fifths": 0.2,
        "sixth": 1.0 / 6, "seventh": 1.0 / 7, "eighth": 0.125, "tenth": 0.1, "tenths": 0.1,
    ]
    private static let signs: [Unicode.Scalar: String] = [
        "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees", "₽": "roubles", "₩": "won", "₺": "lira",
        "₦": "naira", "₱": "pesos", "₴": "hryvnias", "₪": "shekels", "฿": "baht",
    ]
    private static let codes: [String: String] = [
        "rs": "rupees", "inr": "rupees", "usd": "dollars", "us": "dollars", "eur": "euros", "gbp": "pounds",
        "chf": "francs", "sek": "kronor", "nok": "kroner", "dkk": "kroner", "aud": "dollars", "cad": "dollars",
        "p": "pesos",
        "r": "rand", "n": "naira", "gh": "cedis", "ksh": "shillings", "sh": "shillings", "jpy": "yen", "cny": "yuan",
        "rmb": "yuan", "rm": "ringgit", "rp": "rupiah",
    ]
}
