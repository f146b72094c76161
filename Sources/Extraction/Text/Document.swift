import Language
import Wire

/// An article's body as the rules read it: code points, paragraphs and tokens.
struct Document {
    /// A line, or several lines of a text that is wrapped at a fixed width.
    struct Paragraph {
        var span: Span
        var tokens: Range<Int>
    }

    /// The body, with spaces for line breaks within a paragraph: those tell nothing.
    let scalars: [Unicode.Scalar]
    /// The body as it was published, which is what texts are told of.
    private let published: [Unicode.Scalar]
    let paragraphs: [Paragraph]
    let tokens: [Token]
    /// The text of each token in lower case with straight apostrophes, without a possessive ending.
    let words: [String]

    /// Reads `body`, in time linear in its length.
    init(_ body: String) {
        published = Array(body.unicodeScalars)
        var scalars = published
        var tokens: [Token] = []
        tokens.reserveCapacity(scalars.count / 5)
        var paragraphs: [Paragraph] = []
        for span in Document.paragraphSpans(published) {
            let first = tokens.count
            for index in span.start..<span.end where CharacterClass(scalars[index]) == .lineEnd { scalars[index] = " " }
            var tokenizer = Tokenizer(scalars, from: span.start, to: span.end)
            tokenizer.run(into: &tokens)
            paragraphs.append(Paragraph(span: span, tokens: first..<tokens.count))
        }
        self.scalars = scalars
        self.tokens = tokens
        self.paragraphs = paragraphs
        words = tokens.map { token in
            let end = token.isPossessive ? token.end - 2 : token.end
            return Tokenizer.lowercased(scalars[Int(token.start)..<Int(end)])
        }
    }

    /// The text of `span`.
    func text(_ span: Span) -> String { String(published[span.start..<span.end]) }

    /// The text of the passage at `spans`, its fragments joined by " … ".
    func text(_ spans: [Span]) -> String { spans.map { text($0) }.joined(separator: " … ") }

    /// Whether some letter stands there.
    func hasLetter(in span: Span) -> Bool { scalars[span.start..<span.end].contains { $0.isLetter } }

    /// For each token its part of speech by its first piece, nil where no piece begins with it.
    func parts(_ pieces: [Reading.Labels]) -> [Reading.PartOfSpeech?] {
        var next = 0
        return tokens.map { token in
            while next < pieces.count, pieces[next].start < Int(token.start) { next += 1 }
            return next < pieces.count && pieces[next].start == Int(token.start) ? pieces[next].part : nil
        }
    }

    /// The token that starts at `offset` or is the first behind it, nil behind the last.
    func token(at offset: Int) -> Int? {
        let index = tokens.partitioningIndex { Int($0.start) >= offset }
        return index < tokens.count ? index : nil
    }

    /// The words of the tokens that begin in `span`.
    func words(in span: Span) -> ArraySlice<String> {
        words[.between(token(at: span.start) ?? tokens.count, token(at: span.end) ?? tokens.count)]
    }

    /// The code points from the first to the last of some tokens.
    func range(_ tokens: Range<Int>) -> Range<Int> { span(tokens).map { $0.start..<$0.end } ?? 0..<0 }

    /// The span from the first to the last of `range`'s tokens, or nil where the range is empty.
    func span(_ range: Range<Int>) -> Span? {
        range.isEmpty ? nil : Span(Int(tokens[range.lowerBound].start), Int(tokens[range.upperBound - 1].end))
    }
}
