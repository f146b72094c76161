import Wire

/// Web furniture: paragraphs of a page that are no part of its article.
struct Boilerplate {
    /// For each paragraph, whether it is furniture.
    let isFurniture: [Bool]
    /// The furniture's stretches of the body, neighbouring paragraphs joined.
    let spans: [Span]

    init(_ document: Document) {
        var flags = [Bool](repeating: false, count: document.paragraphs.count)
        /// Inside a section that runs to the end of the page: comments, related posts.
        var inTail = false
        for (index, paragraph) in document.paragraphs.enumerated() {
            let words = Boilerplate.words(of: paragraph, in: document)
            if let tail = Furniture.tails.prefix(of: words[...]), words.count <= tail + 2 {
                inTail = true
            } else if inTail, Boilerplate.isProse(paragraph, in: document) {
                inTail = false
            }
            flags[index] = inTail || Boilerplate.isFurniture(words, paragraph, in: document)
        }
        isFurniture = flags
        var spans: [Span] = []
        for (index, paragraph) in document.paragraphs.enumerated() where flags[index] {
            if index > 0, flags[index - 1], let last = spans.last {
                spans[spans.count - 1] = Span(last.start, paragraph.span.end)
            } else {
                spans.append(paragraph.span)
            }
        }
        self.spans = spans
    }

    /// The first words and signs of a paragraph in lower case.
    private static func words(of paragraph: Document.Paragraph, in document: Document) -> [String] {
        document.tokens[paragraph.tokens.prefix(30)].map { $0.end - $0.start <= 24 ? document.word($0) : "" }
    }

    private static func isFurniture(
        _ words: [String], _ paragraph: Document.Paragraph, in document: Document
    ) -> Bool {
        if Furniture.openings.prefix(of: words[...]) != nil { return true }
        let isShort = paragraph.tokens.count < 30
        if isShort, words.indices.contains(where: { Furniture.phrases.prefix(of: words[$0...]) != nil }) { return true }
        if let line = Furniture.lines.prefix(of: words[...]), words.count <= line + 1 { return true }
        if !document.tokens[paragraph.tokens].contains(where: { $0.kind == .word }) { return true }
        return isDateline(paragraph, in: document) || isCrosshead(paragraph, in: document)
    }

    /// A line that holds nothing but a date: "Friday, July 21, 2017".
    private static func isDateline(_ paragraph: Document.Paragraph, in document: Document) -> Bool {
        guard paragraph.tokens.count <= 9 else { return false }
        var hasDate = false
        for token in document.tokens[paragraph.tokens] {
            switch token.kind {
            case .word where token.has([.weekday, .month]): hasDate = true
            case .word where !token.has([.preposition, .time]) && !token.shape.contains(.allCapitals): return false
            case .terminal, .mark: return false
            default: break
            }
        }
        return hasDate
    }

    /// A heading between dashes inside the text: "– increased pressure –".
    private static func isCrosshead(_ paragraph: Document.Paragraph, in document: Document) -> Bool {
        let tokens = document.tokens[paragraph.tokens]
        guard let first = tokens.first, let last = tokens.last, tokens.count <= 12, tokens.count > 2 else {
            return false
        }
        return first.isDash && last.isDash
    }

    /// A paragraph long enough, and ended as, running text.
    private static func isProse(_ paragraph: Document.Paragraph, in document: Document) -> Bool {
        guard let last = document.tokens[paragraph.tokens].last, paragraph.tokens.count >= 30 else { return false }
        return last.kind == .terminal || last.kind == .mark
    }
}
