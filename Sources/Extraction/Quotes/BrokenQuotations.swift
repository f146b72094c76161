import Language
import Wire

/// Puts together quotations that narration breaks off.
///
/// “You cannot defend the rules,” one of them said, asking not to be named, “by tearing out the page”: the reader may give
/// the second half to the verb before it, with that verb's own words.
struct BrokenQuotations {
    let document: Document
    /// Its quotations, in order.
    let quotations: [Quotation]

    /// The attributions, in the order of the text, the second halves given to whom the first ones have.
    func mend(_ attributions: [Attribution]) -> [Attribution] {
        var result = attributions
        for index in result.indices {
            guard let last = result[index].content.last, let half = secondHalf(of: last),
                let other = result.indices.dropFirst(index + 1).prefix(Self.reach).first(where: {
                    holds(result[$0], half)
                })
            else { continue }
            result[index].content.append(half)
            result[other].content = result[other].content.compactMap { span in
                guard span.end >= half.end, span.start < half.start else { return span == half ? nil : span }
                let rest = document.scalars[span.start..<half.start].lastIndex {
                    $0 != "," && CharacterClass($0) != .space
                }
                return rest.map { Span(span.start, $0 + 1) }
            }
        }
        return result
    }

    /// How many attributions behind the first half are looked at.
    private static let reach = 3

    /// The quotation that goes on what was broken off at a comma: in the same paragraph, behind a comma, with a small letter.
    private func secondHalf(of first: Span) -> Span? {
        guard first.count > 2, document.scalars[first.end - 2] == "," else { return nil }
        let next = quotations.partitioningIndex { $0.span.start >= first.end }
        guard next > 0, next < quotations.count, quotations[next - 1].span.end == first.end else { return nil }
        let half = quotations[next].span
        let between = document.scalars[first.end..<half.start]
        guard between.count > 2, between.suffix(2).elementsEqual([",", " "]),
            !between.contains(where: { ".?!\n".unicodeScalars.contains($0) }),
            document.scalars[half.start + 1].properties.isLowercase
        else { return nil }
        return half
    }

    /// Whether an attribution ends in this quotation and has words of its own before it.
    private func holds(_ attribution: Attribution, _ half: Span) -> Bool {
        attribution.content.contains { $0.start < half.start && $0.end == half.end }
    }
}
