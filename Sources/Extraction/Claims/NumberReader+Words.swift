/// Numbers in several words.
extension NumberReader {
    /// How many words may stand behind the first of a number.
    private static let reach = 11

    /// "Hundreds", "tens of thousands", "several hundred", "a couple of hundred": some number of that size.
    func vague(at index: Int, in range: Range<Int>) -> Number? {
        let word = word(index, in: range)
        let next = self.word(index + 1, in: range)
        if let value = Self.sizes[word] {
            if next == "of", let many = Self.sizes[self.word(index + 2, in: range)], many >= 100 {
                return Number(value: value * many, tokens: index..<index + 3, isVague: true)
            }
            return word == "tens" && next != "of" ? nil : Number(value: value, tokens: index..<index + 1, isVague: true)
        }
        var end = index + 1
        if ["a", "the"].contains(word), next == "few" || next == "couple" {
            end += next == "couple" && self.word(index + 2, in: range) == "of" ? 2 : 1
        } else if word != "several", word != "few" {
            return nil
        }
        let isCouple = next == "couple"
        guard Self.scales[self.word(end, in: range)] != nil else {
            return word == "a" && isCouple ? Number(value: 2, tokens: index..<index + 2, isVague: true) : nil
        }
        var number = spelled(isCouple ? 2 : 1, index..<end, in: range)
        number.isVague = true
        return number
    }

    /// "Half a million", "a quarter of a million"; `value` of whatever stands behind.
    func fraction(_ value: Double, _ tokens: Range<Int>, in range: Range<Int>) -> Number {
        let end = tokens.upperBound
        let article = word(end, in: range) == "of" ? end + 1 : end
        if ["a", "one"].contains(word(article, in: range)), Self.scales[word(article + 1, in: range)] != nil {
            return spelled(value, tokens.lowerBound..<article + 1, in: range)
        }
        // "A half million"
        return value == 0.5 ? spelled(value, tokens, in: range) : Number(value: value, tokens: tokens)
    }

    /// "Two million five hundred and twenty thousand".
    ///
    /// - Parameters:
    ///   - first: What its first words tell.
    ///   - tokens: The tokens of those.
    ///   - range: The tokens of the sentence.
    /// - Returns: The number with all its words.
    func spelled(_ first: Double, _ tokens: Range<Int>, in range: Range<Int>) -> Number {
        // The group is what is to be multiplied by a thousand or a million, or added in the end.
        var (sum, group, last) = (0.0, first, Double.infinity)
        var (at, isSum) = (tokens.upperBound, false)
        while at < tokens.upperBound + Self.reach {
            if let scale = Self.scales[word(at, in: range)] {
                if scale < 1_000 {
                    group = Self.product(group, scale)
                } else {
                    sum = scale < last ? sum + Self.product(group, scale) : Self.product(sum + group, scale)
                    (group, last) = (0, scale)
                }
                at += 1
            } else if let (value, end) = rest(at, tokens.lowerBound, in: range) {
                group += value
                (at, isSum) = (end, true)
            } else {
                break
            }
        }
        var number = Number(value: sum + group, tokens: tokens.lowerBound..<at)
        if !isSum, first > 0 { number.scale = number.value / first }
        return number
    }

    /// The "and fifty" of "two hundred and fifty", the "five" of "two million five hundred".
    private func rest(_ index: Int, _ start: Int, in range: Range<Int>) -> (Double, Int)? {
        guard let above = Self.scales[word(index - 1, in: range)], above >= 100, index - 1 > start else { return nil }
        let isLinked = word(index, in: range) == "and"
        let at = isLinked ? index + 1 : index
        guard let value = Self.cardinal(word(at, in: range)), value < 100 else { return nil }
        let next = Self.scales[word(at + 1, in: range)]
        if isLinked {
            // "Between two hundred and five hundred", "ten thousand and two million"
            guard above <= 1_000, next == nil || above == 100 && next != 100, word(start - 1, in: range) != "between"
            else { return nil }
        } else if let next {
            guard above == 100 ? next > 100 : next < above else { return nil }
        } else if value == 1 {
            return nil
        }
        return (value, at + 1)
    }

    private static let sizes: [String: Double] = [
        "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000,
        "billions": 1_000_000_000,
    ]
}
