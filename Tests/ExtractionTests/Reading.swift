import Extraction
import Wire

/// A short text with its analysis, and what tests ask of it.
struct Reading {
    let analysis: Analysis

    init(_ body: String, language: String = "en", published: String? = nil) throws {
        analysis = try Reader.analyze(
            Article(uri: "urn:test", language: language, published: published, body: body))
    }

    /// Kind, speaker and text of each quote.
    var quotes: [String] {
        analysis.quotes.map { "\($0.kind.rawValue) | \($0.speaker?.name ?? "-") | \($0.content.text)" }
    }

    /// The texts of the quotes.
    var contents: [String] { analysis.quotes.map(\.content.text) }
}
