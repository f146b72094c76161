import Evaluation
import Extraction
import Foundation
import Testing
import Wire

/// Every figure of the articles written for this project, to the last digit.
///
/// `ONRECORD_WRITE_GOLDEN=1 swift test --filter Golden` writes them anew: look at the difference before committing it.
@Suite("Golden figures")
struct GoldenFigureTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Written")
    private static let writes = ProcessInfo.processInfo.environment["ONRECORD_WRITE_GOLDEN"] != nil

    @Test("of the written articles are as they were")
    func figures() throws {
        let lines = try String(contentsOf: Self.folder.appending(path: "written-dev.jsonl"), encoding: .utf8)
            .split(separator: "\n")
        let gold = try lines.map { try JSON.decode(Gold.self, from: Array($0.utf8)) }
        let extractor = try EnglishExtractor()
        let analyses = try gold.map { try extractor.analyze($0.article) }
        let figures = Evaluation.figures(
            of: gold, analyses: Dictionary(uniqueKeysWithValues: analyses.map { ($0.article.uri, $0) }))
        #expect(gold.count == 42)

        // Four digits: the last ones of a quotient are the machine's.
        let text = Self.text(.group(figures), "")
        let file = Self.folder.appending(path: "figures.txt")
        if Self.writes { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    }

    /// A figure a line, by its path.
    private static func text(_ figure: Figure, _ path: String) -> String {
        switch figure {
        case .count(let number): return "\(path) \(number)\n"
        case .share(let share): return "\(path) \(String(format: "%.4f", share))\n"
        case .group(let figures):
            return figures.sorted { $0.key < $1.key }
                .map { text($0.value, path.isEmpty ? $0.key : "\(path) \($0.key)") }.joined()
        }
    }
}
