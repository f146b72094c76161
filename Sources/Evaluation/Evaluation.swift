package import Wire

/// Measures analyses against annotated articles.
///
/// A quote counts as found if at least half of its words are shared (`partial`), or if all characters but signs and spaces are (`exact`). All shares
/// are over the articles together.
package enum Evaluation {
    /// The figures, by name; groups are missing where nothing of the kind is annotated.
    ///
    /// - Parameters:
    ///   - gold: The annotated articles.
    ///   - analyses: Their analyses by URI; an article without one counts as if nothing was found in it.
    /// - Returns: `content`, `source`, `tokens`, `speaker`, `claims`, `furniture`, `entity`, `calibration`, `quantities`, `dates`,
    ///   `propositions` and `modal`, with the numbers of articles.
    package static func figures(of gold: [Gold], analyses: [String: Analysis]) -> [String: Figure] {
        var figures: [String: Figure] = [
            "docs": .count(gold.count), "missing_docs": .count(gold.filter { analyses[$0.doc] == nil }.count),
        ]
        let quoted = gold.filter { $0.quotes != nil }.map { ScoredArticle($0, analyses[$0.doc]) }
        if !quoted.isEmpty {
            figures.merge(QuoteScores.figures(of: quoted)) { $1 }
            if quoted.contains(where: { ($0.gold.quotes ?? []).contains { $0.nested != true && $0.speaker != nil } }) {
                figures["speaker"] = SpeakerScores.names(in: quoted)
            }
            if quoted.contains(where: { $0.analysis?.entities.isEmpty == false }) {
                figures["entity"] = SpeakerScores.entities(in: quoted)
                figures["calibration"] = SentenceScores.calibration(of: quoted)
            }
        }
        let judged = gold.filter { $0.sentences != nil }.map { ScoredArticle($0, analyses[$0.doc]) }
        figures["claims"] = SentenceScores.claims(in: judged)
        figures["furniture"] = SentenceScores.furniture(in: judged)
        let detailed = gold.filter { $0.quantities != nil || $0.dates != nil || $0.propositions != nil }
        if !detailed.isEmpty {
            figures.merge(DetailScores.figures(of: detailed.map { ($0, analyses[$0.doc]) })) { $1 }
        }
        return figures
    }
}
