import Extraction
import Ingest
import Service
import Wire

/// `onrecord analyze`: articles in, analyses out.
///
/// Holds one article at a time.
struct Analyze {
    /// The `source` of its events.
    private static let source = "urn:onrecord:analyze"

    let configuration: AnalyzeConfiguration
    let extractor: any Extractor
    let console: Console
    var progress: Progress?

    /// Analyses everything; blocks.
    /// - Returns: `dataError` where something could not be analysed, `noInput` where all that failed is missing.
    /// - Throws: What the console throws.
    func run() throws -> ExitCode {
        let selection = configuration.selection
        var writer = AnalysisWriter(format: configuration.format, selection: selection)
        return try EachArticle(
            paths: configuration.paths, followLinks: configuration.followLinks,
            allowPrivate: configuration.allowPrivate, console: console
        ).run { incoming in
            let article = incoming.article
            progress?.advance()
            guard
                selection.includes(language: article.language, source: article.source, published: article.published)
            else { return }
            let output = try EachArticle.Unusable.catching { () -> [UInt8] in
                let whole = try extractor.analyze(article)
                let part = selection.apply(to: whole)
                for remark in writer.remarks(on: whole, isShown: part != nil) { console.remark(remark) }
                guard let analysis = part else { return [] }
                let now = Timestamp.now()
                let cause = CloudEvent(of: article, source: Self.source, time: now)
                let event = CloudEvent(of: analysis, from: cause, source: Self.source, time: now)
                return try writer.bytes(of: event, time: nil, layout: console.layout())
            }
            if !output.isEmpty { try console.write(output) }
        }
    }
}
