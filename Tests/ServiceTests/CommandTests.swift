import Service
import TestKit
import Testing

/// What is advised where quotation marks do not stand in pairs.
private let wholeValue = "put the whole value between two of the same kind, or leave them out"

private let oneLine = "leave one of the two lines out"

/// A command with every kind of option.
struct Sample: Sendable, Equatable {
    enum Mode: String, OptionValue, CaseIterable { case text, jsonl }

    var sources: [String] = []
    var publish = "tcp://127.0.0.1:5556"
    var workers = 2
    var watch = false
    var mode = Mode.text
    var modes: [Mode] = []
    var wait = Duration.seconds(30)
    var note: String?

    static let command = Command(
        "producer", summary: "publishes articles", discussion: "Reads articles and publishes them.",
        examples: [.init("producer --source seeds", "Publishes the seeds.")],
        options: [
            .list("source", "PATH", \Sample.sources, completion: .files, help: "What to read.").anyBytes,
            .value("publish", "ENDPOINT", \.publish, help: "Where to publish. Consumers connect here."),
            .value("workers", "N", \.workers, in: 1...64, help: "Number of workers."),
            .flag("watch", \.watch, help: "Go on with what arrives."),
            .value("mode", "MODE", \.mode, help: "What to write."),
            .list("modes", "MODE", \.modes, help: "What else to write."),
            .value("wait", "TIME", \.wait, help: "How long to wait."),
            .value("note", "TEXT", \.note, help: "A note."),
        ],
        defaults: Sample(), readsFile: true, version: "1.2.3",
        check: { $0.note == "wrong" ? "--note is wrong" : nil })

    /// What a command line gives, or nil if it asks for help or version.
    static func read(_ words: String..., environment: [String: String] = [:]) throws -> Sample? {
        if case .run(let sample) = try command.parse(words, environment: environment) { sample } else { nil }
    }
}

@Suite struct CommandTests {
    @Test func `an empty command line gives the defaults`() throws {
        #expect(try Sample.read() == Sample())
    }

    @Test func `choices are listed with commas, too, and names are not`() throws {
        #expect(try Sample.read("--modes", "text,jsonl", "--modes", "text")?.modes == [.text, .jsonl, .text])
        #expect(try Sample.read("--source", "a,b")?.sources == ["a,b"])
        #expect(throws: UsageError.self) { try Sample.read("--modes", "text,") }
    }

    @Test func `every kind of option is read`() throws {
        var expected = Sample()
        expected.sources = ["a", "-"]
        expected.publish = "ipc://x=y"
        expected.workers = 8
        expected.watch = true
        expected.mode = .jsonl
        expected.wait = .milliseconds(250)
        expected.note = "n"
        let read = try Sample.read(
            "--source", "a", "--publish=ipc://x=y", "--workers", "8", "--watch", "--source", "-", "--mode", "jsonl",
            "--wait", "250ms", "--note", "n")
        #expect(read == expected)
    }

    @Test func `a name that is not UTF-8 is refused, unless its reader takes any bytes`() throws {
        let odd = "od" + OSString.string(of: [0xE9])
        let message = #"'od\xE9' is not UTF-8; choose a name that is"#
        for words in [["--publish", odd], ["--note=\(odd)"]] {
            let error = #expect(throws: UsageError.self) { try Sample.command.parse(words, environment: [:]) }
            #expect(error?.description.hasSuffix(message) == true && error?.exitCode == .usage)
        }
        let error = #expect(throws: UsageError.self) {
            try Sample.command.parse([], environment: ["ONRECORD_PRODUCER_NOTE": odd])
        }
        #expect(error?.description == "ONRECORD_PRODUCER_NOTE: \(message)" && error?.exitCode == .config)
        #expect(try Sample.read("--source", odd)?.sources == [odd])
        #expect(throws: UsageError.self) { try Sample.command.parse(["--config", odd], environment: [:]) }
    }

    @Test func `a list option takes the words that follow it where the command has no arguments`() throws {
        #expect(try Sample.read("--source", "a", "b", "--watch", "--source", "c")?.sources == ["a", "b", "c"])
    }

    @Test(arguments: [
        (["--publsh", "x"], "unknown option --publsh; did you mean --publish?"),
        (["--xyzzy"], "unknown option --xyzzy"),
        (["-w"], "unknown option -w"),
        (["--workers", "many"], "--workers: 'many' is not a whole number"),
        (["--workers", "65"], "--workers: '65' is not between 1 and 64"),
        (["--workers"], "--workers needs a value"),
        (["--publish", "--watch"], "--publish needs a value"),
        (["--mode", "xml"], "--mode: 'xml' is not one of text, jsonl"),
        (["--wait", "soon"], "--wait: 'soon' is not a duration such as 250ms, 30s, 5min, 12h or 7d"),
        (["--wait", "9999999999999999d"], "--wait: '9999999999999999d' is too long a duration"),
        (["--watch=maybe"], "--watch: 'maybe' is neither true nor false"),
        (["stray"], "'stray' is unexpected: producer takes options only"),
        (["--note", "wrong"], "--note is wrong"),
        (["--note="], "--note: '' is empty"),
    ])
    func `a wrong command line says what is wrong`(words: [String], message: String) {
        let error = #expect(throws: UsageError.self) { try Sample.command.parse(words, environment: [:]) }
        #expect(error?.description == message)
        #expect(error?.exitCode == .usage)
    }

    @Test func `the command line comes before the environment and that before the file`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.conf", "# a comment\n\nworkers = 3\npublish=file\nwatch = yes\nsource = one\nsource = two words\n")
        let environment = [
            "ONRECORD_PRODUCER_PUBLISH": "environment", "ONRECORD_PRODUCER_MODE": "jsonl",
            "ONRECORD_PRODUCER_CONFIG": file,
        ]
        let read = try #require(try Sample.read("--mode", "text", "--watch=false", environment: environment))
        #expect(read.mode == .text)
        #expect(read.publish == "environment")
        #expect(read.workers == 3)
        #expect(!read.watch)
        #expect(read.sources == ["one", "two words"])
    }

    @Test func `a list in the environment is separated by commas`() throws {
        #expect(try Sample.read(environment: ["ONRECORD_PRODUCER_SOURCE": "a,b c"])?.sources == ["a", "b c"])
    }

    @Test(arguments: [
        ("wrkers = 3", ":1: unknown key 'wrkers'; did you mean 'workers'?"),
        ("--workers = 3", ":1: unknown key '--workers'; did you mean 'workers'?"),
        ("\nworkers 3", ":2: 'workers 3' is not of the form 'key = value'"),
        ("workers = x", ":1: workers: 'x' is not a whole number"),
        ("workers = 3\n\nworkers = 4", ":3: 'workers' is given a second time, after FILE:1; \(oneLine)"),
        ("watch = true\nwatch = true", ":2: 'watch' is given a second time, after FILE:1; \(oneLine)"),
        ("publish = # all of it", ":1: publish: '' is empty"), ("publish = \"\"", ":1: publish: '' is empty"),
        ("publish = \"a", ":1: publish: a quotation mark begins the value and none ends it; \(wholeValue)"),
        ("publish = 'a\"", ":1: publish: a quotation mark begins the value and none ends it; \(wholeValue)"),
        ("publish = a\" # b", ":1: publish: a quotation mark ends the value and none begins it; \(wholeValue)"),
        ("publish = \"a\" b", ":1: publish: 'b' stands behind the quotation marks; \(wholeValue)"),
        ("publish = \"a\"#b", ":1: publish: '#b' stands behind the quotation marks; \(wholeValue)"),
    ])
    func `a wrong file is named with its line`(text: String, ending: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a.conf", text)
        let error = #expect(throws: UsageError.self) { try Sample.read("--config", file) }
        #expect(error?.description == file + ending.replacing("FILE", with: file))
        #expect(error?.exitCode == .config)
    }

    @Test(arguments: [
        ("/a/b # a comment", "/a/b"), ("/a/b\t#a comment", "/a/b"), ("https://a.example/b#c", "https://a.example/b#c"),
        ("\"/a b # c \"", "/a b # c "), ("'/a \"b\"' # c", "/a \"b\""), ("\"O'Brien\"", "O'Brien"),
        ("/home/O'Brien/a", "/home/O'Brien/a"), ("\"a\\n\"", "a\\n"), ("a = b", "a = b"),
    ])
    func `a value of a file ends before a comment, or with its quotation marks`(text: String, value: String) throws {
        let folder = try TemporaryFolder()
        // Some editors begin with the mark of UTF-8.
        let file = try folder.write("a.conf", "\u{FEFF}publish = \(text)\nworkers = 2\n")
        let read = try #require(try Sample.read("--config", file))
        #expect(read.publish == value && read.workers == 2)
    }

    @Test(arguments: ["\r\n", "\r"]) func `lines of a file may end as on other systems`(end: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.conf", "# a comment\(end)\(end)workers = 3\(end)source = one\(end)wrkers = 4\(end)")
        let error = #expect(throws: UsageError.self) { try Sample.read("--config", file) }
        #expect(error?.description == file + ":5: unknown key 'wrkers'; did you mean 'workers'?")
        let good = try folder.write("b.conf", "# a comment\(end)workers = 3\(end)source = one\(end)")
        let read = try #require(try Sample.read("--config", good))
        #expect(read.workers == 3 && read.sources == ["one"])
    }

    @Test(arguments: ["/nowhere/a.conf", "/", "/proc/self/mem"])
    func `a file that cannot be read is an error`(path: String) {
        let error = #expect(throws: UsageError.self) { try Sample.read("--config", path) }
        #expect(error?.message.hasPrefix("--config: cannot read '\(path)'") == true)
    }

    @Test(arguments: ["\"a b\"", "'a'", "\""])
    func `quotation marks around a variable are refused`(text: String) {
        let error = #expect(throws: UsageError.self) {
            try Sample.read(environment: ["ONRECORD_PRODUCER_PUBLISH": text])
        }
        let message = "ONRECORD_PRODUCER_PUBLISH: quotation marks would be a part of \(text); leave them out"
        #expect(error?.description == message && error?.exitCode == .config)
    }

    @Test func `a wrong environment variable is named`() {
        let error = #expect(throws: UsageError.self) {
            try Sample.read(environment: ["ONRECORD_PRODUCER_WORKERS": "x"])
        }
        #expect(error?.description == "ONRECORD_PRODUCER_WORKERS: 'x' is not a whole number")
        #expect(error?.exitCode == .config)
    }

    @Test func `positional arguments are counted`() throws {
        let command = Command(
            "onrecord analyze", summary: "analyses", options: [.flag("watch", \Sample.watch, help: "Watch.")],
            arguments: Arguments("FILE", \.sources, count: 1...2, help: "Files."), defaults: Sample(), version: "1")
        guard case .run(let read) = try command.parse(["a", "--watch", "--", "--b"], environment: [:]) else {
            Issue.record("not run")
            return
        }
        #expect(read.sources == ["a", "--b"])
        #expect(command.environmentName(of: "dry-run") == "ONRECORD_ANALYZE_DRY_RUN")
        #expect(throws: UsageError("FILE is missing", remedy: "usage: onrecord analyze [options] FILE…")) {
            try command.parse([], environment: [:])
        }
        #expect(throws: UsageError("'c' is one argument too many")) {
            try command.parse(["a", "b", "c"], environment: [:])
        }
    }

    @Test(arguments: [40, 60, 80, 120])
    func `help tells everything and fits the width`(width: Int) {
        let help = Sample.command.helpText(width: width)
        let words = help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for expected in [
            "producer: publishes articles", "Usage: producer [options]", "--source PATH", "May be given several times.",
            "[default: tcp://127.0.0.1:5556]", "[default: 30s]", "One of text, jsonl.", "--config FILE",
            "ONRECORD_PRODUCER_SOURCE", "producer --source seeds",
        ] {
            #expect(words.contains(expected))
        }
        #expect(help.split(separator: "\n").filter { $0.count > width } == [])
    }

    @Test func `help and version win over a missing argument`() throws {
        guard case .show(let help) = try Sample.command.parse(["--help"], environment: [:]),
            case .show(let version) = try Sample.command.parse(["--version"], environment: [:])
        else {
            Issue.record("not shown")
            return
        }
        #expect(help == Sample.command.helpText())
        #expect(version == "producer 1.2.3\n")
    }

    @Test(arguments: ["250ms", "1s", "90s", "5min", "12h", "7d"])
    func `a duration is written as it is read`(text: String) throws {
        #expect(try Duration(parsing: text).optionText == text)
    }
}
