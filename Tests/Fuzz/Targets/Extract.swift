import Extraction
import Wire

/// The analyzer's way from a text to its analysis.
enum Extract {
    private static let extractor = try? EnglishExtractor()

    /// Every passage stands where its span says, and the analysis can be sent.
    static let analysis: Fuzz.Target = { input in
        let body = String(decoding: input, as: UTF8.self)
        let article = Article(uri: "urn:fuzz", headline: String(body.prefix(80)), language: "en", body: body)
        guard let analysis = try? extractor?.analyze(article) else { return }
        let text = Array(body.unicodeScalars)
        let spans =
            analysis.quotes.flatMap { $0.content.spans } + analysis.claims.flatMap(\.spans) + analysis.boilerplate
        for span in spans {
            require(span.start >= 0 && span.start <= span.end && span.end <= text.count, "\(span) of \(text.count)")
        }
        for quote in analysis.quotes where quote.content.spans.count == 1 {
            let span = quote.content.spans[0]
            let passage = String(String.UnicodeScalarView(text[span.start..<span.end]))
            require(Array(passage.utf8) == Array(quote.content.text.utf8), "\(quote.content) is not in the text")
        }
        require((try? JSON.encode(analysis)) != nil, "cannot be sent")
    }
}
