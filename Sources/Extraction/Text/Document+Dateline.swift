import Language

extension Document {
    /// The tokens of a sentence without the dateline before it.
    ///
    /// "OSLO, Nov 12 (Reuters) – | Prices fell." A dateline begins a paragraph with a place in capitals and ends in a dash; behind
    /// the place stand an agency in brackets, a date, a region or nothing.
    func withoutDateline(_ sentence: Range<Int>) -> Range<Int> {
        guard let first = sentence.first, tokens[first].isWord, tokens[first].shape.contains(.allCapitals),
            words[first].count > 2, opensParagraph(first),
            let dash = sentence.prefix(Self.longestDateline).first(where: { isFreeDash($0) }),
            dash + 1 < sentence.upperBound, tokens[dash + 1].isCapitalized || tokens[dash + 1].kind == .mark
        else { return sentence }
        let place = sentence.prefix { tokens[$0].isWord && tokens[$0].shape.contains(.allCapitals) }.upperBound
        // "NATO – Oslo’s ally – met"
        let isBare = place == dash && !(dash + 1..<sentence.upperBound).contains { isFreeDash($0) }
        let isParted = place < dash && (tokens[place].isComma || tokens[place].isSign("("))
        guard isBare || isParted && isPlaceAndDate(place..<dash) else { return sentence }
        return dash + 1..<sentence.upperBound
    }

    /// Whether tokens behind a place are a region, a date, an agency in brackets.
    private func isPlaceAndDate(_ range: Range<Int>) -> Bool {
        let agency = range.first { tokens[$0].isSign("(") } ?? range.upperBound
        return (range.lowerBound..<agency).allSatisfy { index in
            let token = tokens[index]
            return token.isComma || token.kind == .number || token.kind == .terminal
                || token.isWord && token.isCapitalized
        } && (agency == range.upperBound || tokens[range.upperBound - 1].isSign(")"))
    }

    /// The longest dateline, in tokens.
    private static let longestDateline = 14

    private func opensParagraph(_ token: Int) -> Bool {
        let paragraph = paragraphs.partitioningIndex { $0.tokens.lowerBound >= token }
        return paragraph < paragraphs.count && paragraphs[paragraph].tokens.lowerBound == token
    }

    private func isFreeDash(_ token: Int) -> Bool {
        tokens[token].isDash && tokens[token].shape.isSuperset(of: [.spaceBefore, .spaceAfter])
            || tokens[token].isSign("—")
    }
}
