import Language
import Wire

/// How likely a sentence is the claim of somebody it quotes: logistic regression on what is said, how, and by what verb.
///
/// `Fitted.claimant` holds the weights, fitted to annotated articles.
struct ClaimantOdds {
    /// What a content is, by its verbs.
    enum Form: String {
        /// It has a finite verb: "that prices rose".
        case clause
        /// Its verbs are infinitives: "residents to stay at home".
        case infinitive
        /// It has no verb: "a peak of 5 %".
        case phrase
    }

    private let document: Document
    /// Where the pieces of verbs begin, in order.
    private let verbs: [Int]

    init(_ document: Document, _ reading: Reading) {
        self.document = document
        verbs = reading.pieces.filter { $0.part == .verb || $0.part == .auxiliary }.map(\.start)
    }

    /// From 0 to 1.
    static func probability(_ features: [(String, Double)]) -> Double {
        LogisticRegression(weights: Fitted.claimant).probability(of: features)
    }

    /// What there is to weigh, by name.
    ///
    /// - Parameters:
    ///   - quote: What holds most of the speaker's words.
    ///   - cue: The words of its cue.
    ///   - span: Its words in the sentence.
    ///   - form: What they are by their verbs.
    ///   - sentence: The whole.
    ///   - share: How much of the sentence, without cues and sources, is the speaker's, from 0 to 1.
    ///   - others: How many others are quoted in it.
    /// - Returns: Names and values.
    func features(
        of quote: Analysis.Quote, cue: [String], _ span: Span, _ form: Form, in sentence: Span, share: Double,
        others: Int
    ) -> [(String, Double)] {
        let content = tokens(of: span)
        let opening = content.first.map { document.words[$0] } ?? ""
        let hasNumber = content.contains { document.tokens[$0].kind == .number }
        let act = quote.act ?? "none"
        var found: [(String, Double)] = [
            ("share", share), ("little", share < 0.4 ? 1 : 0), ("nearly all", share > 0.8 ? 1 : 0),
            ("act \(act)", 1), ("kind \(quote.kind.rawValue)", 1), ("form \(form.rawValue)", 1),
            ("\(act) \(form.rawValue)", 1), ("number", hasNumber ? 1 : 0),
            ("number in \(form.rawValue)", hasNumber ? 1 : 0), ("others", Double(min(2, others))),
            ("sure", quote.confidence), ("speaker \(quote.speaker == nil ? "unknown" : "known")", 1),
            ("to", opening == "to" ? 1 : 0), ("that", ["that", "whether", "how", "there"].contains(opening) ? 1 : 0),
            ("gerund", opening.hasSuffix("ing") ? 1 : 0), ("headline", sentence.start == 0 ? 1 : 0),
        ]
        if let source = quote.source?.spans.first {
            found.append(("source behind", source.start >= span.end ? 1 : 0))
        }
        guard quote.cue != nil else { return found + [("no cue", 1)] }
        return found + Set(cue.map(\.stem)).sorted().map { ("cue \($0)", 1) }
    }

    /// The words of a quote's cue, in lower case.
    func cue(of quote: Analysis.Quote) -> [String] {
        (quote.cue?.spans ?? []).flatMap { tokens(of: $0) }.map { document.words[$0] }
    }

    /// What the words of a span are by their verbs.
    func form(of span: Span) -> Form {
        guard let first = document.token(at: span.start) else { return .phrase }
        if document.words[first] == "to" { return .infinitive }
        var next = verbs.partitioningIndex { $0 >= span.start }
        var form = Form.phrase
        while next < verbs.count, verbs[next] < span.end {
            guard let token = document.token(at: verbs[next]), token > first,
                document.words[token - 1] == "to"
            else { return .clause }
            form = .infinitive
            next += 1
        }
        return form
    }

    private func tokens(of span: Span) -> Range<Int> {
        .between(document.token(at: span.start) ?? 0, document.token(at: span.end) ?? document.tokens.count)
    }
}

extension String {
    /// A verb without most of its endings, so that its forms count as one: "denied" and "denies" are "den".
    fileprivate var stem: String {
        for ending in ["ying", "ied", "ies", "ing", "ed", "es", "s", "e", "y"]
        where hasSuffix(ending) && count > ending.count + 2 {
            return String(dropLast(ending.count))
        }
        return self
    }
}
