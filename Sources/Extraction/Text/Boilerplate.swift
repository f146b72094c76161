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
            let opening = Boilerplate.opening(of: paragraph, in: document)
            if Furniture.tails.contains(where: { opening.hasPrefix($0) && opening.count <= $0.count + 12 }) {
                inTail = true
            } else if inTail, index > 0, Boilerplate.isProse(paragraph, in: document) {
                inTail = false
            }
            flags[index] = inTail || Boilerplate.isFurniture(opening, paragraph, in: document)
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

    /// The first words of a paragraph in lower case, single spaces between them.
    private static func opening(of paragraph: Document.Paragraph, in document: Document) -> String {
        let end = min(paragraph.span.end, paragraph.span.start + 80)
        let text = Tokenizer.lowercased(document.scalars[paragraph.span.start..<end])
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func isFurniture(
        _ opening: String, _ paragraph: Document.Paragraph, in document: Document
    ) -> Bool {
        if Furniture.openings.contains(where: { opening.hasPrefix($0) }) { return true }
        let words = document.tokens[paragraph.tokens].lazy.filter { $0.kind == .word }.prefix(40).count
        if words == 0 { return true }
        if words <= 12, Furniture.lines.contains(opening.trimmingSigns()) { return true }
        if words <= 25, Furniture.phrases.contains(where: { opening.contains($0) }) { return true }
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

extension String {
    /// Without signs and spaces at both ends.
    fileprivate func trimmingSigns() -> String {
        var text = Substring(self)
        while let last = text.last, !last.isLetter, !last.isNumber { text.removeLast() }
        while let first = text.first, !first.isLetter, !first.isNumber { text.removeFirst() }
        return String(text)
    }
}
