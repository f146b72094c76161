import Evaluation
import Extraction
import Ingest
import Service
import Wire

/// `onrecord evaluate`: annotated articles in, figures out.
struct Evaluate {
    /// The most bytes of a file.
    private static let fileBytes = 1 << 30

    let configuration: EvaluateConfiguration
    /// What analyses, where analyses are not given.
    let extractor: () throws -> any Extractor
    let console: Console
    var progress: Progress?
    /// How to show figures where nothing is said.
    let defaultFormat: OutputFormat

    /// The figures of a file, as a program reads them.
    private struct Line: Encodable {
        var file: String
        var pipeline: String?
        var figures: [String: Figure]
    }

    /// Measures everything; blocks.
    /// - Returns: `ok`.
    /// - Throws: `ToolError` with the file and line that cannot be read, `ModelError`, an `ExtractionError`, or what the console throws.
    func run() throws -> ExitCode {
        var given: [String: Analysis]?
        if let file = configuration.analyses {
            given = Dictionary(try lines(of: file).map { try analysis($0) }.map { ($0.article.uri, $0) }) { $1 }
        }
        let extractor = try given == nil ? extractor() : nil
        for path in configuration.paths {
            let gold = try lines(of: path).map { try decoded(Gold.self, $0) }
            guard !gold.isEmpty else {
                throw ToolError("\(path): holds no annotated article", remedy: Self.remedy, .dataError)
            }
            var analyses = given ?? [:]
            if let extractor {
                for record in gold {
                    analyses[record.doc] = try extractor.analyze(record.article)
                    progress?.advance()
                }
            }
            let figures = Evaluation.figures(of: gold, analyses: analyses)
            switch configuration.format ?? defaultFormat {
            case .text: try console.write(Array(ScoreTable.text(of: figures, in: path).utf8))
            case .jsonLines:
                let line = Line(file: path, pipeline: extractor?.pipeline.identity, figures: figures)
                try console.write(JSONLine.line(of: try JSON.encode(line)))
            }
        }
        return .ok
    }

    private static let remedy = "see 'onrecord evaluate --help' for what a line holds"

    private typealias Place = (bytes: [UInt8], name: String)

    private func lines(of path: String) throws -> [Place] {
        let bytes: [UInt8]
        do {
            bytes = try WholeFile.bytes(of: path, limit: Self.fileBytes)
        } catch {
            throw ToolError(error.description, remedy: "name another file", error.isMissing ? .noInput : .dataError)
        }
        return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.contains { $0 > 0x20 } }
            .map { (Array($0.element), "\(path):\($0.offset + 1)") }
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ line: Place) throws -> Value {
        do {
            return try JSON.decode(type, from: line.bytes, limit: Self.fileBytes)
        } catch {
            throw ToolError("\(line.name): \(error)", remedy: Self.remedy, .dataError)
        }
    }

    /// An analysis, alone or in its event.
    private func analysis(_ line: Place) throws -> Analysis {
        if let event = try? JSON.decode(CloudEvent<Analysis>.self, from: line.bytes) { return event.data }
        return try decoded(Analysis.self, line)
    }
}
