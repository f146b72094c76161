extension Document {
    /// Whether its text is in capitals throughout, as teletypes write, and not only its headline.
    var isInCapitals: Bool {
        var (capitals, others) = (0, 0)
        for scalar in scalars where scalar.isLetter {
            if scalar.isUppercase { capitals += 1 } else { others += 1 }
        }
        return capitals >= Self.manyLetters && capitals >= 9 * others
    }

    /// More letters than a headline has.
    private static let manyLetters = 150
}
