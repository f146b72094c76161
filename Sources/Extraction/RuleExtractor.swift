public import Wire

/// The first generation of the extraction: rules for English, without a model.
public struct RuleExtractor: Extractor {
    /// The longest body that is read, in bytes of UTF-8: 8 MiB.
    public static let maximumBytes = 8 << 20

    private let finder: any AttributionFinder = CueRules()

    /// Creates an extractor; it holds no state.
    public init() {}

    /// `extract-en`, without a model.
    public var pipeline: Analysis.Pipeline { Analysis.Pipeline(name: "extract-en", version: "0.1.0") }

    /// English.
    public var languages: Set<String> { ["en"] }

    /// Extracts quotes, speakers and claims.
    ///
    /// - Throws: `ExtractionError` with the code `tooLong` for a body of more than `maximumBytes`.
    public func analyze(_ article: Article) throws(ExtractionError) -> Analysis {
        let bytes = article.body.utf8.count
        guard bytes <= RuleExtractor.maximumBytes else {
            throw ExtractionError(
                .tooLong,
                "The body of \(article.uri) has \(bytes) bytes, more than the \(RuleExtractor.maximumBytes) that are read: split it."
            )
        }
        var builder = AnalysisBuilder(article, pipeline)
        let document = Document(article.body)
        guard LanguageCheck.isEnglish(tag: article.language, document) else { return builder.analysis }

        let boilerplate = Boilerplate(document)
        let quotations = QuotationFinder.quotations(in: document)
        let sentences = SentenceSplitter.sentences(in: document, quotations: quotations)
            .filter { !boilerplate.isFurniture[$0.paragraph] }
        let plain = zip(document.paragraphs, boilerplate.isFurniture).filter { !$0.1 }
            .flatMap { SentenceSplitter.plainSentences(in: document, $0.0.tokens) }

        let found = finder.attributions(in: document, sentences: sentences, quotations: quotations)
        let assembly = QuoteAssembly(document, quotations, isFurniture: boilerplate.isFurniture)
        let attributions = assembly.assemble(found, sentences: sentences)

        let cast = Cast(NameFinder.names(in: document, sentences: plain), in: document)
        var resolver = SpeakerResolver(document, cast)
        let speakers = resolver.resolve(attributions, sentences: sentences, quotations: quotations)

        builder.addQuotes(attributions, speakers, resolver.cast, document) { assembly.kind(of: $0) }
        let claims = ClaimFinder(document, published: article.published)
        builder.addClaims(in: plain, by: claims)
        builder.analysis.boilerplate = boilerplate.spans
        return builder.analysis
    }
}
