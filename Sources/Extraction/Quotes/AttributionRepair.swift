import Language
import Wire

/// Mends what the reader's pointers join wrongly: sources that belong to another cue, contents torn apart by others' words.
struct AttributionRepair {
    /// The sentences in code points, in order.
    let sentences: [Span]
    /// The paragraphs in code points, in order.
    let paragraphs: [Span]
    /// Whether a quotation mark stands at an offset.
    let isMark: (Int) -> Bool

    /// - Parameter attributions: The attributions, in any order.
    func repair(_ attributions: inout [Attribution]) {
        for index in attributions.indices {
            keepNearestCue(&attributions[index])
            attributions[index].source = attributions[index].source.flatMap(cutAtSentences)
        }
        let sources = attributions.flatMap(\.source).sorted { $0.start < $1.start }
        for index in attributions.indices { keepNearestSource(&attributions[index]) }
        let claimed = Set(attributions.flatMap(\.source).map(\.start))
        for index in attributions.indices {
            if attributions[index].source.isEmpty { takeNext(sources, but: claimed, for: &attributions[index]) }
            if attributions[index].source.isEmpty { share(sources, with: &attributions[index]) }
            leaveHeadline(&attributions[index])
            cutBehindHeadline(&attributions[index])
            keepParagraph(&attributions[index])
            leaveNextSentence(&attributions[index])
            keepNearestContent(&attributions[index])
        }
        attributions.removeAll(where: isLoose)
    }

    /// Below this, what has neither cue nor source nor quotation marks is not said by anybody: 3 of 12 in the
    /// development articles.
    private static let leastOfLoose = 0.8

    private func isLoose(_ attribution: Attribution) -> Bool {
        attribution.cue.isEmpty && attribution.source.isEmpty && attribution.confidence < Self.leastOfLoose
            && !attribution.content.contains { isMark($0.start) }
    }

    /// The number of the sentence that holds `offset`.
    private func sentence(at offset: Int) -> Int { sentences.partitioningIndex { $0.start > offset } - 1 }

    /// Of several sources keeps the one beside the cue.
    private func keepNearestSource(_ attribution: inout Attribution) {
        guard attribution.source.count > 1, let anchor = attribution.cue.first ?? attribution.content.first else {
            return
        }
        func distance(_ span: Span) -> Int {
            let apart = sentence(at: span.start) == sentence(at: anchor.start) ? 0 : 1_000
            return apart + max(0, span.start - anchor.end, anchor.start - span.end)
        }
        guard let nearest = attribution.source.min(by: { distance($0) < distance($1) }) else { return }
        attribution.source = [nearest]
    }

    /// Of a cue in several sentences, one of them perhaps the headline, keeps what stands where the content is.
    private func keepNearestCue(_ attribution: inout Attribution) {
        guard attribution.cue.count > 1, let content = attribution.content.first,
            Set(attribution.cue.map { sentence(at: $0.start) }).count > 1
        else { return }
        let home = sentence(at: content.start)
        let kept = attribution.cue.filter { sentence(at: $0.start) == home }
        if !kept.isEmpty { attribution.cue = kept }
    }

    /// A source is one phrase: what runs over the end of a sentence is two.
    private func cutAtSentences(_ source: Span) -> [Span] {
        var parts: [Span] = []
        var start = source.start
        while start < source.end {
            let index = sentence(at: start)
            let next = index + 1 < sentences.count ? min(source.end, sentences[index + 1].start) : source.end
            let end = index >= 0 ? min(next, max(start + 1, sentences[index].end)) : next
            parts.append(Span(start, end))
            start = max(next, end)
        }
        return parts
    }

    /// Gives a cue the source right behind it that no other cue has.
    private func takeNext(_ sources: [Span], but claimed: Set<Int>, for attribution: inout Attribution) {
        guard let cue = attribution.cue.last else { return }
        let next = sources.partitioningIndex { $0.start >= cue.end }
        guard next < sources.count, sources[next].start <= cue.end + 1, !claimed.contains(sources[next].start) else {
            return
        }
        attribution.source = [sources[next]]
    }

    /// Gives coordinated cues their common source: "Ann Li said …, and warned …" names her once.
    private func share(_ sources: [Span], with attribution: inout Attribution) {
        guard let cue = attribution.cue.first else { return }
        let source = sources.partitioningIndex { $0.start >= cue.start } - 1
        let sentence = sentence(at: cue.start)
        guard source >= 0, sentence >= 0, sources[source].start >= sentences[sentence].start else { return }
        attribution.source = [sources[source]]
    }

    /// Lets go of words without quotation marks in other paragraphs than the cue's, such as a headline over a quotation.
    private func keepParagraph(_ attribution: inout Attribution) {
        guard let cue = attribution.cue.first else { return }
        let home = paragraph(at: cue.start)
        let kept = attribution.content.filter { paragraph(at: $0.start) == home || isMark($0.start) }
        if !kept.isEmpty { attribution.content = kept }
    }

    /// Lets go of a source in the headline, where a quotation in the text has no cue.
    private func leaveHeadline(_ attribution: inout Attribution) {
        guard attribution.cue.isEmpty, let content = attribution.content.first, paragraph(at: content.start) > 0 else {
            return
        }
        attribution.source.removeAll { paragraph(at: $0.start) == 0 }
    }

    /// Words without quotation marks that run from the headline into the text are two stretches.
    private func cutBehindHeadline(_ attribution: inout Attribution) {
        guard paragraphs.count > 1, let first = attribution.content.first, first.start < paragraphs[0].end,
            first.end > paragraphs[1].start, !isMark(first.start)
        else { return }
        attribution.content.replaceSubrange(
            0..<1, with: [Span(first.start, paragraphs[0].end), Span(paragraphs[1].start, first.end)])
    }

    /// What comes before its cue without quotation marks ends with the cue's sentence.
    private func leaveNextSentence(_ attribution: inout Attribution) {
        guard let cue = attribution.cue.last, attribution.content.count > 1, let first = attribution.content.first,
            first.end <= cue.start, let last = attribution.content.last,
            !(max(0, first.start - 2)..<last.end).contains(where: isMark),
            sentence(at: first.start) == sentence(at: cue.start)
        else { return }
        let home = sentence(at: cue.start)
        let kept = attribution.content.filter { sentence(at: $0.start) <= home }
        if !kept.isEmpty { attribution.content = kept }
    }

    private func paragraph(at offset: Int) -> Int { paragraphs.partitioningIndex { $0.start > offset } - 1 }

    /// Content whose stretches lie more than a sentence apart is kept where the cue is; the rest of it is let go.
    private func keepNearestContent(_ attribution: inout Attribution) {
        guard attribution.content.count > 1, let anchor = attribution.cue.first ?? attribution.source.first else {
            return
        }
        var groups: [[Span]] = []
        for span in attribution.content {
            if let last = groups.last?.last, sentence(at: span.start) - sentence(at: last.end - 1) <= 1 {
                groups[groups.count - 1].append(span)
            } else {
                groups.append([span])
            }
        }
        let home = sentence(at: anchor.start)
        func distance(_ group: [Span]) -> Int { group.map { abs(sentence(at: $0.start) - home) }.min() ?? 0 }
        if let nearest = groups.min(by: { distance($0) < distance($1) }) { attribution.content = nearest }
    }
}
