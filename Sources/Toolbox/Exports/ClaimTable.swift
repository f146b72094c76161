import Service
import Presentation
import Wire

/// Claims as rows of CSV (RFC 4180), the strongest of an article first, and what is said again once.
enum ClaimTable {
    /// The names of the columns, as the first row.
    static let header = row([
        "score", "speaker", "role", "type", "text", "published", "headline", "source", "link", "uri", "act",
        "negated", "kind",
    ])

    /// The rows of an analysis.
    static func rows(_ analysis: Analysis) -> String {
        let entities = Dictionary(analysis.entities.map { ($0.id, $0) }) { first, _ in first }
        let quotes = Dictionary(analysis.quotes.map { ($0.id, $0) }) { first, _ in first }
        let article = analysis.article
        return analysis.distinctClaims.map { claim in
            let entity = claim.claimant.entity.flatMap { entities[$0] }
            let quote = claim.quote.flatMap { quotes[$0] }
            let isArticle = claim.claimant.kind == .article
            return row(
                [
                    Score.text(claim.checkWorthiness), claim.claimant.name ?? "", entity?.role ?? "",
                    isArticle ? "article" : entity?.type.rawValue ?? "unknown", claim.text, article.published ?? "",
                    article.headline, article.publisher ?? "",
                    TextFragment.address(of: claim.text, on: article.uri) ?? "", article.uri, quote?.act ?? "",
                    claim.propositions.contains(where: \.negated) ? "true" : "false", quote?.kind.rawValue ?? "",
                ])
        }.joined()
    }

    /// What formulas begin with, and what has a meaning between cells: code points, which readers look at one by one.
    private static let (formulas, marks): (Set<Unicode.Scalar>, Set<Unicode.Scalar>) = (
        ["=", "+", "-", "@", "＝", "＋", "－", "＠"], ["\"", ",", ";"]
    )

    private static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// A cell: text of one line that no spreadsheet takes for a formula.
    ///
    /// What begins like one gets an apostrophe in front, as spreadsheets themselves write it.
    static func cell(_ text: String) -> String {
        var text = Printable.line(text)
        if let first = text.unicodeScalars.first, Self.formulas.contains(first) { text = "'" + text }
        guard text.unicodeScalars.contains(where: Self.marks.contains) else { return text }
        return "\"" + text.doubling(["\""]) + "\""
    }
}
