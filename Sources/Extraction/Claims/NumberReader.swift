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
        /// It is a "20-plus".
        var isAtLeast = false
        /// What its own words tell of how it compares.
        var comparison: String { isVague ? "about" : isAtLeast ? "more" : "equal" }
        /// It is one word such as "one", which is a pronoun, too.
        var isOne = false
        /// The lower number of a range in one word, the 2 of "2-3%", and the offset that its figures end at.
        var low: (value: Double, end: Int)?
        /// What words and suffixes multiply it by: the million of "3 million".
        var scale = 1.0

        mutating func multiply(by factor: Double) {
            value = NumberReader.product(value, factor)
            if let low { self.low = (NumberReader.product(low.value, factor), low.end) }
            scale *= factor
        }
    }

    let document: Document

    /// The number that starts at `index`, or nil.
    func number(at index: Int, in range: Range<Int>) -> Number? {
        let token = document.tokens[index]
        var number: Number?
        if token.kind == .number {
            number = figures(at: index, in: range)
        } else if token.isWord {
            number = gluedCurrency(at: index, in: range) ?? words(at: index, in: range)
        }
        return number.map { signed($0, in: range) }
    }

    /// "-6C", "minus six degrees"; the hyphen of a range or a compound has no space before it.
    private func signed(_ number: Number, in range: Range<Int>) -> Number {
        let first = number.tokens.lowerBound
        guard !number.isVague, number.low == nil, range.contains(first - 2), document.tokens[first - 2].kind != .number
        else { return number }
        let sign = document.tokens[first - 1]
        let isSign =
            ["-", "\u{2212}", "–"].contains(where: sign.isSign) && sign.end - sign.start == 1
            && sign.shape.contains(.spaceBefore) && !sign.shape.contains(.spaceAfter)
        let isWord = word(first - 1, in: range) == "minus" && word(first - 2, in: range) != "or"
        guard isSign || isWord else { return number }
        var negative = number
        negative.value.negate()
        negative.tokens = first - 1..<number.tokens.upperBound
        return negative
    }

    /// A product without the error of binary fractions: 4.1 million is 4,100,000.
    static func product(_ value: Double, _ factor: Double) -> Double {
        let millionths = (value * 1_000_000).rounded()
        return millionths / 1_000_000 == value ? millionths * factor / 1_000_000 : value * factor
    }

    func word(_ index: Int, in range: Range<Int>) -> String {
        guard range.contains(index), document.tokens[index].end - document.tokens[index].start <= 24 else { return "" }
        return document.words[index]
    }

    // MARK: - Figures

    private func figures(at index: Int, in range: Range<Int>) -> Number? {
        let token = document.tokens[index]
        guard token.end - token.start <= 32 else { return nil }
        let (text, end) = grouped(at: index, in: range)
        let pair = Self.pair(text)
        guard let (value, rest) = pair.map({ ($0.high, $0.rest) }) ?? Self.figure(text) else { return nil }
        var number = Number(value: value, tokens: index..<end)
        number.low = pair.map { ($0.low, Int(token.start) + $0.length) }
        if rest.isEmpty, pair == nil { addFraction(to: &number, in: range) }
        if index > range.lowerBound, !token.shape.contains(.spaceBefore) || document.tokens[index - 1].isWord {
            let before = document.tokens[index - 1]
            number.currency = Self.signs[before.sign].flatMap { before.kind == .punctuation ? $0 : nil }
            if number.currency == nil, before.isWord { number.currency = Self.codes[document.words[index - 1]] }
            if number.currency != nil {
                // "US$"
                let country =
                    index - 2 >= range.lowerBound && before.isSign("$") && !before.shape.contains(.spaceBefore)
                    && document.tokens[index - 2].isWord
                number.tokens = (country ? index - 2 : index - 1)..<number.tokens.upperBound
                if country, word(index - 2, in: range) == "r" { number.currency = "reais" }
            }
        }
        // Without a currency, "m" may be metres: that is left to who knows what stands around it.
        if let scale = Self.suffixes[rest.lowercased()], rest != "m" || number.currency != nil {
            number.multiply(by: scale)
        } else if !rest.isEmpty {
            glue(rest.split(separator: "-").map(String.init), to: &number)
        }
        inBrackets(&number, in: range)
        addHalf(to: &number, in: range)
        scale(&number, in: range)
        return share(number, in: range) ?? number
    }

    /// What hyphens add to a number: the scale of "$1.5-billion", the unit of "60-year-old", the two of "5-million-euro".
    private func glue(_ parts: [String], to number: inout Number) {
        var parts = parts[...]
        let suffix = parts.first.flatMap { Self.suffixes[$0.lowercased()] }
        if let scale = suffix, parts.count > 1, number.currency != nil {
            number.multiply(by: scale)
            parts.removeFirst()
        }
        while let first = parts.first, let scale = Self.scales[first.lowercased()] {
            number.multiply(by: scale)
            parts.removeFirst()
        }
        if parts.first == "plus" {
            number.isAtLeast = true
            parts.removeFirst()
        }
        if !parts.isEmpty { number.glued = parts.joined(separator: "-") }
    }

    /// The two numbers of "2,000-2,500" or "2-3%", what is glued behind and the length of the first; nil for years.
    private static func pair(_ text: String) -> (low: Double, high: Double, rest: String, length: Int)? {
        guard let hyphen = text.unicodeScalars.firstIndex(where: \.isHyphen) else { return nil }
        let first = String(text[..<hyphen])
        guard let low = figure(first), let high = figure(String(text[hyphen...].unicodeScalars.dropFirst())),
            low.value < high.value, low.rest.isEmpty || low.rest == high.rest,
            !first.hasPrefix("0") || first.hasPrefix("0.")
        else { return nil }
        let isYear = first.count == 4 && (1500...2099).contains(low.value)
        return isYear ? nil : (low.value, high.value, high.rest, first.unicodeScalars.count)
    }

    /// "1½".
    private func addFraction(to number: inout Number, in range: Range<Int>) {
        let end = number.tokens.upperBound
        guard range.contains(end), !document.tokens[end].shape.contains(.spaceBefore),
            let fraction: Double = ["½": 0.5, "¼": 0.25, "¾": 0.75][document.tokens[end].sign]
        else { return }
        number.value += fraction
        number.tokens = number.tokens.lowerBound..<end + 1
    }

    /// "Two and a half".
    private func addHalf(to number: inout Number, in range: Range<Int>) {
        let end = number.tokens.upperBound
        guard number.glued == nil, number.low == nil, word(end, in: range) == "and", word(end + 1, in: range) == "a",
            let fraction = ["half": 0.5, "quarter": 0.25][word(end + 2, in: range)]
        else { return }
        number.value += fraction
        number.tokens = number.tokens.lowerBound..<end + 3
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
        var number = Number(value: value, currency: currency, tokens: index..<end)
        number.multiply(by: Self.suffixes[rest] ?? 1)
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
            let value = Double(plain(digits)), value.isFinite
        else { return nil }
        return (value, rest)
    }

    /// Without the commas of thousands; the comma of "1,5" parts decimals.
    private static func plain(_ digits: some StringProtocol) -> String {
        let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
        if groups.count == 2, groups[1].count < 3, !digits.contains(".") { return groups.joined(separator: ".") }
        return groups.joined()
    }

    /// Multiplied by the "million" behind it.
    private func scale(_ number: inout Number, in range: Range<Int>) {
        var at = number.tokens.upperBound
        let limit = at + 4
        while at < limit, let scale = Self.scales[word(at, in: range)] {
            number.multiply(by: scale)
            at += 1
        }
        if number.value.isFinite { number.tokens = number.tokens.lowerBound..<at }
    }

    // MARK: - Words

    private func words(at index: Int, in range: Range<Int>) -> Number? {
        let word = word(index, in: range)
        let next = self.word(index + 1, in: range)
        if let number = vague(at: index, in: range) { return number }
        if word == "a" || word == "an" || word == "one" {
            if let value = Self.fractions[next] {
                return isOrdinal(next, before: index + 2, in: range)
                    ? nil : fraction(value, index..<index + 2, in: range)
            }
            if Self.scales[next] != nil { return spelled(1, index..<index + 1, in: range) }
            guard word == "one" else { return nil }
        }
        if word == "half" {
            // The second half is a part of a game or a year.
            let isOrdinal = Self.halves.contains(self.word(index - 1, in: range))
            return isOrdinal ? nil : fraction(0.5, index..<index + 1, in: range)
        }
        let parts = word.split(whereSeparator: { $0 == "-" || $0 == "\u{2010}" || $0 == "\u{2011}" }).map(String.init)
        guard let first = parts.first, var value = Self.cardinals[first] else { return nil }
        var glued: String?
        if parts.count > 2, parts[1] == "in", let whole = Self.cardinals[parts[2]], whole > value {
            // "A one-in-five chance"
            value /= whole
            glued = parts.count > 3 ? parts[3...].joined(separator: "-") : nil
        } else if parts.count > 1 {
            if let fraction = Self.fractions[parts[1]] {
                value *= fraction
            } else if parts.dropFirst().starts(with: ["and", "a", "half"]) {
                value += 0.5
                glued = parts.count > 4 ? parts[4...].joined(separator: "-") : nil
            } else if value >= 20, let unit = Self.cardinals[parts[1]], unit < 10 {
                value += unit
                glued = parts.count > 2 ? parts[2...].joined(separator: "-") : nil
            } else {
                glued = parts[1...].joined(separator: "-")
            }
        } else if let fraction = Self.fractions[next] {
            return self.fraction(value * fraction, index..<index + 2, in: range)
        }
        var number = Number(value: value, tokens: index..<index + 1)
        if let glued { glue(glued.split(separator: "-").map(String.init), to: &number) }
        addHalf(to: &number, in: range)
        if glued == nil { number = spelled(number.value, number.tokens, in: range) }
        number.isOne = number.tokens.count == 1 && word == "one"
        return share(number, in: range) ?? number
    }

    static func cardinal(_ word: String) -> Double? {
        let parts = word.split(separator: "-").map(String.init)
        guard parts.count <= 2, let first = parts.first, let value = cardinals[first] else { return nil }
        guard parts.count == 2 else { return value }
        return cardinals[parts[1]].flatMap { value >= 20 && $0 < 10 ? value + $0 : nil }
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
    static let scales: [String: Double] = [
        "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "bn": 1_000_000_000,
        "trillion": 1_000_000_000_000, "mln": 1_000_000, "mn": 1_000_000, "bln": 1_000_000_000, "tn": 1_000_000_000_000,
        "dozen": 12, "lakh": 100_000, "crore": 10_000_000,
    ]
    private static let suffixes: [String: Double] = [
        "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000, "tn": 1_000_000_000_000,
    ]
    private static let fractions: [String: Double] = [
        "half": 0.5, "third": 1.0 / 3, "thirds": 1.0 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2,
        "fifths": 0.2,
        "sixth": 1.0 / 6, "seventh": 1.0 / 7, "eighth": 0.125, "tenth": 0.1, "tenths": 0.1,
    ]
    static let signs: [Unicode.Scalar: String] = [
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
