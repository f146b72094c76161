import Extraction
import Service
import TestKit
import Testing
import Wire

@testable import Toolbox

@Suite struct `The command analyze` {
    private let console = CapturedConsole()

    /// Finds nothing in any article, and refuses those whose body says so.
    private struct Stub: Extractor {
        let pipeline = Analysis.Pipeline(name: "stub", version: "1.0.0")
        let languages: Set<String> = ["en"]

        func analyze(_ article: Article) throws(ExtractionError) -> Analysis {
            if article.body.contains("refuse") { throw ExtractionError(.tooLong, "too long\u{1B}") }
            return Analysis(id: "a", article: Analysis.ArticleReference(to: article), pipeline: pipeline)
        }
    }

    private func analyze(_ paths: [String], _ format: AnalysisFormat = .jsonLines) throws -> ExitCode {
        try Analyze(
            configuration: AnalyzeConfiguration(format: format, paths: paths), extractor: Stub(),
            console: console.console
        ).run()
    }

    private func uris() throws -> [String] {
        try console.lines.map { try JSON.decode(CloudEvent<Analysis>.self, from: Array($0.utf8)).data.article.uri }
    }

    @Test func `gives one analysis a line, in the order of the input`() throws {
        let folder = try TemporaryFolder()
        let lines = try folder.write(
            "news.jsonl", (1...50).map { #"{"uri":"urn:\#($0)","body":"Text \#($0)."}"# }.joined(separator: "\n"))
        let single = try folder.write("one.json", #"{"uri":"urn:single","body":"Text."}"#)
        #expect(try analyze([single, lines, single]) == .ok)
        #expect(try uris() == ["urn:single"] + (1...50).map { "urn:\($0)" } + ["urn:single"])
        #expect(console.remarks.isEmpty)
    }

    @Test func `gives a person's view`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.txt", "A headline\n\nSome text.")
        #expect(try analyze([path], .text) == .ok)
        #expect(console.output == "A headline\n  local, file://\(path)\n  no quotes, no claims\n\n")
    }

    @Test func `says what failed with its place, analyses the others and ends with 65`() throws {
        let folder = try TemporaryFolder()
        let lines = try folder.write(
            "news.jsonl",
            """
            {"uri":"urn:1","body":"Text."}
            {"uri":"urn:2",
            {"uri":"urn:3","body":"Please refuse this."}
            {"uri":"urn:4","body":"Text."}
            """)
        let missing = folder.path("missing.txt")
        #expect(try analyze([missing, lines]) == .dataError)
        #expect(try uris() == ["urn:1", "urn:4"])
        #expect(console.remarks.count == 3)
        #expect(console.remarks[0].hasPrefix("\(missing): "))
        #expect(console.remarks[1].hasPrefix("\(lines):2: "))
        #expect(console.remarks[2].hasPrefix("\(lines):3: too long"))
    }
}
