import Glibc
import TestKit
import Testing
import Wire
import ZeroMQ

@Suite struct `The program onrecord` {
    private func run(_ words: String..., input: String = "") throws -> ProcessRunner {
        let process = try ProcessRunner(
            Products.path(of: "onrecord"), words, environment: ["COLUMNS": "80", "NO_COLOR": "1"])
        if !input.isEmpty { process.write(input) }
        process.closeInput()
        return process
    }

    @Test func `analyses standard input without any service`() throws {
        let process = try run(
            "analyze", "--format", "jsonl",
            input: """
                {"uri":"urn:1","body":"“The ferry is safe,” harbour master Ines Duarte said."}
                {"uri":"urn:2","body":
                """)
        #expect(try process.waitForExit() == 65)
        let event = try JSON.decode(CloudEvent<Analysis>.self, from: Array(#require(process.lines().first).utf8))
        #expect(event.type == EventType.analysis && event.subject == "urn:1")
        let analysis = event.data
        #expect(analysis.article.uri == "urn:1")
        #expect(analysis.quotes.first?.speaker?.name == "Ines Duarte")
        #expect(process.lines().count == 1)
        #expect(process.lines(.error).first?.hasPrefix("onrecord analyze: standard input:2: ") == true)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `ends cleanly on a signal`(_ signal: Int32) throws {
        let context = try Context()
        var publisher = try Socket(.xpub, in: context)
        let endpoint = try publisher.bind(to: Endpoint("tcp://127.0.0.1:*"))
        let process = try run("tail", "--connect", endpoint.description)
        let subscriptions = [try publisher.receive(), try publisher.receive()]
        #expect(Set(subscriptions) == Samples.subscriptions(of: "res"))
        try publisher.send(Samples.results(1).frames())
        try process.waitForLine(containing: "Ferry to reopen in May")
        process.signal(signal)
        #expect(try process.waitForExit() == 0)
        #expect(process.lines(.error).isEmpty)
    }

    @Test func `ends once its reader has gone, though nothing comes`() throws {
        let process = try ProcessRunner(
            "/bin/sh",
            [
                "-c", "{ \"$0\" tail --connect tcp://127.0.0.1:1; echo ended with $? >&2; } | true",
                Products.path(of: "onrecord"),
            ])
        #expect(try process.waitForLine(containing: "ended with", .error) == "ended with 0")
    }

    @Test(
        arguments: [
            (["--help"], 0), (["--version"], 0), (["tail", "--help"], 0), (["--completion", "bash"], 0),
            (["--completion", "zsh"], 0), (["--completion", "fish"], 0), ([], 64), (["tial"], 64),
            (["fetch", "--from", "0"], 64),
            (["fetch", "--stream", "res", "--connect", "tcp://127.0.0.1:1"], 69),
        ] as [([String], Int32)])
    func `tells by its exit code how it went`(_ words: [String], _ code: Int32) throws {
        let process = try ProcessRunner(Products.path(of: "onrecord"), words)
        #expect(try process.waitForExit() == code)
        #expect(process.lines(code == 0 ? .output : .error).isEmpty == false)
        #expect(process.lines(code == 0 ? .error : .output).isEmpty)
    }
}
