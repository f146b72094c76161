import Service
import Testing
import Wire

@testable import Toolbox

@Suite struct `A selection` {
    /// Three quotes, four claims: the second and fourth claim carried by quotes.
    private let analysis: Analysis = {
        var analysis = Samples.analysis
        analysis.quotes = Array(analysis.quotes.prefix(3))
        for (index, confidence) in [0.95, 0.7, 0.9].enumerated() {
            analysis.quotes[index].id = "q\(index)"
            analysis.quotes[index].confidence = confidence
        }
        analysis.quotes[0].speaker?.confidence = 0.6
        analysis.quotes[1].act = "intention"
        analysis.claims[0].quote = "q0"
        analysis.claims[3].quote = "q1"
        analysis.claims[0].claimant.entity = "e1"
        analysis.claims[3].claimant.entity = "e2"
        analysis.claims[1].propositions = [0.9, 0.5].map {
            Analysis.Proposition(
                subject: nil, predicate: Analysis.Passage(text: "used", spans: [Span(0, 1)]), confidence: $0)
        }
        return analysis
    }()

    private func select(_ words: String...) throws -> Analysis? {
        guard case .run(let configuration) = try AnalyzeConfiguration.command.parse(words, environment: [:]) else {
            return nil
        }
        return configuration.selection.apply(to: analysis)
    }

    @Test func `of nothing special is everything`() throws {
        #expect(Selection().isEverything)
        #expect(Selection().apply(to: analysis) == analysis)
    }

    @Test(arguments: ["statement", "belief", "intention", "evidence", "decree", "denial", "silence", "question"])
    func `by act knows every act that the protocol names`(act: String) throws {
        let selected = try select("--act", "\(act),\(act)")
        #expect(selected?.quotes.map(\.id) == (act == "intention" ? ["q1"] : nil))
    }

    @Test func `by publisher and time minds neither capitals nor accents, and takes a day for its first moment`() {
        var selection = Selection()
        selection.sources = ["zolc gazette"]
        selection.since = Timestamp.parse("2024-05-01T00:00:00Z")
        func includes(_ source: String?, _ published: String?) -> Bool {
            selection.includes(language: "en", source: source, published: published)
        }
        #expect(includes("Żółć Gazette", "2024-05-01") && includes("ZOLC GAZETTE", "2024-05-01T02:00:00+01:00"))
        #expect(!includes("Zolc", "2024-05-01") && !includes(nil, "2024-05-01") && !includes("Zolc Gazette", nil))
        #expect(!includes("Zolc Gazette", "2024-04-30") && !includes("Zolc Gazette", "0000-00-00"))
        selection.since = nil
        selection.until = Timestamp.parse("2024-05-01T00:00:00Z")
        #expect(includes("Zolc Gazette", "0001-01-01") && !includes("Zolc Gazette", "0000-01-01T00:00:00Z"))
    }

    @Test func `by speaker keeps what one says and claims, and their entities`() throws {
        let selected = try #require(try select("--speaker", "DUARTE"))
        #expect(selected.quotes.map(\.id) == ["q0"])
        #expect(selected.claims.map(\.text) == ["the ferry is safe"])
        #expect(selected.entities.map(\.name) == ["Ines Duarte"])
        #expect(try select("--speaker", "duarte", "--speaker", "crew")?.quotes.count == 2)
        #expect(try select("--speaker", "nobody") == nil)
    }

    @Test func `by kind and act keeps quotes and what they carry`() throws {
        #expect(try select("--kind", "direct", "--kind", "mixed")?.quotes.map(\.id) == ["q0", "q2"])
        #expect(try select("--act", "intention")?.claims.map(\.text) == ["it sank twice"])
        #expect(try select("--act", "decree") == nil)
    }

    @Test func `by check-worthiness is of claims alone`() throws {
        let selected = try #require(try select("--min-check-worthiness", "0.8"))
        #expect(selected.claims.map(\.checkWorthiness) == [0.875, 1])
        #expect(selected.quotes.count == 3)
    }

    @Test func `by confidence leaves out quotes with their claims, propositions, and names that are less sure`() throws
    {
        let selected = try #require(try select("--min-confidence", "0.8"))
        #expect(selected.quotes.map(\.id) == ["q0", "q2"])
        #expect(selected.quotes[0].speaker == nil)
        #expect(selected.claims.map(\.claimant.name) == [nil, nil, nil])
        #expect(selected.claims[1].propositions.map(\.confidence) == [0.9])
        #expect(selected.entities.isEmpty)
    }

    @Test(
        arguments: [
            (["--source", "Harbour.Example"], true), (["--source", "other.example"], false),
            (["--language", "en"], true),
            (["--language", "en-GB"], false), (["--since", "2024-04-30"], true), (["--since", "2024-05-01"], false),
            (["--until", "2024-04-30"], true), (["--until", "2024-04-29"], false),
            (["--until", "2024-04-30T06:00:00Z"], false), (["--since", "2024-04-30T06:00:00Z"], true),
        ] as [([String], Bool)]) func `by article`(words: [String], isWanted: Bool) throws
    {
        guard case .run(let configuration) = try AnalyzeConfiguration.command.parse(words, environment: [:]) else {
            Issue.record("no run")
            return
        }
        #expect((configuration.selection.apply(to: analysis) != nil) == isWanted)
        var undated = analysis
        undated.article.published = nil
        let isOfTime = words[0] == "--since" || words[0] == "--until"
        if isOfTime { #expect(configuration.selection.apply(to: undated) == nil) }
    }

    @Test(
        arguments: [
            ["--min-confidence", "1.2"], ["--min-confidence", "high"], ["--since", "May"], ["--kind", "loud"],
        ]) func `that cannot be is refused`(words: [String])
    {
        let error = #expect(throws: UsageError.self) {
            try AnalyzeConfiguration.command.parse(words, environment: [:])
        }
        #expect(error?.description.contains("OptionValueError") == false)
    }

    @Test func `of quotes is for analyses alone, and csv too`() {
        var configuration = Selection()
        configuration.sources = ["x"]
        #expect(configuration.mistake(on: .raw) == nil)
        configuration.leastConfidence = 0.5
        #expect(configuration.mistake(on: .raw) != nil)
        #expect(configuration.mistake(on: .results) == nil)
        #expect(AnalysisFormat.csv.mistake(on: .raw) != nil)
        #expect(AnalysisFormat.csv.mistake(on: .results) == nil)
    }

    @Test(arguments: ["zoe", "ZOË", "angstrom", "Ång", "o'li", "O’LI"])
    func `finds a speaker by what a keyboard has`(part: String) throws {
        var analysis = analysis
        analysis.quotes[0].speaker?.name = "Zoë Ångström-O’Li"
        var selection = Selection()
        selection.speakers = [part]
        #expect(try #require(selection.apply(to: analysis)).quotes.map(\.id) == ["q0"])
    }

    @Test func `shows of a stream what was asked for, in every format`() throws {
        for format in AnalysisFormat.allCases {
            let console = CapturedConsole()
            var selection = Selection()
            selection.speakers = ["duarte"]
            var printer = MessagePrinter(format: format, selection: selection, console: console.console)
            try printer.show(Samples.results(7, analysis))
            selection.speakers = ["nobody"]
            var other = MessagePrinter(format: format, selection: selection, console: console.console)
            try other.show(Samples.results(8, analysis))
            #expect(printer.count == 1 && other.count == 0)
            #expect(console.output.contains("Ines Duarte") && !console.output.contains("crew"))
            if format == .jsonLines {
                #expect(console.output.hasPrefix("{\"epoch\":\"00000000000000e1\",\"number\":7,"))
            }
        }
    }

    // What was taken back is told whatever was asked for, and nothing that has no place in a table is an error there.
    @Test(arguments: AnalysisFormat.allCases) func `withdrawals and erasures are no errors, in any format`(
        format: AnalysisFormat
    ) throws {
        for speaker in ["duarte", nil] {
            let console = CapturedConsole()
            var selection = Selection()
            selection.speakers = speaker.map { [$0] } ?? []
            var printer = MessagePrinter(format: format, selection: selection, console: console.console)
            let result = try Samples.results(1, analysis)
            try printer.show(result)
            try printer.show(notice(2, Notice.Kind.withdrawal))
            try printer.show(notice(3, Notice.Kind.duplicate))
            var erased = result
            erased.body = try #require(Tombstone.body(of: result, at: "2024-06-01T00:00:00.000Z"))
            try printer.show(erased)
            #expect(printer.failures == 0 && console.remarks.isEmpty, "\(console.remarks)")
            let lines = console.output
            switch format {
            case .csv, .linkedData: #expect(printer.count == 1 && !lines.contains("urn:test:gone"))
            case .jsonLines:
                #expect(lines.contains(#""kind":"withdrawal""#) && printer.count == (speaker == nil ? 4 : 3))
            case .text:
                #expect(lines.contains("withdrawn (canceled) urn:test:gone"))
                #expect(
                    lines.contains("same text as") == (speaker == nil)
                        && lines.contains("erased on") == (speaker == nil))
            }
        }
    }

    @Test func `a later version of which nothing is wanted is for programs`() throws {
        var selection = Selection()
        selection.speakers = ["nobody"]
        var message = try Samples.results(1, analysis)
        var event = try JSON.decode(CloudEvent<Analysis>.self, from: message.body)
        event.supersedes = "before"
        message.body = try JSON.encode(event)
        for format in AnalysisFormat.allCases {
            let console = CapturedConsole()
            var printer = MessagePrinter(format: format, selection: selection, console: console.console)
            try printer.show(message)
            #expect(printer.count == (format == .jsonLines ? 1 : 0))
            selection.speakers = ["duarte"]
            var other = MessagePrinter(format: .text, selection: selection, console: console.console)
            try other.show(message)
            #expect(console.output.contains("in place of an earlier one"))
            selection.speakers = ["nobody"]
        }
    }

    @Test func `notices of articles are shown beside those that are selected`() throws {
        let console = CapturedConsole()
        var selection = Selection()
        selection.sources = ["nobody"]
        var printer = MessagePrinter(format: .text, selection: selection, console: console.console)
        try printer.show(notice(1, Notice.Kind.withdrawal, stream: "raw"))
        try printer.show(Samples.raw(2))
        #expect(printer.failures == 0 && console.output.contains("withdrawn") && printer.count == 1)
    }

    private func notice(_ n: Int64, _ kind: String, stream: String = "res") throws -> StreamMessage {
        let body = """
            {"specversion":"1.0","id":"n\(n)","source":"urn:test","type":"org.onrecord.notice.v1","time":"2024-05-01T08:15:30.250Z",\
            "data":{"kind":"\(kind)","uri":"urn:test:gone","reason":"canceled","targets":[{"id":"id-1","n":1}]}}
            """
        var message = Samples.message(n, stream, Array(body.utf8))
        message.topic = "\(stream)/0/en/harbour.example/"
        return message
    }
}
