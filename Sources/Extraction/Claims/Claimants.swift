import Language
import Wire

/// Decides whose claim a sentence is: the article's, or that of the speaker whose words hold what can be checked.
///
/// Whatever stands around the attribution counts for neither: in "According to Lena Holt, crime fell by 12 %" all that is left
/// is Holt's. An announced act, an order or a call leaves the sentence the article's.
struct Claimants {
    /// A speaker's part of a sentence.
    struct Part {
        /// Index of the quote that holds most of it.
        var quote: Int
        /// Where it stands within the sentence, in order.
        var spans: [Span]
    }

    /// The share of what is left of a sentence from which it is the speaker's.
    private static let least = 0.5

    private let document: Document
    private let quotes: [Analysis.Quote]
    /// Where the pieces of verbs begin, in order.
    private let verbs: [Int]
    /// Stretches of what is said, of cues and of sources, each with its quote, in order.
    private let fragments: [Fragment]

    private struct Fragment {
        var span: Span
        var quote: Int
        var isContent: Bool
    }

    init(_ document: Document, _ quotes: [Analysis.Quote], _ reading: Reading) {
        self.document = document
        self.quotes = quotes
        verbs = reading.pieces.filter { $0.part == .verb || $0.part == .auxiliary }.map(\.start)
        // What a speaker says that others said is the speaker's.
        fragments = quotes.enumerated().filter { $0.element.nested == nil }.flatMap { index, quote in
            quote.content.spans.map { Fragment(span: $0, quote: index, isContent: true) }
                + ((quote.cue?.spans ?? []) + (quote.source?.spans ?? []))
                .map { Fragment(span: $0, quote: index, isContent: false) }
        }.sorted { ($0.span.start, $0.quote) < ($1.span.start, $1.quote) }
    }

    /// The speaker's part of each of the `sentences`, nil where the sentence is the article's.
    ///
    /// - Parameter sentences: Tokens of sentences, in order.
    /// - Returns: One for each.
    func parts(of sentences: [Range<Int>]) -> [Part?] {
        var next = 0
        /// Fragments that reach beyond the sentence where they begin.
        var open: [Fragment] = []
        return sentences.map { sentence in
            guard let span = document.span(sentence) else { return nil }
            open.removeAll { $0.span.end <= span.start }
            while next < fragments.count, fragments[next].span.start < span.end {
                if fragments[next].span.end > span.start { open.append(fragments[next]) }
                next += 1
            }
            return open.isEmpty ? nil : part(of: sentence, span, open)
        }
    }

    private func part(of sentence: Range<Int>, _ whole: Span, _ fragments: [Fragment]) -> Part? {
        var frame = Set<Int>()
        for fragment in fragments where !fragment.isContent { frame.formUnion(words(of: fragment.span, in: sentence)) }
        let rest = words(of: whole, in: sentence).filter { !frame.contains($0) }.count
        var findings = Set<Int>()
        var bySpeaker: [(speaker: String, words: Set<Int>, parts: [(quote: Int, span: Span, words: Int)])] = []
        for fragment in fragments where fragment.isContent {
            let quote = quotes[fragment.quote]
            let span = Span(max(fragment.span.start, whole.start), min(fragment.span.end, whole.end))
            guard let assertion = assertion(quote, span) else { continue }
            if assertion == .finding { findings.insert(fragment.quote) }
            let words = words(of: span, in: sentence).subtracting(frame)
            let speaker = quote.speaker?.entity ?? "quote \(fragment.quote)"
            let part = (fragment.quote, span, words.count)
            if let known = bySpeaker.firstIndex(where: { $0.speaker == speaker }) {
                bySpeaker[known].words.formUnion(words)
                bySpeaker[known].parts.append(part)
            } else {
                bySpeaker.append((speaker, words, [part]))
            }
        }
        guard let best = bySpeaker.max(by: { $0.words.count < $1.words.count }), !best.words.isEmpty,
            Double(best.words.count) >= Self.least * Double(rest),
            let quote = best.parts.max(by: { $0.words < $1.words })?.quote
        else { return nil }
        // A finding without its cue would say nothing.
        return Part(quote: quote, spans: findings.contains(quote) ? [whole] : best.parts.map(\.span))
    }

    /// How a quote puts something forward as true.
    private enum Assertion {
        /// Its content says it: "that prices rose".
        case clause
        /// It takes the cue to say it: "found no evidence of it", "projects growth of 0.7 %".
        case finding
    }

    /// How a quote puts its content forward as true, said, believed or shown, or nil.
    private func assertion(_ quote: Analysis.Quote, _ span: Span) -> Assertion? {
        guard quote.act != Reading.Act.intention.rawValue, quote.act != Reading.Act.decree.rawValue else {
            return nil
        }
        if quote.kind == .direct { return .clause }
        guard let first = document.token(at: span.start) else { return nil }
        if document.word(document.tokens[first]) == "to" { return nil }
        // "residents to stay at home" is called for, not stated.
        var next = verbs.partitioningIndex { $0 >= span.start }
        var isInfinitive = false
        while next < verbs.count, verbs[next] < span.end {
            guard let token = document.token(at: verbs[next]), token > first,
                document.word(document.tokens[token - 1]) == "to"
            else { return .clause }
            isInfinitive = true
            next += 1
        }
        guard !isInfinitive else { return nil }
        let isFinding =
            quote.act == Reading.Act.evidence.rawValue
            || quote.act == Reading.Act.belief.rawValue
                && tokens(of: span).contains { document.tokens[$0].kind == .number }
        return isFinding ? .finding : nil
    }

    private func tokens(of span: Span) -> Range<Int> {
        .between(document.token(at: span.start) ?? 0, document.token(at: span.end) ?? document.tokens.count)
    }

    private func words(of span: Span, in sentence: Range<Int>) -> Set<Int> {
        guard let first = document.token(at: span.start) else { return [] }
        var found = Set<Int>()
        for index in Range.between(max(first, sentence.lowerBound), sentence.upperBound) {
            let token = document.tokens[index]
            if Int(token.start) >= span.end { break }
            if token.kind == .word || token.kind == .number { found.insert(index) }
        }
        return found
    }
}
