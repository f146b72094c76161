import Service
import Synchronization
import TestKit
import Testing

@Suite struct ProgramTests {
    struct Failure: ExitCodeProviding { let exitCode = ExitCode.unavailable }

    /// What the programs below were called with.
    final class Calls: Sendable {
        let kept = Mutex<[String]>([])
        func note(_ text: String) { kept.withLock { $0.append(text) } }
        var all: [String] { kept.withLock { $0 } }
    }

    static func sub(_ name: String, _ calls: Calls, throwing: Bool = false) -> Program {
        let command = Command(
            name, summary: "does \(name)'s work",
            options: [
                .value("mode", "MODE", \Sample.mode, help: "It's a [mode]: choose. More."),
                .value("state", "DIR", \.publish, completion: .folders, help: "State."),
            ], arguments: Arguments("FILE", \.sources, help: "Files."), defaults: Sample(), version: "1")
        return Program(command) { invocation in
            calls.note("\(name) \(invocation.configuration.sources) \(invocation.configuration.mode)")
            if throwing { throw Failure() }
            return .ok
        }
    }

    static func tree(_ calls: Calls = Calls()) -> Program {
        let dead = Program(
            "onrecord dlq", summary: "dead letters", version: "1",
            programs: [sub("onrecord dlq list", calls), sub("onrecord dlq drop", calls, throwing: true)])
        return Program(
            "onrecord", summary: "the toolbox", version: "1", programs: [sub("onrecord tail", calls), dead])
    }

    @Test func `words lead to the sub-command`() {
        let calls = Calls()
        let program = Self.tree(calls)
        #expect(program.run(["tail", "--mode", "jsonl", "dlq"], environment: [:]) == .ok)
        #expect(program.run(["dlq", "list", "x"], environment: [:]) == .ok)
        #expect(calls.all == ["onrecord tail [\"dlq\"] jsonl", "onrecord dlq list [\"x\"] text"])
    }

    @Test func `an error that is thrown sets the exit code`() {
        #expect(Self.tree().run(["dlq", "drop"], environment: [:]) == .unavailable)
    }

    @Test(arguments: [[], ["tial"], ["dlq"], ["dlq", "lst"], ["tail", "--mod"], ["--completion", "tcsh"], ["-x"]])
    func `a command line that leads nowhere is a usage error`(words: [String]) {
        let calls = Calls()
        #expect(Self.tree(calls).run(words, environment: [:]) == .usage)
        #expect(calls.all == [])
    }

    @Test func `configuration is read again when the file has changed`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a.conf", "workers = 3")
        let program = Program(Sample.command) { invocation in
            #expect(invocation.configuration.workers == 3)
            try folder.write("a.conf", "workers = 5")
            #expect(try invocation.reloaded().workers == 5)
            return .ok
        }
        #expect(program.run(["--config", file], environment: [:]) == .ok)
    }

    @Test func `Bash completes commands, options and values`() throws {
        let script = Self.tree().completionScript(for: .bash)
        func complete(_ words: String...) throws -> [String] {
            let folder = try TemporaryFolder()
            try folder.makeFolder("state1")
            try folder.write("script", script)
            let line = """
                cd \(folder.path); source ./script; COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))
                COMP_CWORD=\(words.count - 1); _onrecord; printf '%s\\n' "${COMPREPLY[@]}"
                """
            let bash = try ProcessRunner("bash", ["-u", "-c", line])
            #expect(try bash.waitForExit() == 0)
            #expect(bash.lines(.error) == [])
            return bash.lines().filter { !$0.isEmpty }
        }
        #expect(try complete("onrecord", "t") == ["tail"])
        #expect(try complete("onrecord", "dlq", "") == ["list", "drop", "--help", "--version"])
        #expect(try complete("onrecord", "dlq", "list", "--m") == ["--mode"])
        #expect(try complete("onrecord", "tail", "--mode", "") == ["text", "jsonl"])
        #expect(try complete("onrecord", "tail", "--state", "st") == ["state1"])
        #expect(try complete("onrecord", "tail", "scr") == ["script"])
    }
}
