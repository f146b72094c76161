import Wire

/// A sentence as a row of units that the cue rules look at; looking beyond its ends gives nil.
struct SentenceView {
    let document: Document
    let quotations: [Quotation]
    let units: [Sentence.Unit]
    /// Number of units, without the signs that end the sentence.
    let count: Int

    init(_ sentence: Sentence, _ document: Document, _ quotations: [Quotation]) {
        self.document = document
        self.quotations = quotations
        units = sentence.units
        var count = units.count
        while count > 0, case .token(let index) = units[count - 1], document.tokens[index].kind == .terminal {
            count -= 1
        }
        self.count = count
    }

    /// The token at `index`, or nil where a quotation or nothing stands there.
    func token(_ index: Int) -> Token? {
        guard index >= 0, index < count, case .token(let token) = units[index] else { return nil }
        return document.tokens[token]
    }

    /// The quotation at `index`, or nil.
    func quotation(_ index: Int) -> Quotation? {
        guard index >= 0, index < count, case .quotation(let quotation) = units[index] else { return nil }
        return quotations[quotation]
    }

    /// Whether the unit at `index` is a token of one of `classes`.
    func has(_ index: Int, _ classes: WordClass) -> Bool { token(index)?.has(classes) ?? false }

    func isComma(_ index: Int) -> Bool { token(index)?.isComma ?? false }

    /// Whether a comma stands at `index`, alone or before a closing quotation mark.
    func isCommaOrSpeech(_ index: Int) -> Bool { isComma(index) || quotation(index)?.isPunctuated ?? false }

    /// A sign that no noun phrase goes beyond.
    func isBreak(_ index: Int) -> Bool {
        guard let token = token(index) else { return true }
        return token.isSign(";") || token.isColon || token.kind == .terminal
            || token.isDash && token.shape.contains(.spaceBefore) || token.isSign("—") || token.isSign("(")
            || token.isSign(")")
    }

    func span(_ index: Int) -> Span {
        switch units[index] {
        case .token(let token): document.tokens[token].span
        case .quotation(let quotation): quotations[quotation].span
        }
    }

    /// The span of `range` without the commas and dashes at its ends, or nil where nothing is left.
    func span(_ range: Range<Int>) -> Span? {
        var lower = max(range.lowerBound, 0)
        var upper = min(range.upperBound, count)
        while lower < upper, isTrimmed(lower) { lower += 1 }
        while upper > lower, isTrimmed(upper - 1) { upper -= 1 }
        guard lower < upper else { return nil }
        return Span(span(lower).start, span(upper - 1).end)
    }

    /// Number of words in `range`, those of quotations included.
    func words(_ range: Range<Int>) -> Int {
        range.reduce(0) { sum, index in
            if let quotation = quotation(index) { return sum + quotation.words }
            guard let token = token(index) else { return sum }
            return sum + (token.kind == .word || token.kind == .number ? 1 : 0)
        }
    }

    private func isTrimmed(_ index: Int) -> Bool {
        guard let token = token(index) else { return false }
        return token.isComma || token.isColon || token.isSign(";") || token.isDash || token.kind == .terminal
            || token.kind == .mark
    }
}
