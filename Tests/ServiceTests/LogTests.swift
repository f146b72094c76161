import Foundation
import Service
import TestKit
import Testing

@Suite struct LogTests {
    static func entry(_ message: String, _ value: String) -> LogEntry {
        LogEntry(
            milliseconds: 1_700_000_000_123, level: .warning, message: message,
            fields: [LogEntry.Field(key: "file", value: value)])
    }

    @Test func `a line is JSON or readable`() {
        var entry = Self.entry("not read", "a b.txt")
        entry.fields.append(LogEntry.Field(key: "n", value: "5", isNumber: true))
        entry.fields.append(LogEntry.Field(key: "msg", value: "x"))
        #expect(
            LogFormat.json.line(for: entry)
                == #"{"ts":"2023-11-14T22:13:20.123Z","level":"warning","msg":"not read","file":"a b.txt","n":5,"msg_":"x"}"#
                + "\n")
        #expect(
            LogFormat.terminal(color: false).line(for: entry)
                == "22:13:20.123 warning not read file=\"a b.txt\" n=5 msg=x\n")
    }

    @Test func `numbers are numbers for programs`() {
        let logs = CapturedLogs()
        Log(to: logs).info("m", ["count": 5, "text": "5", "big": UInt64.max])
        #expect(logs.entries.first?.fields.map(\.isNumber) == [true, false, true])
    }

    @Test(arguments: [
        ("a\n{\"level\":\"error\"}", #""a\n{\"level\":\"error\"}""#), ("a\r\u{1b}[2J", #""a\r\u001b[2J""#),
        ("a\\", #""a\\""#), ("\u{85}\u{2028}\u{202e}", #""\u0085\u2028\u202e""#), ("\u{E0001}", #""\udb40\udc01""#),
        ("", #""""#), ("plain-1.txt", #""plain-1.txt""#), ("Þór 日本", #""Þór 日本""#), ("\0", #""\u0000""#),
    ])
    func `no value can forge a line or command a terminal`(value: String, written: String) throws {
        let line = LogFormat.json.line(for: Self.entry("m", value))
        #expect(line.hasSuffix(",\"file\":\(written)}\n"))
        #expect(line.split(separator: "\n").count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        #expect(object?["file"] == value)
        let shown = LogFormat.terminal(color: true).line(for: Self.entry(value, value))
        #expect(shown.dropLast().unicodeScalars.filter { $0.value < 0x20 }.allSatisfy { $0 == "\u{1b}" })
        #expect(shown.unicodeScalars.count { $0 == "\u{1b}" } == 2)
    }

    @Test func `a value is cut at a thousand code points, and a line stays JSON of 4,096 bytes`() throws {
        let line = LogFormat.json.line(for: Self.entry("m", String(repeating: "é", count: 2000)))
        #expect(line.hasSuffix("é…\"}\n"))
        #expect(line.unicodeScalars.count { $0 == "é" } == 1000)
        var long = Self.entry(String(repeating: "\u{1}", count: 2000), "x")
        for n in 0..<40 { long.fields.append(LogEntry.Field(key: "f\(n)", value: String(repeating: "日", count: 900))) }
        let whole = LogFormat.json.line(for: long)
        #expect(whole.utf8.count <= 4096)
        _ = try JSONSerialization.jsonObject(with: Data(whole.utf8))
    }

    @Test func `lines below the level are not even made`() {
        let logs = CapturedLogs()
        let log = Log(level: .warning, to: logs).with(["part": "test"])
        func unwanted() -> String {
            Issue.record("made")
            return ""
        }
        log.info(unwanted())
        log.error("failed", ["n": 5])
        #expect(logs.messages == ["failed"])
        #expect(logs.entries.first?["part"] == "test")
        #expect(logs.entries.first?["n"] == "5")
    }

    @Test func `a repeated line comes once a second with the number held back`() {
        let clock = ManualClock()
        let logs = CapturedLogs()
        let log = Log(to: logs, now: { clock.now })
        for _ in 0..<5 { log.limited("a", .warning, "again") }
        log.limited("b", .warning, "other")
        clock.advance(by: .seconds(1))
        log.limited("a", .warning, "again")
        #expect(logs.messages == ["again", "other", "again"])
        #expect(logs.entries.map { $0["suppressed"] } == [nil, nil, "4"])
    }

    @Test func `a line that repeats for a day comes ever more rarely, down to once a minute, and anew after a rest`() {
        let clock = ManualClock()
        let logs = CapturedLogs()
        let log = Log(to: logs, now: { clock.now })
        for _ in 0..<(24 * 60 * 60 * 2) {
            log.limited("a", .warning, "away")
            clock.advance(by: .milliseconds(500))
        }
        #expect(logs.entries.count > 24 * 60 && logs.entries.count < 24 * 60 + 10)
        clock.advance(by: .seconds(71))
        let before = logs.entries.count
        for _ in 0..<3 {
            log.limited("a", .warning, "away")
            clock.advance(by: .seconds(1))
        }
        #expect(logs.entries.count == before + 2)
    }

    @Test func `ten thousand keys within a second share what is left after a thousand`() {
        let clock = ManualClock()
        let logs = CapturedLogs()
        let log = Log(to: logs, now: { clock.now })
        for key in 0..<10_000 { log.limited("\(key)", .warning, "line") }
        #expect(logs.entries.count == 1025)
        clock.advance(by: .seconds(1))
        log.limited("new", .warning, "line")
        #expect(logs.entries.count == 1026)
    }
}
