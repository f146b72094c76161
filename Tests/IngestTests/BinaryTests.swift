import Foundation
import Ingest
import TestKit
import Testing

/// Files that are no text, whatever they are called.
@Suite struct BinaryTests {
    static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    static let names = ["a.txt", "a.html", "a.md", "a.json"]

    @Test(arguments: names, [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
    func `noise is refused under any name and with any mark`(name: String, mark: [UInt8]) throws {
        let folder = try TemporaryFolder()
        for seed in 0..<40 as Range<UInt64> {
            let bytes = mark + Self.noise(600 << (seed % 6), seed: seed)
            let reading = Reading(try folder.write(name, bytes))
            #expect(reading.articles == [], "\(seed)")
            #expect(reading.failures.count == 1)
            #expect(reading.messages.first?.hasPrefix(folder.path(name)) == true)
        }
    }

    @Test(
        arguments: names,
        [
            ("%PDF-1.7\n", "it is a PDF document"), ("PK\u{3}\u{4}", "it is an archive or an office document"),
            ("GIF89a\u{10}\0", "it is an image"), ("BZh91AY&SY", "it is compressed"),
        ])
    func `a document of another kind is named`(name: String, kind: (start: String, message: String)) throws {
        let folder = try TemporaryFolder()
        for mark in ["", "\u{FEFF}"] {
            let bytes = Array("\(mark)\(kind.start) <p>The harbour board opened pier five again, she said.</p>".utf8)
            let error = try #require(Reading(try folder.write(name, bytes)).failures.first)
            #expect(error.message.hasPrefix(kind.message), "\(error)")
            #expect(error.code == .notText)
        }
    }

    @Test(arguments: ["a.txt", "a.md"], ["GIF89a", "ftyp", "RIFF1989WEBPage"])
    func `a text about a kind of file is none`(name: String, word: String) throws {
        let folder = try TemporaryFolder()
        let text = "\(word) is older than many of its users, she said."
        #expect(Reading(try folder.write(name, text)).bodies == [text])
        #expect(Reading(try folder.write(name, "The \(text)")).bodies == ["The \(text)"])
    }

    @Test(arguments: [
        "\u{2}Pier opens.\u{F}\u{E}\u{3}", "\u{1}\u{2}Der Steg öffnet, sagt sie.\u{F}\u{3}\r\n\u{4}",
        "\u{16}\u{16}\u{1}a0123\r\n\u{2}The pier opens.\r\n\u{3}",
    ])
    func `a short message of a wire service is text`(message: String) throws {
        let folder = try TemporaryFolder()
        let reading = Reading(try folder.write("a.txt", message))
        #expect(reading.failures == [] && reading.articles.count == 1)
    }

    @Test(arguments: ["\u{89}PNG", "", "GIF89a\u{10}\0", "%PDF-1.7\n"])
    func `a file of lines that is no text is one error`(start: String) throws {
        let folder = try TemporaryFolder()
        for seed in 0..<20 as Range<UInt64> {
            let bytes = start.unicodeScalars.map { UInt8($0.value) } + Self.noise(40_000, seed: seed)
            let reading = Reading(try folder.write("a.jsonl", bytes))
            #expect(reading.articles == [])
            #expect(reading.failures.map(\.code).last == .notText)
            #expect(
                reading.failures.map(\.line).last == .some(nil) && reading.failures.count <= 3, "\(reading.messages)")
        }
    }

    @Test func `a line that is no text costs no other line of its file`() throws {
        let folder = try TemporaryFolder()
        let line = #"{"uri": "urn:x:1", "body": "The pier opens."}"#
        let noise = Self.noise(600, seed: 1).filter { $0 != 10 }
        let bytes = Array("\(line)\n".utf8) + noise + Array("\n\(line)\n".utf8)
        let reading = Reading(try folder.write("a.jsonl", bytes))
        #expect(reading.articles.count == 2 && reading.failures.map(\.line) == [2])
    }

    @Test(arguments: names) func `a program is no article`(name: String) throws {
        let folder = try TemporaryFolder()
        let program = [UInt8](try Data(contentsOf: URL(filePath: "/bin/ls")))
        for bytes in [program, Array(program.dropFirst(4)), Array(program.dropFirst(40_000))] {
            let reading = Reading(try folder.write(name, bytes))
            #expect(reading.articles == [])
            #expect(reading.failures.map(\.code) == [.notText])
        }
    }
}
