import Foundation
import Extraction
import Testing
import Wire

@Suite("The seed article")
struct SeedArticleTests {
    let analysis: Analysis
    let body: String

    init() throws {
        body = try Seeds.text("000_5d537ebf5ad80c30.txt")
        analysis = try Reader.analyze(
            Article(uri: "urn:seed", published: "2022-11-18T12:00:00Z", body: body))
    }

    @Test(
        "has every direct quote with its marks and its speaker's full name",
        arguments: [
            (
                "“We strongly condemn these actions and again call on North Korea to stop further illegal and destabilizing actions,”",
                "Kamala Harris"
            ),
            (
                "“On behalf of the United States, I reaffirm our firm commitment to our Indo-Pacific alliances,”",
                "Kamala Harris"
            ),
            (
                "“This is about the world coming together to condemn North Korea’s actions and stand up for peace and security in our region,”",
                "Anthony Albanese"
            ),
            ("“There is a possibility that North Korea will launch more missiles,”", "Fumio Kishida"),
            ("“The international community must respond in a resolute manner,”", "Han Duk-soo"),
            ("“This is completely unacceptable and must not continue,”", "Justin Trudeau"),
        ])
    func directQuote(text: String, speaker: String) throws {
        let quote = try #require(analysis.quotes.first { $0.content.text == text })
        #expect(quote.kind == .direct)
        #expect(quote.speaker?.name == speaker)
        #expect(quote.speaker?.type == .person)
        #expect(quote.cue != nil)
    }

    @Test("has no other direct quotes") func noOtherDirectQuotes() {
        #expect(analysis.quotes.filter { $0.kind == .direct }.count == 6)
    }

    @Test(
        "gives speakers their roles",
        arguments: [
            ("Justin Trudeau", "Canadian Prime Minister"), ("Kamala Harris", "US Vice President"),
            ("Jacinda Ardern", "New Zealand Prime Minister"), ("Han Duk-soo", "South Korean Prime Minister"),
        ])
    func role(name: String, role: String) {
        #expect(analysis.entities.first { $0.name == name }?.role == role)
    }

    @Test("resolves “he” to the person quoted before") func pronoun() {
        let quote = analysis.quotes.first { $0.source?.text == "He" }
        #expect(quote?.content.text.hasPrefix("Canada plans to boost") == true)
        #expect(quote?.speaker?.name == "Justin Trudeau")
    }

    @Test("resolves “the statement” to the house that made it") func statement() {
        #expect(analysis.quotes.first { $0.source?.text == "The statement" }?.speaker?.name == "White House")
    }

    @Test(
        "reports web furniture and takes nothing from it",
        arguments: [
            "Also read: Xi and Kishida", "Also read: North Korea fires", "Related Posts", "Leave a Reply",
            "Your email address will not be published",
        ])
    func furniture(text: String) throws {
        let range = try #require(body.range(of: text))
        let offset = body.unicodeScalars.distance(from: body.startIndex, to: range.lowerBound)
        #expect(analysis.boilerplate.contains { $0.start <= offset && offset < $0.end })
        #expect(!analysis.quotes.contains { $0.content.text.contains(text) })
        #expect(!analysis.claims.contains { $0.text.contains(text) })
    }

    @Test("has spans that are the text they stand for") func spans() {
        let scalars = Array(body.unicodeScalars)
        func text(_ spans: [Span]) -> String {
            spans.map { span in
                var view = String.UnicodeScalarView()
                view.append(contentsOf: scalars[span.start..<span.end])
                return String(view)
            }.joined(separator: " … ")
        }
        for quote in analysis.quotes { #expect(quote.content.text == text(quote.content.spans)) }
        for claim in analysis.claims { #expect(claim.text == text(claim.spans)) }
        for passage in analysis.quotes.compactMap(\.source) { #expect(passage.text == text(passage.spans)) }
    }
}
