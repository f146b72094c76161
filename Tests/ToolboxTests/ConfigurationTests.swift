import Service
import Testing
import ZeroMQ

@testable import Toolbox

@Suite struct `The command line` {
    private func tail(_ words: String..., environment: [String: String] = [:]) throws -> TailConfiguration {
        try configuration(TailConfiguration.command.parse(words, environment: environment))
    }

    private func fetch(_ words: String...) throws -> FetchConfiguration {
        try configuration(FetchConfiguration.command.parse(words, environment: [:]))
    }

    private func configuration<Configuration>(_ parsed: Parsed<Configuration>) throws -> Configuration {
        guard case .run(let configuration) = parsed else { throw UsageError("help instead of a run") }
        return configuration
    }

    @Test func `of tail shows the analyzer's results by default`() throws {
        let configuration = try tail()
        #expect(configuration.stream == .results)
        #expect(configuration.format == .text)
        #expect(configuration.from == nil)
        #expect(configuration.count == nil)
        #expect(try configuration.publishEndpoint.description == "tcp://127.0.0.1:5566")
        #expect(try configuration.controlEndpoint.description == "tcp://127.0.0.1:5567")
    }

    @Test(
        arguments: [
            (["--stream", "raw"], "tcp://127.0.0.1:5556", "tcp://127.0.0.1:5557"),
            (["--stream", "dlq"], "tcp://127.0.0.1:5566", "tcp://127.0.0.1:5567"),
            (["--connect", "tcp://10.0.0.5:7000"], "tcp://10.0.0.5:7000", "tcp://10.0.0.5:7001"),
            (["--connect", "tcp://[::1]:7000"], "tcp://[::1]:7000", "tcp://[::1]:7001"),
            (
                ["--connect=tcp://a.example:7000", "--control=tcp://b.example:8000", "--from=1"],
                "tcp://a.example:7000",
                "tcp://b.example:8000"
            ),
            (
                ["--connect", "ipc:///run/a", "--control", "ipc:///run/b", "--from", "1"], "ipc:///run/a",
                "ipc:///run/b"
            ),
        ] as [([String], String, String)])
    func `of tail finds the endpoints of a stream`(_ words: [String], _ publish: String, _ control: String) throws {
        let configuration = try configuration(TailConfiguration.command.parse(words, environment: [:]))
        #expect(try configuration.publishEndpoint.description == publish)
        #expect(try configuration.controlEndpoint.description == control)
    }

    @Test func `of tail is also read from the environment`() throws {
        let configuration = try tail(environment: ["ONRECORD_TAIL_STREAM": "dlq", "ONRECORD_TAIL_COUNT": "7"])
        #expect(configuration.stream == .deadLetters)
        #expect(configuration.count == 7)
    }

    @Test(
        arguments: [
            (["--from", "0"], "--from"), (["--count", "0"], "--count"), (["--count", "many"], "--count"),
            (["--stream", "results"], "raw, res, dlq"), (["--format", "json"], "text, jsonl"),
            (["--connect", "localhost:5566"], "tcp://"), (["--connect", "tcp://127.0.0.1:*"], "port"),
            (["--connect", "tcp://127.0.0.1:0"], "port"), (["--connect", "inproc://x"], "inproc"),
            (["--control", "tcp://127.0.0.1:1"], "--from"),
            (["--connect", "ipc:///run/x", "--from", "1"], "--control"),
            (["--connect", "tcp://127.0.0.1:65535", "--from", "1"], "--control"), (["--form", "1"], "--from"),
            (["extra"], "extra"),
        ] as [([String], String)])
    func `of tail is refused with a hint`(_ words: [String], _ hint: String) {
        let error = #expect(throws: UsageError.self) {
            try TailConfiguration.command.parse(words, environment: [:])
        }
        #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
        #expect(error?.exitCode == .usage)
    }

    @Test func `of fetch takes a stretch`() throws {
        let configuration = try fetch(
            "--stream", "raw", "--from", "5", "--to", "9", "--prefix", "raw/1/en/", "--epoch", "00000000000000e1",
            "--format", "jsonl")
        #expect(configuration.from == 5)
        #expect(configuration.to == 9)
        #expect(configuration.prefix == "raw/1/en/")
        #expect(configuration.epoch == "00000000000000e1")
        #expect(configuration.format == .jsonLines)
        #expect(try configuration.controlEndpoint.description == "tcp://127.0.0.1:5557")
        #expect(try fetch().controlEndpoint.description == "tcp://127.0.0.1:5567")
    }

    @Test(
        arguments: [
            (["--from", "0"], "--from"), (["--from", "5", "--to", "4"], "--from 5"), (["--to", "0"], "--to"),
            (["--epoch", "E1"], "hexadecimal"), (["--prefix", String(repeating: "x", count: 201)], "200"),
        ] as [([String], String)])
    func `of fetch is refused with a hint`(_ words: [String], _ hint: String) {
        let error = #expect(throws: UsageError.self) {
            try FetchConfiguration.command.parse(words, environment: [:])
        }
        #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
    }

    @Test func `of analyze takes files`() throws {
        let parsed = try AnalyzeConfiguration.command.parse(["--format", "jsonl", "a.txt", "b"], environment: [:])
        let configuration = try configuration(parsed)
        #expect(configuration.paths == ["a.txt", "b"])
        #expect(configuration.format == .jsonLines)
    }

    @Test(arguments: Program.onrecord.programs.map(\.name))
    func `has help that names its exit codes and examples`(_ name: String) throws {
        let help =
            switch name {
            case "onrecord tail": TailConfiguration.command.helpText()
            case "onrecord fetch": FetchConfiguration.command.helpText()
            case "onrecord article": ArticleConfiguration.command.helpText()
            case "onrecord board": BoardConfiguration.command.helpText()
            case "onrecord sink": SinkConfiguration.command.helpText()
            case "onrecord search": SearchConfiguration.command.helpText()
            case "onrecord put": PutConfiguration.command.helpText()
            case "onrecord feed": FeedConfiguration.command.helpText()
            case "onrecord status": StatusConfiguration.command.helpText()
            case "onrecord topic": TopicConfiguration.command.helpText()
            case "onrecord bench": BenchConfiguration.command.helpText()
            case "onrecord evaluate": EvaluateConfiguration.command.helpText()
            case "onrecord render": RenderConfiguration.command.helpText()
            case "onrecord keygen": KeygenConfiguration.command.helpText()
            default: AnalyzeConfiguration.command.helpText()
            }
        #expect(help.hasPrefix(name))
        #expect(help.contains("Exit codes:") && help.contains("Examples:"))
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
}
