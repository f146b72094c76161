/// Cuts paragraphs into sentences.
struct SentenceSplitter {
    /// More units than any real sentence has; longer ones are cut, which bounds the work on each.
    static let maximumUnits = 300

    /// The sentences of a paragraph's narration, quotations kept whole.
    static func sentences(in document: Document, quotations: [Quotation]) -> [Sentence] {
        var sentences: [Sentence] = []
        var next = 0
        for (index, paragraph) in document.paragraphs.enumerated() {
            var units: [Sentence.Unit] = []
            var start = paragraph.tokens.lowerBound
            var at = start
            func close(at end: Int) {
                if !units.isEmpty {
                    sentences.append(Sentence(units: units, tokens: start..<end, paragraph: index))
                }
                units = []
                start = end
            }
            while at < paragraph.tokens.upperBound {
                while next < quotations.count, quotations[next].tokens.upperBound <= at { next += 1 }
                if next < quotations.count, quotations[next].tokens.lowerBound == at {
                    units.append(.quotation(next))
                    at = quotations[next].tokens.upperBound
                    let ends = quotations[next].isTerminated && !isAttributed(document, after: at, in: paragraph.tokens)
                    next += 1
                    if ends { close(at: at) }
                } else {
                    units.append(.token(at))
                    at += 1
                    if ends(document.tokens, at - 1, in: paragraph.tokens) { close(at: at) }
                }
                if units.count >= maximumUnits { close(at: at) }
            }
            close(at: at)
        }
        return sentences
    }

    /// The sentences of a stretch of tokens, those within quotations too.
    static func plainSentences(in document: Document, _ range: Range<Int>) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where ends(document.tokens, index, in: range) || index - start >= maximumUnits {
            var end = index + 1
            while end < range.upperBound, document.tokens[end].kind == .mark,
                !document.tokens[end].shape.contains(.spaceBefore)
            {
                end += 1
            }
            guard end > start else { continue }
            sentences.append(start..<end)
            start = end
        }
        if start < range.upperBound { sentences.append(start..<range.upperBound) }
        return sentences
    }

    /// Whether a sentence ends with the token at `index`.
    private static func ends(_ tokens: [Token], _ index: Int, in range: Range<Int>) -> Bool {
        let token = tokens[index]
        var after = index + 1
        if token.kind == .terminal {
            // Closing marks; more than a few are no text.
            while after < min(range.upperBound, index + 5), tokens[after].kind == .mark,
                !tokens[after].shape.contains(.spaceBefore)
            {
                after += 1
            }
            guard after < range.upperBound else { return true }
            // "asked?) and" goes on; "Yahoo! said" and "… and" too.
            return tokens[after].shape.contains(.spaceBefore) && startsSentence(tokens[after])
        }
        if token.shape.contains(.dotted), token.shape.contains(.spaceAfter), !token.has(.honorific),
            token.end - token.start > 2, after < range.upperBound
        {
            // "Li Jr. Mr. Ek" ends one, "U.S. Sen. Li" does not.
            if token.has(.nameEnding), tokens[after].has(.honorific) { return true }
            // "in the U.S. The" ends a sentence, "U.S. Senate" does not.
            return tokens[after].isCapitalized && tokens[after].has(.common) && !tokens[after].has(.month)
        }
        return false
    }

    private static func startsSentence(_ token: Token) -> Bool {
        switch token.kind {
        case .word: token.isCapitalized
        case .number, .mark: true
        case .terminal: false
        case .punctuation: !token.isComma && !token.isSign(")")
        }
    }

    /// Whether words of attribution follow a quotation that ends a sentence of its own, as in “Why?” Smith asked.
    private static func isAttributed(_ document: Document, after index: Int, in range: Range<Int>) -> Bool {
        guard index < range.upperBound else { return false }
        let first = document.tokens[index]
        if first.kind == .word, !first.isCapitalized { return true }
        if first.kind == .punctuation { return true }
        guard first.kind == .word else { return false }
        // A short clause around a verb of speech, up to the first sign. After a full stop it must be nothing else.
        let stopped = index >= 2 && document.tokens[index - 2].isSign(".")
        for at in index..<min(index + 8, range.upperBound) {
            let token = document.tokens[at]
            if token.kind != .word { return false }
            if token.has(.speech), !token.isCapitalized {
                return !stopped || at + 1 == range.upperBound || document.tokens[at + 1].kind == .terminal
            }
            if token.has([.verb, .be, .relative, .subordinator]) { return false }
        }
        return false
    }
}
