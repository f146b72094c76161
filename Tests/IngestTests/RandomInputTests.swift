@testable import Ingest
import TestKit
import Testing
import Wire

@Suite struct RandomInputTests {
    static let seeds: [String] = [
        #"{"uri": "x:1", "version": 2, "headline": "H", "body": "a \"b\" \u00e9 \ud83d\ude00 c\n", "n": [1.5e-3, true, null, {}]}"#,
        #"{"standard": {"name": "ninjs"}, "uri": "urn:x", "bodies": [{"value": "“T”"}], "language": "en"}"#,
    ]

    /// Bytes that mean something in JSON or UTF-8 or to a terminal.
    static let telling = Array("{}[]\",:\\u0eE+-.tfn \n\r\t\0".utf8) + [0x7F, 0x80, 0xC2, 0xE2, 0xED, 0xEF, 0xF0, 0xFF]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `any bytes give an article or one line of error, and a fault is found where the decoder finds one`(
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            var bytes = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(Self.telling.randomElement(using: &random) ?? 0, at: place)
                case 2: bytes[place] = Self.telling.randomElement(using: &random) ?? 0
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            do {
                let article = try ArticleReader(place: "p", line: 1).json(bytes).article
                #expect(article.body.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
            } catch {
                #expect(!error.description.contains("\n"))
                #expect(
                    !error.message.contains("not valid JSON"),
                    "no fault found in \(String(decoding: bytes, as: UTF8.self))")
            }
            _ = try? ArticleReader(place: "p").plainText(bytes)
        }
    }
}
