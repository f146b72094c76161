import Language
import Wire

/// Puts an analysis together: identifiers, entities, quotes, claims.
struct AnalysisBuilder {
    var analysis: Analysis

    init(_ article: Article, _ pipeline: Analysis.Pipeline) {
        let reference = Analysis.ArticleReference(to: article)
        analysis = Analysis(
            id: Analysis.identifier(of: reference, by: pipeline), article: reference, pipeline: pipeline)
    }

    /// Adds the quotes with their speakers, and an entity for each speaker in the order of first speech.
    mutating func addQuotes(
        _ attributions: [Attribution], within outer: [Int?], _ answers: [SpeakerResolver.Answer?],
        _ resolver: SpeakerResolver, _ document: Document,
        kind: ([Span]) -> Analysis.QuoteKind
    ) {
        var entities: [Int: Analysis.Entity] = [:]
        for (attribution, answer) in zip(attributions, answers) {
            var known: Analysis.Entity?
            if let speaker = answer?.entity {
                known = entities[speaker] ?? entity(resolver, speaker, number: entities.count + 1)
                if entities[speaker] == nil, let known {
                    entities[speaker] = known
                    analysis.entities.append(known)
                }
            }
            let content = Analysis.Passage(text: document.text(attribution.content), spans: attribution.content)
            let kind = attribution.isTurn ? .direct : kind(attribution.content)
            analysis.quotes.append(
                Analysis.Quote(
                    id: identifier(attribution.isCited ? "cited" : "quote", content.spans, content.text), kind: kind,
                    act: attribution.act.rawValue, content: content,
                    cue: passage(attribution.cue, document), source: passage(attribution.source, document),
                    speaker: known.map { Analysis.Speaker($0, confidence: answer?.confidence) },
                    confidence: attribution.confidence))
        }
        for (index, outer) in outer.enumerated() {
            if let outer { analysis.quotes[index].nested = analysis.quotes[outer].id }
        }
    }

    /// Adds the claims of `sentences`, each with its check-worthiness.
    mutating func addClaims(
        in sentences: [Range<Int>], worthiness: [Double], trees: [SentenceTree?], _ document: Document,
        _ reading: Reading,
        by finder: ClaimFinder
    ) {
        let parts = Claimants(document, analysis.quotes, reading).parts(of: sentences)
        analysis.claims = finder.claims(
            in: sentences, worthiness: worthiness, quotes: analysis.quotes, trees: trees,
            parts: parts
        ) {
            identifier("claim", $0, $1)
        }
        let within = Dictionary(grouping: analysis.quotes.filter { $0.nested != nil }) { $0.nested ?? "" }
        let byID = Dictionary(analysis.quotes.map { ($0.id, $0) }) { first, _ in first }
        let roles = Dictionary(analysis.entities.map { ($0.id, $0.role) }) { first, _ in first }
        for index in analysis.claims.indices {
            let claim = analysis.claims[index]
            let origin = claim.quote.flatMap { within[$0] }?.first { claim.isPassedOn(from: $0) }
            guard let origin, let speaker = origin.speaker,
                let outer = origin.nested.flatMap({ byID[$0] }),
                outer.passesOn(origin, as: outer.speaker.flatMap { roles[$0.entity] ?? nil })
            else {
                analysis.claims[index].origin = origin?.id
                continue
            }
            analysis.claims[index].claimant = Analysis.Claimant(
                kind: .speaker, entity: speaker.entity, name: speaker.name)
            analysis.claims[index].quote = origin.id
        }
        for (index, first) in Restatements(analysis.claims).first().enumerated() {
            analysis.claims[index].repeats = first.map { analysis.claims[$0].id }
        }
    }

    /// Says of which quotes their source says that they are not so, or does not say, or asks; last, since claims are told by what cues report.
    mutating func tellDenials(_ document: Document) {
        for index in analysis.quotes.indices {
            let quote = analysis.quotes[index]
            let (cue, content) = document.words(of: quote)
            guard let start = quote.cue?.spans.first?.start, let first = quote.content.spans.first,
                let act = Stance.act(cue: cue, content: content),
                // “No,” she denied: what stands in front of its cue is said, and so is what somebody asks in these words.
                quote.kind != .direct || act != "question" && start < first.start
            else { continue }
            analysis.quotes[index].act = act
        }
    }

    /// Says which long passages in quotation marks no quote with a speaker has, or not all of.
    ///
    /// The reader sees so many words at a time; of what somebody says beyond that it finds parts, and often nobody who says it.
    mutating func remarkLongQuotations(_ quotations: [Quotation], _ document: Document) {
        let told = analysis.quotes.filter { $0.speaker != nil }.flatMap(\.content.spans).sorted { $0.start < $1.start }
        let missing = quotations.filter { quotation in
            guard quotation.words > Self.longestQuotation else { return false }
            // Quotes within quotes stand in the same place: each code point counts once.
            var (covered, end) = (0, quotation.span.start)
            for span in told where span.end > end && span.start < quotation.span.end {
                covered += min(span.end, quotation.span.end) - max(span.start, end)
                end = span.end
            }
            return 10 * covered < 9 * quotation.span.count
        }
        guard let longest = missing.map(\.words).max() else { return }
        analysis.remark(
            .longQuotation,
            "\(missing.count == 1 ? "a passage" : "\(missing.count) passages") in quotation marks of more than "
                + "\(Self.longestQuotation) words, the longest of \(longest), \(missing.count == 1 ? "is" : "are") told in part, "
                + "without a speaker, or not at all",
            spans: missing.prefix(Self.mostSpans).map(\.span))
    }

    /// The words of a passage in quotation marks up to which one quote has all of it, as a rule.
    private static let longestQuotation = 150
    /// So many places are named in a remark.
    private static let mostSpans = 100

    private func passage(_ spans: [Span], _ document: Document) -> Analysis.Passage? {
        spans.isEmpty ? nil : Analysis.Passage(text: document.text(spans), spans: spans)
    }

    private func entity(_ resolver: SpeakerResolver, _ speaker: Int, number: Int) -> Analysis.Entity {
        let entity = resolver.scene.entity(speaker)
        let mentions = (resolver.mentions[speaker] ?? []).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        return Analysis.Entity(
            id: "e\(number)", name: entity.name, type: entity.type, role: entity.role, mentions: mentions)
    }

    private func identifier(_ kind: String, _ spans: [Span], _ text: String) -> String {
        Analysis.identifier(of: kind, in: analysis.id, spans: spans, text: text)
    }
}

extension Analysis.Quote {
    /// Whether whoever says this only passes on a quote within it: a newspaper, or who cites its source.
    fileprivate func passesOn(_ quote: Analysis.Quote, as role: String?) -> Bool {
        if content.spans == quote.content.spans || Self.quoting.contains(cue?.text.lowercased() ?? "") { return true }
        guard let speaker else { return cue?.text.lowercased() == "reportedly" }
        return speaker.type == .organization && Media.isMedium(speaker.name, role: role)
    }

    private static let quoting: Set<String> = ["cited", "cites", "quoted", "quotes"]
}

extension Analysis.Claim {
    /// Whether a quote within the claimant's words says most of the claim, and as a fact.
    fileprivate func isPassedOn(from quote: Analysis.Quote) -> Bool {
        guard quote.act != Reading.Act.intention.rawValue, quote.act != Reading.Act.decree.rawValue,
            quote.speaker == nil || quote.speaker?.entity != claimant.entity
        else { return false }
        // With the words that attribute it.
        let all = quote.content.spans + (quote.cue?.spans ?? []) + (quote.source?.spans ?? [])
        let hull = Span(all.map(\.start).min() ?? 0, all.map(\.end).max() ?? 0)
        let covered = spans.reduce(0) { $0 + max(0, min(hull.end, $1.end) - max(hull.start, $1.start)) }
        return 2 * covered >= spans.reduce(0) { $0 + $1.count }
    }
}
