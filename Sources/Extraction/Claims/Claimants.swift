import Language
import Wire

/// Decides whose claim a sentence is: the article's, or that of the speaker whose words hold what can be checked.
///
/// Whatever stands around the attribution counts for neither: in "According to Lena Holt, crime fell by 12 %" all that is left
/// is Holt's. An announced act, an order or a call mostly leaves the sentence the article's: `ClaimantOdds` weighs that.
struct Claimants {
    /// A speaker's part of a sentence.
    struct Part {
        /// Index of the quote that holds most of it.
        var quote: Int
        /// Where it stands within the sentence, in order.
        var spans: [Span]
    }

    /// What one speaker says of a sentence.
    struct Candidate {
        /// Index of the quote that holds most of it.
        var quote: Int
        /// Its words within the sentence; all of that where they take the cue to say it: "found no evidence of it", "denied
        /// that it fell".
        var spans: [Span]
        /// What speaks for and against its being the speaker's, by name.
        var features: [(String, Double)]
        /// All of the sentence stands between quotation marks.
        var isAllQuoted: Bool

        /// From 0 to 1.
        var probability: Double { isAllQuoted ? 1 : ClaimantOdds.probability(features) }
    }

    private let document: Document
    private let quotes: [Analysis.Quote]
    private let odds: ClaimantOdds
    /// Stretches of what is said, of cues and of sources, each with its quote, in order.
    private let fragments: [Fragment]

    private struct Fragment {
        var span: Span
        var quote: Int
        var isContent: Bool
    }

    /// A stretch of a sentence that somebody says.
    private struct Told {
        var quote: Int
        var span: Span
        /// Its tokens.
        var words: Set<Int>
        /// How whoever says it stands to it.
        var stance: Stance
    }

    init(_ document: Document, _ quotes: [Analysis.Quote], _ reading: Reading) {
        self.document = document
        self.quotes = quotes
        odds = ClaimantOdds(document, reading)
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
        candidates(of: sentences).map { candidates in
            let weighed = candidates.map { (candidate: $0, probability: $0.probability) }
            guard let best = weighed.max(by: { $0.probability < $1.probability }), best.probability >= 0.5 else {
                return nil
            }
            return Part(quote: best.candidate.quote, spans: best.candidate.spans)
        }
    }

    /// Who says something of each of the `sentences`.
    ///
    /// - Parameter sentences: Tokens of sentences, in order.
    /// - Returns: The speakers of each.
    func candidates(of sentences: [Range<Int>]) -> [[Candidate]] {
        var next = 0
        /// Fragments that reach beyond the sentence where they begin.
        var open: [Fragment] = []
        return sentences.map { sentence in
            guard let span = document.span(sentence) else { return [] }
            open.removeAll { $0.span.end <= span.start }
            while next < fragments.count, fragments[next].span.start < span.end {
                if fragments[next].span.end > span.start { open.append(fragments[next]) }
                next += 1
            }
            return open.isEmpty ? [] : candidates(of: sentence, span, open)
        }
    }

    private func candidates(of sentence: Range<Int>, _ whole: Span, _ fragments: [Fragment]) -> [Candidate] {
        var frame = Set<Int>()
        for fragment in fragments where !fragment.isContent { frame.formUnion(words(of: fragment.span, in: sentence)) }
        let rest = words(of: whole, in: sentence).filter { !frame.contains($0) }.count
        var bySpeaker: [(speaker: String, parts: [Told])] = []
        for fragment in fragments where fragment.isContent {
            let span = Span(max(fragment.span.start, whole.start), min(fragment.span.end, whole.end))
            let words = words(of: span, in: sentence).subtracting(frame)
            if words.isEmpty { continue }
            let speaker = quotes[fragment.quote].speaker?.entity ?? "quote \(fragment.quote)"
            let part = Told(
                quote: fragment.quote, span: span, words: words,
                stance: Stance(of: quotes[fragment.quote], in: document))
            if let known = bySpeaker.firstIndex(where: { $0.speaker == speaker }) {
                bySpeaker[known].parts.append(part)
            } else {
                bySpeaker.append((speaker, [part]))
            }
        }
        return bySpeaker.compactMap { found in
            // "Police did not say how many had died": that is the article's.
            let told = found.parts.filter { $0.stance != .leavesOpen }
            // What somebody says carries a claim rather than what they deny beside it.
            let plain = told.filter { $0.stance == .states }
            guard let main = (plain.isEmpty ? told : plain).max(by: { $0.words.count < $1.words.count }) else {
                return nil
            }
            let quote = quotes[main.quote]
            let form = quote.kind == .direct ? .clause : odds.form(of: main.span)
            let words = told.reduce(into: Set<Int>()) { $0.formUnion($1.words) }
            let untold = found.parts.filter { $0.stance == .leavesOpen }.reduce(into: Set<Int>()) {
                $0.formUnion($1.words)
            }
            let share = Double(words.count) / Double(max(1, rest - untold.subtracting(words).count))
            let features = odds.features(
                of: quote, cue: odds.cue(of: quote), main.span, form, in: whole, share: share,
                others: bySpeaker.count - 1)
            let isPlain = form == .clause && plain.count == told.count && !isFew(quote)
            return Candidate(
                quote: main.quote, spans: isPlain ? told.map(\.span) : [whole],
                features: features, isAllQuoted: quote.kind == .direct && share > Self.nearlyAll)
        }
    }

    private static let nearlyAll = 0.9

    /// "Few experts believe that it works": without them the claim would be another one.
    private func isFew(_ quote: Analysis.Quote) -> Bool {
        let first = quote.source?.spans.first.flatMap { document.words(in: $0).first }
        return first == "few" || first == "not"
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
