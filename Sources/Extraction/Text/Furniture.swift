import Language
import Wire

/// Web furniture: sentences of a page that are no part of its article.
struct Furniture {
    /// The probability from which a sentence is furniture.
    static let threshold: Float = 0.4
    /// Code points of a paragraph that its openings are looked for in.
    private static let opening = 40
    /// Words from which a paragraph that ends as sentences do is text again behind a heading of furniture.
    private static let prose = 30

    /// The stretches of furniture in code points, in order, neighbours joined.
    private(set) var spans: [Span] = []

    /// The sentences that are furniture whatever the model says: by how their paragraph opens, or for want of any word.
    static func indices(of sentences: [Range<Int>], in document: Document) -> [Int] {
        var inTail = false
        var inAbout = false
        var next = 0
        var found: [Int] = []
        for (index, paragraph) in document.paragraphs.enumerated() {
            let opening = opening(of: paragraph.span, in: document)
            if FurnitureWords.tails.contains(opening) {
                inTail = true
            } else if inTail, isProse(paragraph, in: document) {
                inTail = false
            }
            // Behind "About Li & Sons" at its end, a press release tells of its sender.
            if isHeading(paragraph, in: document) {
                inAbout = opening.hasPrefix("about ") && 2 * index + 1 >= document.paragraphs.count
            }
            let isRuled = inTail || inAbout || FurnitureWords.openings.contains { opening.hasPrefix($0) }
            while next < sentences.count, sentences[next].lowerBound < paragraph.tokens.upperBound {
                let tokens = document.tokens[sentences[next]]
                let first = document.span(sentences[next]).map { Self.opening(of: $0, in: document) } ?? ""
                if isRuled || isCredited(sentences[next], in: document)
                    || FurnitureWords.sentences.contains(where: first.hasPrefix)
                    || !tokens.contains(where: { $0.kind == .word || $0.kind == .number })
                {
                    found.append(next)
                }
                next += 1
            }
        }
        return found
    }

    private static func opening(of span: Span, in document: Document) -> String {
        document.text(Span(span.start, min(span.end, span.start + opening))).lowercased()
    }

    /// A short line that does not end as a sentence does.
    private static func isHeading(_ paragraph: Document.Paragraph, in document: Document) -> Bool {
        guard let last = document.tokens[paragraph.tokens].last, paragraph.tokens.count <= 8 else { return false }
        return last.kind == .word
    }

    /// A caption that ends in whoever took the picture: "The bridge at dusk Photo: Ann Li".
    private static func isCredited(_ sentence: Range<Int>, in document: Document) -> Bool {
        guard sentence.count <= caption.all else { return false }
        return sentence.suffix(caption.credit).contains { index in
            index > sentence.lowerBound && document.tokens[index].isColon
                && FurnitureWords.credits.contains(document.text([document.tokens[index - 1].span]))
        }
    }

    /// The longest caption and the longest credit at its end, in tokens.
    private static let caption = (all: 60, credit: 9)

    /// Whether a sentence with that probability is furniture; an entry of a list, which is short as furniture is, must be
    /// so more surely.
    static func isFurniture(_ probability: Float, _ sentence: Range<Int>, in document: Document) -> Bool {
        let first = document.tokens[sentence].first
        // “It is late.” — Ann Li, baker
        if let first, first.isDash, sentence.lowerBound > 0, document.tokens[sentence.lowerBound - 1].kind == .mark {
            return false
        }
        if tellsAge(sentence, in: document) { return false }
        let isEntry = first.map { $0.isSign("•") || $0.isSign("▪") || $0.isSign("◦") } ?? false
        return probability >= (isEntry ? entryThreshold : threshold)
    }

    private static let entryThreshold: Float = 0.8

    /// "Ann Li, 39, worked in Hull." tells who the text is about, and is no caption.
    private static func tellsAge(_ sentence: Range<Int>, in document: Document) -> Bool {
        let tokens = document.tokens[sentence]
        guard tokens.last?.kind == .terminal, let comma = tokens.prefix(6).firstIndex(where: \.isComma),
            comma > sentence.lowerBound + 1, comma + 2 < sentence.upperBound - 1,
            tokens[sentence.lowerBound..<comma].allSatisfy({ $0.kind == .word && $0.isCapitalized })
        else { return false }
        return tokens[comma + 1].kind == .number && tokens[comma + 2].isComma
    }

    /// A paragraph long enough, and ended as, running text.
    private static func isProse(_ paragraph: Document.Paragraph, in document: Document) -> Bool {
        guard let last = document.tokens[paragraph.tokens].last, paragraph.tokens.count >= prose else { return false }
        return last.kind == .terminal || last.kind == .mark
    }

    /// - Parameters:
    ///   - sentences: Tokens of the sentences that are furniture, in order.
    ///   - document: The text.
    init(_ sentences: [Range<Int>], in document: Document) {
        var last = 0
        for sentence in sentences {
            guard let span = document.span(sentence) else { continue }
            if sentence.lowerBound == last, let before = spans.last {
                spans[spans.count - 1] = Span(before.start, span.end)
            } else {
                spans.append(span)
            }
            last = sentence.upperBound
        }
    }

    /// Whether `offset` lies in furniture.
    func contains(_ offset: Int) -> Bool {
        let index = spans.partitioningIndex { $0.end > offset }
        return index < spans.count && spans[index].start <= offset
    }
}
