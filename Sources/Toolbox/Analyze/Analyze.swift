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
        try EachArticle(
            paths: configuration.paths, followLinks: configuration.followLinks,
            allowPrivate: configuration.allowPrivate, console: console
        ).run { incoming in
            let output = try EachArticle.Unusable.catching { try rendered(incoming.article) }
            try console.write(output)
            progress?.advance()
        }
    }

    private func rendered(_ article: Article) throws -> [UInt8] {
        let analysis = try extractor.analyze(article)
        let now = Timestamp.now()
        return switch configuration.format {
        case .text: Array(AnalysisText.render(analysis, layout: console.layout()).utf8)
        case .jsonLines:
            JSONLine.line(
                of: try JSON.encode(
                    CloudEvent(
                        of: analysis, from: CloudEvent(of: article, source: Self.source, time: now),
                        source: Self.source,
                        time: now)))
        }
    }
}
