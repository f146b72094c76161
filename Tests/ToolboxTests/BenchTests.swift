import Foundation
import Service
import TestKit
import Testing

@testable import Toolbox

@Suite struct `The command bench extraction` {
    private let console = CapturedConsole()
    private static let article =
        #"{"uri":"urn:1","body":"“We will go,” said Ann Lee, the mayor. She said that the talks had failed."}"#

    private func bench(_ text: String, _ format: OutputFormat, threads: Int = 1) throws -> ExitCode {
        let folder = try TemporaryFolder()
        let path = try folder.write("news.jsonl", text)
        return try Bench(
            configuration: BenchConfiguration(format: format, time: .milliseconds(1), threads: threads, paths: [path]),
            console: console.console
        ).run()
    }

    @Test func `gives a line for each figure`() throws {
        #expect(try bench(Self.article, .text) == .ok)
        #expect(
            console.lines.map { $0.prefix(12).trimmingCharacters(in: .whitespaces) } == [
                "arithmetic", "analysed", "speed", "of a core", "an article", "loading", "memory", "products",
            ])
        #expect(console.remarks.isEmpty)
    }

    @Test func `gives one line of JSON whose figures fit together, every article at least once`() throws {
        let articles = (1...5).map { Self.article.replacing("urn:1", with: "urn:\($0)") }
        #expect(try bench(articles.joined(separator: "\n"), .jsonLines, threads: 2) == .ok)
        let figures = try #require(
            try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any])
        func figure(_ name: String) throws -> Double { try #require(figures[name] as? Double, "\(name)") }
        #expect(try figure("articles") >= 5)
        #expect(try figure("articles").truncatingRemainder(dividingBy: 5) == 0)
        #expect(try figure("threads") == 2)
        // Each of these articles has 15 words.
        let words = try figure("wordsPerSecond") * figure("seconds")
        #expect(try abs(words / (15 * figure("articles")) - 1) < 1e-6)
        #expect(try figure("p50") <= figure("p99"))
        #expect(try figure("multiplicationsPerSecond") > 0)
    }

    @Test func `without any article ends with 65`() throws {
        #expect(try bench("{\n", .text) == .dataError)
        #expect(console.output.isEmpty)
        #expect(console.remarks.last == "no article to measure with")
    }
}
