import Language
import Wire

/// One claim for each asserted sentence: the article's, or that of whoever it quotes.
struct ClaimFinder {
    private let document: Document
    private let quantities: Quantities
    private let dates: Dates
    private let propositions: PropositionFinder

    init(_ document: Document, _ reading: Reading, published: String?) {
        self.document = document
        quantities = Quantities(document: document, parts: document.parts(reading.pieces))
        propositions = PropositionFinder(document: document)
        dates = Dates(document: document, published: published.flatMap { CalendarDate($0) })
    }

    /// Finds the claims of `sentences`.
    ///
    /// - Parameters:
    ///   - sentences: The sentences that are no web furniture, in order.
    ///   - worthiness: For each, the probability that it states something worth checking.
    ///   - quotes: The quotes, in order of their first fragment.
    ///   - trees: For each its tree, or nil.
    ///   - parts: For each sentence the speaker's part, or nil where it is the article's.
    ///   - id: Makes the identifier of a claim of its spans and text.
    /// - Returns: The claims in the order of the text.
    func claims(
        in sentences: [Range<Int>], worthiness: [Double], quotes: [Analysis.Quote], trees: [SentenceTree?],
        parts: [Claimants.Part?],
        id: ([Span], String) -> String
    ) -> [Analysis.Claim] {
        var named = Dates.Named()
        return sentences.indices.compactMap { index in
            guard isAssertion(sentences[index], trees[index]),
                let whole = document.span(document.withoutDateline(sentences[index]))
            else { return nil }
            let quote = parts[index].map { quotes[$0.quote] }
            let spans = parts[index]?.spans ?? [whole]
            let (dates, quantities) = values(in: sentences[index], spans, trees[index], after: &named)
            let text = document.text(spans)
            var claimant = Analysis.Claimant(kind: .article)
            if let quote {
                claimant = Analysis.Claimant(kind: .speaker, entity: quote.speaker?.entity, name: quote.speaker?.name)
            }
            return Analysis.Claim(
                id: id(spans, text), text: text, spans: spans, claimant: claimant, quote: quote?.id,
                propositions: trees[index].map { propositions.propositions(of: $0) } ?? [],
                quantities: quantities, dates: dates, checkWorthiness: worthiness[index])
        }
    }

    /// The dates of a sentence, and the quantities in those stretches of it.
    private func values(
        in sentence: Range<Int>, _ spans: [Span], _ tree: SentenceTree?, after named: inout Dates.Named
    ) -> ([Analysis.DateMention], [Analysis.Quantity]) {
        let found = dates.dates(in: sentence, tree, after: &named)
        let quantities = quantities.quantities(in: sentence, except: found.map(\.tokens))
        func isInside(_ span: Span) -> Bool { spans.contains { $0.start <= span.start && span.end <= $0.end } }
        return (found.map(\.mention), quantities.filter { $0.spans.allSatisfy(isInside) })
    }

    /// A statement rather than a question or a heading of a word or two.
    ///
    /// Three words are one if they have a subject: "Nobody was hurt."
    private func isAssertion(_ sentence: Range<Int>, _ tree: SentenceTree?) -> Bool {
        var words = 0
        var last: Token?
        for token in document.tokens[sentence] {
            if token.isWord || token.kind == .number { words += 1 }
            if token.kind != .mark { last = token }
        }
        guard let last, words > 3 || words == 3 && last.kind == .terminal && tree?.hasSubject == true else {
            return false
        }
        if last.isColon { return false }
        return !(last.kind == .terminal && last.sign == "?")
    }
}
