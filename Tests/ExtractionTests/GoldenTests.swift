import Extraction
import Foundation
import Testing
import Wire

/// Analyses of the seed articles, compared byte for byte with the files in `Golden`.
///
/// `ONRECORD_WRITE_GOLDEN=1 swift test --filter GoldenTests` writes them anew: look at the difference before committing it.
@Suite("Golden analyses")
struct GoldenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Golden")
    private static let writes = ProcessInfo.processInfo.environment["ONRECORD_WRITE_GOLDEN"] != nil

    @Test(
        "of the seed articles are as they were",
        arguments: [
            "harbour-bridge", "valley-water-inquiry", "lantern-exhibition", "ferry-strike", "railway-budget",
            "northern-cup", "maternity-ward", "schwimmbad",
        ])
    func golden(name: String) throws {
        let article = try #require(try Seeds.articles().first { $0.uri.hasSuffix(name) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(Reader.analyze(article)), as: UTF8.self) + "\n"
        let file = GoldenTests.folder.appendingPathComponent("\(name).json")
        if GoldenTests.writes { try text.write(to: file, atomically: true, encoding: .utf8) }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(text == golden)
    }

    @Test("cover every seed article of the project's own") func complete() throws {
        let golden = try FileManager.default.contentsOfDirectory(atPath: GoldenTests.folder.path)
            .filter { $0.hasSuffix(".json") }
        let articles = try Seeds.articles()
        #expect(golden.count == articles.count)
    }
}
