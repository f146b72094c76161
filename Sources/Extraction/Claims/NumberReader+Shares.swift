/// Shares: "seven in ten", "one in 1,000", "nine out of 10".
extension NumberReader {
    /// The share that `number` and the words behind it tell, nil where they count.
    func share(_ number: Number, in range: Range<Int>) -> Number? {
        let end = number.tokens.upperBound
        guard number.tokens.count == 1, number.glued == nil, number.currency == nil, number.low == nil,
            number.value >= 1, number.value == number.value.rounded()
        else { return nil }
        var at = end
        let isOutOf = word(end, in: range) == "out" && word(end + 1, in: range) == "of"
        if isOutOf { at += 2 } else if word(end, in: range) == "in" { at += 1 } else { return nil }
        if word(at, in: range) == "every" { at += 1 }
        guard range.contains(at), let (whole, last) = whole(at, in: range), whole > number.value else { return nil }
        // "17 out of 18 districts" counts districts.
        if isOutOf, whole > 10, ![100, 1_000, 10_000, 100_000, 1_000_000].contains(whole) { return nil }
        // "Three in five days" is three.
        let behind = word(last, in: range)
        guard !UnitCode.isMeasure(behind), !["games", "matches", "tests", "attempts"].contains(behind) else {
            return nil
        }
        return Number(value: number.value / whole, tokens: number.tokens.lowerBound..<last)
    }

    /// What a share is of, and the end of its words: "1,000", "ten thousand", "a million".
    private func whole(_ index: Int, in range: Range<Int>) -> (Double, Int)? {
        let token = document.tokens[index]
        let word = word(index, in: range)
        if token.kind == .number {
            guard let (value, rest) = Self.figure(word), rest.isEmpty else { return nil }
            let number = spelled(value, index..<index + 1, in: range)
            // "One in 2019" tells a year.
            guard !(1_000...2_999).contains(value) || word.contains(",") else { return nil }
            return (number.value, number.tokens.upperBound)
        }
        let next = Self.scales[self.word(index + 1, in: range)]
        guard let first = word == "a" && next != nil ? 1 : Self.cardinals[word] else { return nil }
        let number = spelled(first, index..<index + 1, in: range)
        return (number.value, number.tokens.upperBound)
    }
}
