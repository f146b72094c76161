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
            let gold = try annotated(path)
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
            try checkAnalyses(analyses, of: gold, in: path)
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

    /// The annotated articles of a file, whose annotations are of their text.
    private func annotated(_ path: String) throws -> [Gold] {
        var known: [String: (text: String, place: String)] = [:]
        return try lines(of: path).map { line in
            let gold = try decoded(Gold.self, line)
            if let mistake = gold.mistake {
                throw ToolError("\(line.name): \(mistake)", remedy: Self.remedy, .dataError)
            }
            if let earlier = known[gold.doc], earlier.text != gold.text {
                throw ToolError(
                    "\(line.name): its doc is that of \(earlier.place), and its text another",
                    remedy: "give each article an address of its own", .dataError)
            }
            known[gold.doc] = (gold.text, line.name)
            return gold
        }
    }

    /// Says which articles have no analysis, so that nobody takes what was not analysed for what was not found.
    private func checkAnalyses(_ analyses: [String: Analysis], of gold: [Gold], in path: String) throws {
        let missing = gold.filter { analyses[$0.doc] == nil }
        guard let first = missing.first, let file = configuration.analyses else { return }
        guard missing.count < gold.count else {
            throw ToolError(
                "\(file) has no analysis of any article of \(path), such as \(first.doc)",
                remedy: "an analysis is known by the uri of its article, which is the doc of a line", .dataError)
        }
        console.remark(
            "\(file) has no analysis of \(missing.count) of \(gold.count) articles of \(path), such as \(first.doc): "
                + "they count as if nothing was found in them")
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
