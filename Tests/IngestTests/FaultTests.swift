import Glibc
@testable import Ingest
import TestKit
import Testing
import Wire

@Suite struct FaultTests {
    @Test(arguments: [
        ("a.json", "{\"body\" \"x\"}", ": not JSON: ':' is missing at line 1, column 9"),
        ("a.json", "{\n \"body\": x}", ": not JSON: a value is missing at line 2, column 10"),
        (
            "a.json", "{\"body\": \"x\"",
            ": not JSON: the JSON ends too early: ',' or '}' is missing at line 1, column 13"
        ),
        ("a.json", "", ": not JSON: the JSON ends too early: a value is missing at line 1, column 1"),
        (
            "a.json", "{\n\"body\": \"x\", \"b\\u006fdy\": \"y\"}",
            ": not JSON: the key \"body\" stands a second time at line 2, column 14"
        ),
        (
            "a.jsonl", "{\"body\": \"x\"}\n{\"x\": [{\"a\": 1, \"a\": 1}], \"body\": \"x\"}",
            ":2: not JSON: the key \"a\" stands a second time at column 17"
        ),
        ("a.json", "{\"text\": \"x\"}", ": there is no \"body\"; call \"text\" \"body\""),
        ("a.txt", "%PDF-1.7 and more", ": it is a PDF document, no text; take the text out"),
        ("a.txt", "a\u{1}\u{2}bc", ": it is no text: every fourth byte or more is a control character; leave it out"),
        ("a.json", "[{\"body\": \"x\"}]", ": not a JSON object"), ("a.json", "5", ": not a JSON object"),
        ("a.json", "{\"headline\": \"x\"}", ": there is no \"body\""),
        ("a.json", "{\"body\": \" \\n\"}", ": it holds no text"),
        ("a.json", "{\"body\": 5}", ": JSON has no String at .body"),
        ("a.json", "{\"body\": \"x\", \"uri\": \"a b\"}", ": \"uri\" contains white space or control characters"),
        ("a.json", "{\"body\": \"x\", \"language\": \"english language\"}", ": \"language\" is no language tag"),
        ("a.json", "{\"uri\": \"x:1\", \"bodies\": []}", ": the ninjs item x:1 has no body"),
        ("a.txt", " \n\t", ": it holds no text"), ("a.txt", "", ": it holds no text"),
        ("a.jsonl", "{\"body\": \"x\"}\n{]", ":2: not JSON: a name in double quotes is missing at column 2"),
        ("a.jsonl", "\n\n{\"x\": \"x\"}", ":3: there is no \"body\""),
    ])
    func `what is no article is one line with place, fault and remedy`(
        name: String, text: String, message: String
    ) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(name, text)
        let reading = Reading(file)
        let expected = file + message
        #expect(reading.messages.count == 1)
        #expect(reading.messages.first?.hasPrefix(expected) == true, "\(reading.messages)")
        #expect(reading.messages.first?.contains("; ") == true)
        #expect(reading.messages.first?.contains("\n") == false)
    }

    @Test(arguments: ["a.txt", "a.json", "a.jsonl"])
    func `bytes that are not UTF-8 are refused with their place`(name: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(name, Array("{\"body\": \"x".utf8) + [0xE9] + Array("\"}".utf8))
        let reading = Reading(file)
        #expect(reading.articles == [])
        #expect(reading.failures.map(\.code) == [.notUTF8])
        #expect(reading.failures.first?.message == "not UTF-8 from byte 11 on")
    }

    @Test func `a depth of a hundred thousand brackets is refused`() throws {
        let folder = try TemporaryFolder()
        let deep = "{\"body\": \"x\", \"y\": " + String(repeating: "[", count: 100_000)
        let closed = deep + String(repeating: "]", count: 100_000) + "}"
        let reading = Reading(try folder.write("a.jsonl", "\(deep)\n\(closed)\n{\"body\": \"next\"}"))
        #expect(reading.failures.map(\.code) == [.badJSON, .badJSON])
        #expect(reading.bodies == ["next"])
    }

    @Test func `a line that is too long is skipped and the next one read`() throws {
        let folder = try TemporaryFolder()
        let long = "{\"body\": \"" + String(repeating: "x", count: 9 << 20) + "\"}"
        let reading = Reading(
            try folder.write("a.jsonl", "{\"body\": \"one\"}\n\(long)\n{\"body\": \"two\"}\n\(long)"))
        #expect(reading.bodies == ["one", "two"])
        #expect(reading.failures.map(\.code) == [.tooBig, .tooBig])
        #expect(reading.failures.map(\.line) == [2, 4])
    }

    @Test(arguments: ["a.txt", "a.json", "a"])
    func `a file that is too big is not read`(name: String) throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write(name, String(repeating: String(repeating: "x", count: 99) + "\n", count: 100_000)))
        #expect(reading.failures.map(\.code) == [.tooBig])
        #expect(reading.articles == [])
    }

    @Test func `an article counts as it will be written`() throws {
        let folder = try TemporaryFolder()
        // Each quotation mark takes two bytes of JSON.
        let fits = String(repeating: "\"", count: (Limits.bodyBytes - (20 << 10)) / 2)
        let reading = Reading(try folder.write("a.txt", fits), try folder.write("b.txt", fits + fits))
        #expect(reading.failures.map(\.code) == [.tooBig])
        #expect(reading.articles.count == 1)
        let article = try #require(reading.articles.first?.article)
        let event = CloudEvent(of: article, source: "x", time: "2024-05-31T10:00:00Z")
        #expect(try JSON.encode(event).count <= Limits.bodyBytes)
    }

    @Test func `what is not there, no file, or not allowed is said`() throws {
        let folder = try TemporaryFolder()
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        let reading = Reading(folder.path("none.txt"), folder.path("pipe"), "/dev/null", folder.path("none/x.txt"))
        #expect(reading.failures.map(\.code) == [.notFound, .notRegular, .notRegular, .notFound])
    }

    @Test(arguments: [
        ("a.txt", "utf-16le", "it seems to be UTF-16LE without a byte order mark"),
        ("a.txt", "utf-16be", "it seems to be UTF-16BE without a byte order mark"),
        ("a.txt", "utf-32le", "it seems to be UTF-32LE without a byte order mark"),
        ("a.txt", "utf-32be", "it seems to be UTF-32BE without a byte order mark"),
        ("a.txt", "windows-1252", "not UTF-8 from byte 10 on"), ("a.json", "utf-16le", "it seems to be UTF-16LE"),
        ("a.jsonl", "utf-16be", "it seems to be UTF-16BE"),
    ])
    func `an encoding is named, and the advice works`(name: String, encoding: String, message: String) throws {
        let folder = try TemporaryFolder()
        for text in [#"{"body": "“Ærø’s pump”, said Bo Ek."}"#, #"{"body": "— « Да »"}"#] {
            if encoding == "windows-1252", text.contains("Д") { continue }
            let right = try folder.write("right", text)
            let file = folder.path(name)
            try Self.convert(right, from: "utf-8", to: encoding, into: file)
            let error = try #require(Reading(file).failures.first)
            #expect(error.message.hasPrefix(message), "\(error)")
            let advice = error.remedy.split(separator: "'")[1].split(separator: " ").map(String.init)
            try #require(advice.count == 5)
            let mended = folder.path("mended-\(name)")
            try Self.convert(file, from: advice[2], to: advice[4], into: mended)
            #expect(Reading(mended).articles.count == 1, "\(Reading(mended).messages)")
        }
    }

    @Test func `UTF-16 converted as something else is doubted, and its original read again`() throws {
        let folder = try TemporaryFolder()
        let right = try folder.write("right", "Pump station shut\n\n“Nothing left,” said Bo Ek.\n")
        try Self.convert(right, from: "utf-8", to: "utf-16", into: folder.path("marked"))
        try Self.convert(folder.path("marked"), from: "windows-1252", to: "utf-8", into: folder.path("v.txt"))
        let error = try #require(Reading(folder.path("v.txt")).failures.first)
        #expect(error.message == "it seems to be UTF-16 that was converted as something else")
        #expect(error.remedy.contains("'iconv -f utf-16 -t utf-8'"))
        try Self.convert(folder.path("marked"), from: "utf-16", to: "utf-8", into: folder.path("w.txt"))
        #expect(Reading(folder.path("w.txt")).bodies == ["Pump station shut\n\n“Nothing left,” said Bo Ek.\n"])
    }

    @Test func `a few bytes of another encoding in UTF-8 are not taken for a text in that, and the advice works`()
        throws
    {
        let folder = try TemporaryFolder()
        for stray: [UInt8] in [[0xE9], [0xED, 0xA0, 0xBD], [0xE2, 0x80]] {
            let file = folder.path("mixed.txt")
            try Self.write(
                Array("Pump shut\n\n“Nothing left at the café,” said Bo Ek".utf8) + stray + Array(".\n".utf8), to: file)
            let error = try #require(Reading(file).failures.first)
            #expect(error.remedy.hasSuffix("leave them out with 'iconv -c -f utf-8 -t utf-8'"), "\(error)")
            let iconv = try ProcessRunner(
                "/usr/bin/iconv", ["-c", "-f", "utf-8", "-t", "utf-8", "-o", folder.path("m.txt"), file])
            _ = try iconv.waitForExit()
            #expect(Reading(folder.path("m.txt")).bodies == ["Pump shut\n\n“Nothing left at the café,” said Bo Ek.\n"])
        }
    }

    @Test func `a text in another encoding is read and said, and JSON in one is refused`() throws {
        let folder = try TemporaryFolder()
        let text = "東京の港は閉鎖された。「誰も残っていない」とエクは言った。"
        let file = folder.path("a.txt")
        try Self.convert(try folder.write("right", text), from: "utf-8", to: "shift-jis", into: file)
        let reading = Reading(file)
        #expect(reading.bodies == [text])
        #expect(
            reading.remarks == [
                "\(file): it is not UTF-8 and read as cp932, which it seems to be: save it as UTF-8 to be sure"
            ])
        let item = try folder.write("item", #"{"body": "\#(text)"}"#)
        try Self.convert(item, from: "utf-8", to: "shift-jis", into: folder.path("a.json"))
        let error = try #require(Reading(folder.path("a.json")).failures.first)
        #expect(error.remedy.contains("'iconv -f ENCODING -t utf-8'"), "\(error)")
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    private static func convert(_ path: String, from: String, to: String, into target: String) throws {
        let iconv = try ProcessRunner("/usr/bin/iconv", ["-f", from, "-t", to, "-o", target, path])
        #expect(try iconv.waitForExit() == 0)
    }

    @Test func `an error stays one line whatever the article is called`() {
        let item = #"{"uri": "urn:x\n\nlevel=error \u001b[2J", "standard": {"name": "ninjs"}, "bodies": []}"#
        #expect {
            try ArticleReader(place: "p", line: 1).json(Array(item.utf8))
        } throws: { error in
            let scalars = "\(error)".unicodeScalars
            return scalars.count > 20 && scalars.allSatisfy { $0.properties.generalCategory != .control }
        }
    }
}
