import Wire

/// One claim for each asserted sentence: the article's, or that of whoever it quotes.
struct ClaimFinder {
    private let document: Document
    private let quantities: Quantities
    private let dates: Dates

    init(_ document: Document, published: String?) {
        self.document = document
        quantities = Quantities(document: document)
        dates = Dates(document: document, published: published.flatMap { CalendarDate($0) })
    }

    /// Finds the claims of `sentences`.
    ///
    /// - Parameters:
    ///   - sentences: The sentences that are no web furniture, in order.
    ///   - worthiness: For each, the probability that it states something worth checking.
    ///   - quotes: The quotes, in order of their first fragment.
    ///   - id: Makes the identifier of a claim of its spans and text.
    /// - Returns: The claims in the order of the text.
    func claims(
        in sentences: [Range<Int>], worthiness: [Float], quotes: [Analysis.Quote], id: ([Span], String) -> String
    ) -> [Analysis.Claim] {
        let fragments = quotes.enumerated().flatMap { index, quote in
            quote.content.spans.map { (span: $0, quote: index) }
        }
        .sorted { $0.span.start < $1.span.start }
        var claims: [Analysis.Claim] = []
        var next = 0
        for (sentence, worth) in zip(sentences, worthiness) where isAssertion(sentence) {
            guard let whole = document.span(sentence) else { continue }
            while next < fragments.count, fragments[next].span.end <= whole.start { next += 1 }
            var at = next
            var best: (span: Span, quote: Int)?
            while at < fragments.count, fragments[at].span.start < whole.end {
                let common = Span(max(fragments[at].span.start, whole.start), min(fragments[at].span.end, whole.end))
                if common.count > best?.span.count ?? 0 { best = (common, fragments[at].quote) }
                at += 1
            }
            let quoted = best.map { ($0.span, quotes[$0.quote]) }
            if let claim = claim(sentence, whole, quoted, worth: Double(worth), id) { claims.append(claim) }
        }
        return claims
    }

    private func claim(
        _ sentence: Range<Int>, _ whole: Span, _ quoted: (span: Span, quote: Analysis.Quote)?,
        worth: Double, _ id: ([Span], String) -> String
    ) -> Analysis.Claim? {
        var span = whole
        var quote: Analysis.Quote?
        // What is said fills most of the sentence: it is the speaker's claim. Less than that leaves it the article's.
        if let quoted, quoted.span.count * 5 >= whole.count * 2 {
            span = quoted.span
            quote = quoted.quote
        }
        let tokens = sentence.filter {
            Int(document.tokens[$0].start) >= span.start && Int(document.tokens[$0].end) <= span.end
        }
        guard let first = tokens.first, let last = tokens.last else { return nil }
        let range = first..<last + 1
        let isSpoken = quote.map { $0.kind == .direct } ?? false
        if isSpoken, isOpinion(range) { return nil }
        let dates = dates.dates(in: range)
        let quantities = quantities.quantities(in: range, except: dates.map(\.tokens))
        let text = document.text(span)
        var claimant = Analysis.Claimant(kind: .article)
        if let quote {
            claimant = Analysis.Claimant(kind: .speaker, entity: quote.speaker?.entity, name: quote.speaker?.name)
        }
        return Analysis.Claim(
            id: id([span], text), text: text, spans: [span], claimant: claimant, quote: quote?.id,
            quantities: quantities,
            dates: dates.map(\.mention),
            checkWorthiness: worth.thousandths)
    }

    /// A statement rather than a question, an exclamation or a heading of a word or two.
    private func isAssertion(_ sentence: Range<Int>) -> Bool {
        var words = 0
        var last: Token?
        for token in document.tokens[sentence] {
            if token.isWord || token.kind == .number { words += 1 }
            if token.kind != .mark { last = token }
        }
        guard let last, words >= 4 else { return false }
        if last.isColon { return false }
        return !(last.kind == .terminal && (last.sign == "?" || last.sign == "!"))
    }

    /// A wish, an order or a judgement in the speaker's own words.
    private func isOpinion(_ range: Range<Int>) -> Bool {
        var subjective = 0
        for token in document.tokens[range] where token.isWord {
            if token.has(.subjective) { subjective += 1 }
        }
        return subjective >= 2
    }
}
