import Extraction
import Testing
import Wire

/// Inputs that careless indexing would trap on, each of many windows of the encoder, and those that it reads fast far longer.
@Suite("Hostile input")
struct HostileInputTests {
    private static let length = 1_000_000

    /// Some thousand pieces, which are what the time goes into.
    private static func filled(_ piece: String) -> String {
        String(repeating: piece, count: 8_000 / piece.utf8.count)
    }

    static let inputs: [(name: String, body: String)] = [
        ("nothing", ""),
        ("white space", String(repeating: " \n\t", count: 500)),
        ("straight marks", filled("\"")),
        ("opening marks", filled("“")),
        ("closing marks", filled("”")),
        ("single marks", filled("‘'’")),
        ("spaced marks", filled("\" ")),
        ("quoted words", filled("“a” ")),
        ("unclosed words", filled("“a ")),
        ("single words", filled("‘a ")),
        ("one line", String(repeating: "word ", count: 100_000)),
        ("one word", String(repeating: "x", count: 500_000)),
        ("full stops", filled(".")),
        ("letters and stops", filled("A.")),
        ("apostrophes", filled("a'")),
        ("commas", filled(",")),
        ("cues", filled("said ")),
        ("names and cues", filled("Li said ")),
        ("names", filled("Ann Li ")),
        ("names and commas", filled("Li, ")),
        ("new names", (0..<8_000).map { "Ann Li\($0) said" }.joined(separator: " ")),
        ("pronouns", filled("he said she said ")),
        ("numbers", filled("1,")),
        ("scales", "9" + filled(" million")),
        ("huge number", String(repeating: "9", count: 62_500)),
        ("dates", filled("May 1 ")),
        ("brackets", filled("([")),
        ("according to", filled("according to ")),
        ("colons", filled("Li: “a b c d e” ")),
        ("short lines", filled("a\n")),
        ("quoted lines", filled("“It is what it is and so on.”\n")),
        ("mixed line ends", String(repeating: "“One said.\r\nTwo said.\rThree\n\u{2028}\u{85}", count: 2_500)),
        ("combining marks", "e" + String(repeating: "\u{301}", count: 37_500)),
        ("joiners", String(repeating: "👩\u{200D}", count: 6_250)),
        ("furniture", String(repeating: "Related Posts\n", count: 2_500)),
        ("titles", filled("President ")),
        ("labels", filled("LI: I said so. Why?\nANN EK: He said I know.\n")),
        ("questions", filled("Why?\nI know.\n")),
        ("abbreviations", filled("a b c (ABC) ")),
        ("appositions", filled("the head of the ") + "office, Ann Li, said"),
        ("last of many", filled("The man, ") + "said that it is so"),
    ]

    @Test("is analysed, whatever it holds", arguments: inputs)
    func isAnalysed(name: String, body: String) throws {
        let analysis = try Reader.analyze(Article(uri: "urn:test", body: body))
        let count = body.unicodeScalars.count
        var spans = analysis.boilerplate + analysis.entities.flatMap(\.mentions)
        for quote in analysis.quotes {
            spans += quote.content.spans + (quote.cue?.spans ?? []) + (quote.source?.spans ?? [])
        }
        for claim in analysis.claims {
            spans += claim.spans + claim.quantities.flatMap(\.spans) + claim.dates.flatMap(\.spans)
        }
        #expect(spans.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end <= count })
    }

    @Test("of any megabyte is analysed", arguments: [1])
    func anyBytes(seed: UInt64) throws {
        var generator = Generator(state: seed)
        let bytes = (0..<HostileInputTests.length).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 33) }
        let body = String(decoding: bytes, as: UTF8.self)
        let analysis = try Reader.analyze(Article(uri: "urn:test", body: body))
        #expect(analysis.article.sha256.count == 64)
    }

    @Test("of every plane of Unicode is analysed", arguments: [1])
    func everyPlane(seed: UInt64) throws {
        var generator = Generator(state: seed)
        var body = String.UnicodeScalarView()
        for _ in 0..<100_000 {
            let plane = UInt32(generator.next() >> 40) % 17
            let scalar = Unicode.Scalar(plane << 16 | UInt32(truncatingIfNeeded: generator.next() >> 40) & 0xFFFF)
            body.append(scalar ?? " ")
        }
        let analysis = try Reader.analyze(Article(uri: "urn:test", body: String(body)))
        #expect(analysis.boilerplate.allSatisfy { $0.end <= body.count })
    }

    @Test("made of the rules' own words in any order is analysed", arguments: 1...60)
    func shuffledWords(seed: UInt64) throws {
        let words = [
            "“", "”", "\"", "'", "‘", "’", "«", "»", ",", ".", "?", "!", ":", ";", "–", "—", "(", ")", "\n", "\n\n",
            "said",
            "says", "saying", "told", "reporters", "according", "to", "that", "which", "who", "he", "she", "they", "it",
            "Mr.", "Dr.", "President", "Ann", "Li", "Li’s", "U.S.", "the", "a", "of", "in", "on", "Monday", "May",
            "2017", "5",
            "more", "than", "million", "$", "%", "and", "but", "while", "spokesman", "statement", "has", "was", "by",
            "called",
            "for", "promised", "her", "Image:", "Related", "Posts", "Also", "read:", "“I", "am”", "United", "States",
            "J.", "–",
        ]
        var generator = Generator(state: seed)
        let count = words.count
        let body = (0..<600).map { _ in
            words[Int(truncatingIfNeeded: generator.next() >> 33) % count]
                + (generator.next() >> 60 < 3 ? "" : " ")
        }.joined()
        let analysis = try Reader.analyze(Article(uri: "urn:test", body: body))
        #expect(analysis.quotes.allSatisfy { !$0.content.spans.isEmpty })
        #expect(Set(analysis.quotes.map(\.id)).count == analysis.quotes.count)
    }

    @Test("of more than eight mebibytes is refused with a remedy") func tooLong() {
        let body = String(repeating: "a", count: EnglishExtractor.maximumBytes + 1)
        let error = #expect(throws: ExtractionError.self) {
            try Reader.analyze(Article(uri: "urn:long", body: body))
        }
        #expect(error?.code == .tooLong)
        #expect(error?.message.contains("urn:long") == true)
    }

    /// A linear congruential generator: the same sequence for the same seed.
    struct Generator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state
        }
    }
}
