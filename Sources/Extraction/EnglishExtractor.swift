import FoundationEssentials
public import Language
public import Wire

/// The extraction for English: the trained reader, and plain code that makes an analysis of what it finds.
public struct EnglishExtractor: Extractor {
    /// The longest body that is read, in bytes of UTF-8: 8 MiB.
    public static let maximumBytes = 8 << 20

    /// The longest analysis, in bytes of JSON: what the protocol carries, with room for what is said of it.
    static let maximumResult = Limits.bodyBytes - 64 << 10

    /// The name, the version, and a digest of weights, rules and thresholds.
    public let pipeline: Analysis.Pipeline
    /// The trained reader.
    public let reader: Tagger
    /// The least mean probability of an attribution's tags with which it becomes a quote.
    package var leastQuote = Fitted.leastQuote
    private let workspaces: Workspaces

    /// Unpacks the weights that the program carries; copies of the value share them.
    ///
    /// - Throws: `ModelError` if they are not what this program computes with.
    public init() throws(ModelError) {
        try self.init(
            pipeline: Analysis.Pipeline(name: "extract-en", version: "1.0.0", model: PipelineDigest.value))
    }

    init(pipeline: Analysis.Pipeline) throws(ModelError) {
        let tagger = try Tagger()
        reader = tagger
        workspaces = Workspaces(of: tagger, threads: ProcessInfo.processInfo.activeProcessorCount)
        self.pipeline = pipeline
    }

    /// English.
    public var languages: Set<String> { ["en"] }

    /// Extracts quotes, speakers and claims.
    ///
    /// - Throws: `ExtractionError` with the code `tooLong` for a body of more than `maximumBytes`.
    public func analyze(_ article: Article) throws(ExtractionError) -> Analysis {
        var unwanted: Evidence?
        return try analyze(article, &unwanted)
    }

    /// Extracts, and keeps what confidence was computed from.
    ///
    /// - Throws: `ExtractionError` as `analyze` does.
    package func evidence(on article: Article) throws(ExtractionError) -> Evidence? {
        var evidence: Evidence? = Evidence()
        let analysis = try analyze(article, &evidence)
        evidence?.analysis = analysis
        return evidence
    }

    private func analyze(_ article: Article, _ evidence: inout Evidence?) throws(ExtractionError) -> Analysis {
        let bytes = article.body.utf8.count
        guard bytes <= Self.maximumBytes else {
            throw ExtractionError(
                .tooLong,
                "The body of \(article.uri) has \(bytes) bytes, more than the \(Self.maximumBytes) that are read: split it."
            )
        }
        var builder = AnalysisBuilder(article, pipeline)
        if let refusal = LanguageCheck.refusal(of: article) {
            builder.analysis.remark(.otherLanguage, refusal)
            return builder.analysis
        }

        let document = Document(article.body)
        if document.isInCapitals {
            builder.analysis.remark(
                .capitals,
                "it is in capitals throughout, which do not tell names from other words: roles and speakers may be wrong"
            )
        }
        let all = document.paragraphs.flatMap { SentenceSplitter.plainSentences(in: document, $0.tokens) }
        let ruledOut = Set(Furniture.indices(of: all, in: document))
        let reading = reader.read(document.scalars, sentences: all.map { document.range($0) }, in: workspaces) {
            index, judgement in
            // The first sentence is the headline, however short it is.
            ruledOut.contains(index)
                || index > 0 && Furniture.isFurniture(judgement.furniture, all[index], in: document)
        }
        let furniture = Furniture(reading.omitted.map { all[$0] }, in: document)
        let isOmitted = Set(reading.omitted)
        let kept = all.indices.filter { !isOmitted.contains($0) }
        let plain = kept.map { all[$0] }
        let quotations = QuotationFinder.quotations(in: document)
        let sentences = SentenceSplitter.sentences(in: document, quotations: quotations)
            .filter { !furniture.contains(document.range($0.tokens).lowerBound) }

        var found = reading.attributions.filter { $0.confidence >= leastQuote }.map { Attribution($0) }
        AttributionRepair(
            sentences: plain.compactMap { document.span($0) }, paragraphs: document.paragraphs.map(\.span),
            isMark: { Mark(document.scalars[$0]) != nil }
        ).repair(&found)
        let trees = kept.map { reading.syntax[$0].map { SentenceTree($0, in: document) } }
        let known = trees.compactMap(\.self)
        let reported = ReportedSpeech(known, reading.pieces)
        let canSpeak = { reported.canSpeak($0, in: $1) }
        PointLists(document, known, canSpeak: canSpeak).gather(&found, without: furniture)
        let subjects = SubjectSource(known)
        for index in found.indices where !found[index].source.contains(where: { document.hasLetter(in: $0) }) {
            if let source = subjects.source(of: found[index].cue) { found[index].source = source }
        }
        let (listeners, consequences, cues) = (Listeners(document), Consequences(known), CueCompletion(known))
        let rebuttals = Rebuttals(document, known)
        for index in found.indices {
            // “No comment,” came | the | reply.
            if found[index].source.allSatisfy({ ["the", "a", "an"].contains(document.text([$0]).lowercased()) }) {
                found[index].source = []
            }
            if let teller = subjects.teller(of: found[index].cue, notOf: found[index].source) {
                found[index].source = teller
            }
            found[index].source = subjects.completed(found[index].source, besides: found[index].cue)
            found[index] = rebuttals.mended(cues.completed(found[index]))
            if listeners.hold(found[index]) { found[index].source = [] }
            found[index] = consequences.completed(found[index]) { Mark(document.scalars[$0]) != nil }
        }
        found = Counterstatements(document, known, canSpeak: canSpeak).parted(found)
        found = Silences(known, canSpeak: canSpeak).added(to: found)
        let assembly = QuoteAssembly(document, quotations)
        let transcript = Transcript(document, reading, without: furniture)
        let plainly =
            transcript
            .merged(with: assembly.assemble(found, sentences: sentences), in: document)
        let attributions = CitedSources(known, canSpeak: canSpeak)
            .merged(with: reported.merged(with: plainly))
        let outer = Nesting.outer(of: attributions)

        let speakers: [SpeakerResolver.Answer?]
        do {
            // Its words are the most of what a long text takes, and nobody needs them behind this.
            var resolver = SpeakerResolver(Scene(document, reading, without: furniture))
            speakers = resolver.resolve(attributions, within: outer)
            builder.addQuotes(attributions, within: outer, speakers, resolver, document) { assembly.kind(of: $0) }
        }
        builder.addClaims(
            in: plain, worthiness: kept.map { Fitted.worthiness(Double(reading.judgements[$0].worthiness)) },
            trees: trees, document, reading,
            by: ClaimFinder(document, reading, published: article.published))
        builder.tellDenials(document)
        builder.analysis.boilerplate = transcript.remaining(of: reading.omitted.map { all[$0] }, in: document).spans
        builder.remarkLongQuotations(quotations, document)
        builder.analysis.fit(into: Self.maximumResult)
        if evidence != nil {
            let finder = PropositionFinder(document: document)
            evidence = Evidence(
                sieves: speakers.map { $0?.sieve },
                propositions: known.flatMap { finder.evidence(on: $0) },
                said: Claimants(document, builder.analysis.quotes, reading)
                    .evidence(on: plain, in: document, builder.analysis.quotes))
        }
        return builder.analysis
    }
}
