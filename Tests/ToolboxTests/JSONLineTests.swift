import Service
import Testing
import Wire

@testable import Toolbox

@Suite struct `A line of JSON` {
    private func line(_ json: String) -> String {
        String(decoding: JSONLine.line(of: Array(json.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        #"{"a":"b \" \\ c","d":[1,2.5,null]}"#, #"{"name":"naïve 東京 “x” 👩‍🚀"}"#, #""\\""#,
    ])
    func `leaves harmless JSON as it is`(_ json: String) {
        #expect(line(json) == json + "\n")
    }

    @Test(arguments: [
        ("{\n\t\"a\" :\r\n 1 }", "{  \"a\" :   1 }\n"),
        ("\"\u{9B}31m \u{85}\"", "\"\\u009b31m \\u0085\"\n"),
        ("\"\u{7F}\"", "\"\\u007f\"\n"),
        ("\"a\u{202E}b\u{2028}c\u{2066}d\u{200F}e\u{61C}f\"", "\"a\\u202eb\\u2028c\\u2066d\\u200fe\\u061cf\"\n"),
        ("\"\u{1B}]0;x\u{7}\"", "\"\\u001b]0;x\\u0007\"\n"),
        ("\"\\\"\u{1B}\"", "\"\\\"\\u001b\"\n"),
    ])
    func `escapes what a terminal obeys`(_ json: String, _ expected: String) {
        #expect(line(json) == expected)
    }

    @Test func `keeps the meaning`() throws {
        let texts = ["a\u{202E}b", "\u{9B}", "tab\tand \"quotes\" \\ \u{2028}", "\u{7F}\u{1}"]
        let line = JSONLine.line(of: try JSON.encode(texts))
        #expect(try JSON.decode([String].self, from: line) == texts)
        #expect(line.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(line.last == UInt8(ascii: "\n"))
    }

    @Test(arguments: [[0xC2], [0xE2, 0x80], [0xE2], [0x22, 0xE2, 0x81], [0xD8]] as [[UInt8]])
    func `survives bytes that end in the middle of a character`(_ bytes: [UInt8]) {
        #expect(JSONLine.line(of: bytes) == bytes + [UInt8(ascii: "\n")])
    }
}
