import Extraction
import Foundation
import Service
import TestKit
import Testing
import Wire

@testable import Toolbox

@Suite struct `The command evaluate` {
    private let console = CapturedConsole()

    private struct Stub: Extractor {
        let pipeline = Analysis.Pipeline(name: "stub", version: "1.0.0")
        let languages: Set<String> = ["en"]

        func analyze(_ article: Article) throws(ExtractionError) -> Analysis {
            let passage = Analysis.Passage(text: "It sank,", spans: [Span(0, 8)])
            return Analysis(
                id: "a", article: Analysis.ArticleReference(to: article), pipeline: pipeline,
                quotes: [Analysis.Quote(id: "q", kind: .direct, content: passage, confidence: 1)])
        }
    }

    private static let gold =
        #"{"doc":"urn:1","text":"“It sank,” Ann Li said.","quotes":[{"content":[[0,10]]}]}"# + "\n"

    private func evaluate(_ paths: [String], analyses: String? = nil, format: OutputFormat? = nil) throws -> ExitCode {
        try Evaluate(
            configuration: EvaluateConfiguration(format: format, analyses: analyses, paths: paths),
            extractor: { Stub() },
            console: console.console, defaultFormat: .jsonLines
        ).run()
    }

    @Test func `gives a line of figures for each file`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gold.jsonl", Self.gold + "\n" + Self.gold)
        #expect(try evaluate([file, file]) == .ok)
        #expect(console.lines.count == 2)
        let line = try #require(try JSONSerialization.jsonObject(with: Data(console.lines[0].utf8)) as? [String: Any])
        #expect(line["file"] as? String == file && line["pipeline"] as? String == "stub/1.0.0")
        let content = (line["figures"] as? [String: Any])?["content"] as? [String: [String: Double]]
        #expect(content?["ALL.exact"]?["F1"] == 1)
    }

    @Test func `gives a table to a person`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gold.jsonl", Self.gold)
        #expect(try evaluate([file], format: .text) == .ok)
        #expect(console.lines[0] == "\(file): 1 articles, in percent")
        #expect(console.lines[2] == "quotes, half right          100.0  100.0  100.0      1      1")
    }

    @Test func `measures analyses that are given, alone and in events`() throws {
        let folder = try TemporaryFolder()
        let gold = try folder.write("gold.jsonl", Self.gold)
        let article = Article(uri: "urn:1", body: "“It sank,” Ann Li said.")
        let analysis = try Stub().analyze(article)
        let event = CloudEvent(
            of: analysis, from: CloudEvent(of: article, source: "urn:t", time: "2024-05-01T00:00:00Z"), source: "urn:t",
            time: "2024-05-01T00:00:00Z")
        for json in [try JSON.encode(analysis), try JSON.encode(event)] {
            let file = try folder.write("analyses.jsonl", String(decoding: json, as: UTF8.self))
            #expect(try evaluate([gold], analyses: file) == .ok)
        }
        #expect(console.lines.count == 2 && console.lines[0] == console.lines[1])
        #expect(console.lines[0].contains("\"missing_docs\":0") && !console.lines[0].contains("pipeline"))
    }

    @Test func `names the line that is no annotated article`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gold.jsonl", Self.gold + "{\"doc\":1}\n")
        let empty = try folder.write("empty.jsonl", "\n")
        for (path, words, code) in [
            (file, "gold.jsonl:2: ", ExitCode.dataError), (empty, "holds no annotated article", .dataError),
            (folder.path("none.jsonl"), "none.jsonl", .noInput),
        ] {
            let error = #expect(throws: ToolError.self) { try evaluate([path]) }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
            #expect(error?.exitCode == code)
        }
    }

    private static func line(_ annotations: String) -> String {
        #"{"doc":"urn:1","text":"“It sank,” Ann Li said.","published":"2024-05-01",\#(annotations)}"#
    }

    // What does not fit its text would be measured as something else, and nobody would know.
    @Test(
        arguments: [
            (
                #""quotes":[{"content":[[0,10]]},{"content":[[0,24]]}]"#,
                "quotes[1].content ends at 24, and the text at 23"
            ),
            (#""quotes":[{"content":[]}]"#, "quotes[0].content has no span"),
            (#""quotes":[{"content":[[3,3]]}]"#, "quotes[0].content has an empty span at 3"),
            (#""quotes":[{"content":[[0,10]],"source":[[10,99]]}]"#, "quotes[0].source ends at 99"),
            (#""quotes":[{"content":[[0,10]],"speaker_type":"named"}]"#, "quotes[0].speaker_type is 'named'"),
            (#""sentences":[{"span":[0,23],"label":3}]"#, "sentences[0].label is '3', and none of 0, 1, 2"),
            (#""sentences":[{"span":[0,99]}]"#, "sentences[0].span ends at 99"),
            (#""quantities":[{"span":[0,2],"value":1,"comparison":"equals"}]"#, "quantities[0].comparison is 'equals'"),
            (#""dates":[{"span":[9,9]}]"#, "dates[0].span has an empty span at 9"),
            (
                #""propositions":[{"predicate":[4,8],"negated":false,"modality":"sure"}]"#,
                "propositions[0].modality is 'sure'"
            ),
            (#""published":"in May""#, "published is 'in May'"),
        ]) func `annotations that do not fit their text are an error`(annotations: String, words: String) throws
    {
        let folder = try TemporaryFolder()
        let text =
            annotations.contains("published")
            ? #"{"doc":"urn:1","text":"It sank.",\#(annotations)}"# : Self.line(annotations)
        let file = try folder.write("gold.jsonl", text)
        let error = #expect(throws: ToolError.self) { try evaluate([file]) }
        #expect(error?.description.contains("gold.jsonl:1: \(words)") == true, "\(error?.description ?? "")")
        #expect(error?.exitCode == .dataError && console.lines.isEmpty)
    }

    @Test func `two texts at one address are an error`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gold.jsonl", Self.gold + #"{"doc":"urn:1","text":"It swam."}"#)
        let error = #expect(throws: ToolError.self) { try evaluate([file]) }
        #expect(error?.description.contains("gold.jsonl:2: its doc is that of \(file):1, and its text another") == true)
    }

    @Test func `sentences are measured where they alone are annotated`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("gold.jsonl", Self.line(#""sentences":[{"span":[0,23],"label":2}]"#))
        #expect(try evaluate([file]) == .ok)
        #expect(console.lines[0].contains(#""claims":{"AP""#) && !console.lines[0].contains(#""content""#))
    }

    @Test func `says where an article has no analysis`() throws {
        let folder = try TemporaryFolder()
        let other = #"{"doc":"urn:2","text":"It swam.","quotes":[]}"#
        let (gold, theirs) = (
            try folder.write("gold.jsonl", Self.gold + other), try folder.write("theirs.jsonl", other)
        )
        let analysis = try Stub().analyze(Article(uri: "urn:1", body: "“It sank,” Ann Li said."))
        let file = try folder.write("analyses.jsonl", String(decoding: try JSON.encode(analysis), as: UTF8.self))
        #expect(try evaluate([gold], analyses: file) == .ok)
        #expect(console.remarks.contains { $0.contains("no analysis of 1 of 2 articles") && $0.contains("urn:2") })
        let error = #expect(throws: ToolError.self) { try evaluate([theirs], analyses: file) }
        #expect(error?.description.contains("has no analysis of any article") == true && error?.exitCode == .dataError)
    }
}
