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
        var intake = Intake(
            configuration.paths.isEmpty ? ["-"] : configuration.paths, followsLinks: configuration.followLinks,
            web: .toolbox(allowPrivate: configuration.allowPrivate))
        var (failures, missing) = (0, 0)
        while true {
            switch intake.next(waitingAtMost: .seconds(60)) {
            case .article(let incoming):
                let output: [UInt8]
                do {
                    output = try rendered(incoming.article)
                } catch {
                    failures += 1
                    console.remark("\(incoming.place): \(error)")
                    continue
                }
                try console.write(output)
                progress?.advance()
            case .remark(let place, let text): console.remark("\(place): \(text)")
            case .failure(let error):
                if error.isMissing { missing += 1 } else { failures += 1 }
                console.remark(error.description)
            case .ignored(let place, let reason): console.remark("\(place): not read, since it is \(reason)")
            case .hidden, .idle: continue
            case .end: return failures > 0 ? .dataError : missing > 0 ? .noInput : .ok
            }
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
