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
            ("GIF89a", "it is an image"), ("BZh91AY&SY", "it is compressed"),
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
