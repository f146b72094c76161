import Wire

@testable import Extraction

/// One extractor for all tests, under an identity that does not change with the sources.
enum Reader {
    private static let extractor = Result {
        try EnglishExtractor(pipeline: Analysis.Pipeline(name: "extract-en", version: "1.0.0", model: "sha256:test"))
    }

    static func analyze(_ article: Article) throws -> Analysis { try extractor.get().analyze(article) }
}
