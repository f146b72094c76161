import Wire

/// Pairs quotation marks, paragraph by paragraph, in one pass.
///
/// An odd mark costs no more than its own paragraph. Single marks count only outside double ones and only where they
/// cannot be apostrophes.
struct QuotationFinder {
    private let document: Document
    private var found: [Quotation] = []

    static func quotations(in document: Document) -> [Quotation] {
        var finder = QuotationFinder(document)
        for index in document.paragraphs.indices { finder.scan(paragraph: index) }
        return finder.found
    }

    private init(_ document: Document) { self.document = document }

    private mutating func scan(paragraph: Int) {
        let range = document.paragraphs[paragraph].tokens
        let closers = SingleMarks(document.tokens, range)
        var open: (token: Int, mark: Mark)?
        var sentence = range.lowerBound
        var at = range.lowerBound
        while at < range.upperBound {
            let token = document.tokens[at]
            if token.kind == .terminal, token.shape.contains(.spaceAfter), open == nil { sentence = at + 1 }
            guard let mark = Mark(token) else {
                at += 1
                continue
            }
            switch (open, mark.family) {
            case (nil, .single):
                if let close = closers.close(of: at) {
                    add(.between(at, close + 1), in: paragraph, isOpen: false)
                    at = close
                }
            case (nil, _):
                if opens(at, mark, range) {
                    open = (at, mark)
                } else if mark.closes, isPunctuation(before: at), let last = found.last, last.isOpen,
                    last.paragraph == paragraph - 1
                {
                    // What the paragraph before left open ends here.
                    add(.between(range.lowerBound, at + 1), in: paragraph, isOpen: false)
                } else if mark.closes, at > sentence + 2, isPunctuation(before: at),
                    found.last?.tokens.upperBound ?? 0 <= sentence
                {
                    // A closing mark whose opening one is missing: the sentence before it was spoken.
                    add(.between(sentence, at + 1), in: paragraph, isOpen: false)
                }
            case (.some(let opening), let family) where family == opening.mark.family:
                if closes(at, mark) {
                    add(.between(opening.token, at + 1), in: paragraph, isOpen: false)
                    open = nil
                    sentence = isTerminal(before: at) ? at + 1 : sentence
                }
            default: break
            }
            at += 1
        }
        if let opening = open { addUnclosed(opening.token, range, paragraph) }
    }

    /// A quotation that goes on in the next paragraph, or whose closing mark is missing.
    private mutating func addUnclosed(_ start: Int, _ range: Range<Int>, _ paragraph: Int) {
        add(.between(start, range.upperBound), in: paragraph, isOpen: true)
        let goesOn =
            document.paragraphs.indices.contains(paragraph + 1)
            && document.paragraphs[paragraph + 1].tokens.first.map { document.tokens[$0].kind == .mark } ?? false
        if let last = found.last, last.words <= 3, !goesOn { found.removeLast() }
    }

    private mutating func add(_ tokens: Range<Int>, in paragraph: Int, isOpen: Bool) {
        guard let span = document.span(tokens) else { return }
        let words = document.tokens[tokens].reduce(0) { $0 + ($1.kind == .word || $1.kind == .number ? 1 : 0) }
        guard words > 0 else { return }
        let last = isOpen ? tokens.upperBound : tokens.upperBound - 1
        found.append(
            Quotation(
                tokens: tokens, span: span, isOpen: isOpen, words: words, isPunctuated: isPunctuation(before: last),
                isTerminated: isTerminal(before: last), paragraph: paragraph))
    }

    private func isPunctuation(before index: Int) -> Bool {
        guard index > 0 else { return false }
        let token = document.tokens[index - 1]
        return token.kind == .terminal || token.isComma || token.isDash || isTerminal(before: index)
    }

    private func isTerminal(before index: Int) -> Bool {
        guard index > 0 else { return false }
        let token = document.tokens[index - 1]
        if token.kind == .mark { return index > 1 && document.tokens[index - 2].kind == .terminal }
        return token.kind == .terminal
    }

    /// Whether a mark starts a quotation while none is open.
    private func opens(_ index: Int, _ mark: Mark, _ range: Range<Int>) -> Bool {
        let token = document.tokens[index]
        if mark.opens, !mark.closes { return true }
        // A mark of inches or seconds.
        if index > range.lowerBound, document.tokens[index - 1].kind == .number, !token.shape.contains(.spaceBefore),
            mark.closes
        {
            return false
        }
        if mark.opens { return !(token.shape.contains(.spaceAfter) && !token.shape.contains(.spaceBefore)) }
        // A closing mark used to open: "word ”word".
        return token.shape.contains(.spaceBefore) && !token.shape.contains(.spaceAfter)
    }

    /// Whether a mark of the open quotation's family ends it.
    private func closes(_ index: Int, _ mark: Mark) -> Bool {
        if mark.closes { return true }
        // An opening mark used to close: "word“ said".
        let shape = document.tokens[index].shape
        return shape.contains(.spaceAfter) && !shape.contains(.spaceBefore)
    }
}
