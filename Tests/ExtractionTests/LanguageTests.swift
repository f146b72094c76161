import Testing
import Wire

@testable import Extraction

@Suite("Language")
struct LanguageTests {
    private static let german =
        "„Das Bad gehört zu dieser Stadt“, sagte Anna Ek am Montag. Die Arbeiten beginnen im Mai."
    private static let english = "“The bath belongs to this town,” said Anna Ek on Monday. The work begins in May."

    @Test(arguments: [true, false]) func `lines that a program has filled are one paragraph`(isInCapitals: Bool) throws
    {
        let lines = [
            "The ferry that sank in the old harbour will reopen in May, Ann Li,",
            "who is the Mayor of Oldham, said on Monday at the town hall. “We",
            "have done all that Inspector Holt asked of us, and we have done it",
            "in time,” she told reporters there. The Harbour Company denied",
            "that Captain Moor had been warned, and police said that 300 people",
            "used the ferry daily before it sank.",
        ]
        func quotes(_ separator: String) throws -> [String] {
            let body = "Ferry to reopen in May\n\n" + lines.joined(separator: separator)
            return try Reading(isInCapitals ? body.uppercased() : body).quotes.map { $0.replacing("\n", with: " ") }
        }
        #expect(try quotes("\n") == quotes(" "))
    }

    @Test func `points of a list in filled text, and lines of a poem, stay apart`() {
        let list = [
            "They listed what they had done since the winter, all of which",
            "was asked of them by the harbour’s own inspectors, and",
            "then read it out:", "• They had mended the two engines, and", "had them tried at sea",
            "• They had paid all fines",
        ]
        #expect(Document(list.joined(separator: "\n")).paragraphs.count == 3)
        let poem = [
            "Shall I compare thee to a summer’s day?", "Thou art more lovely and more temperate:",
            "Rough winds do shake the darling buds of May,", "And summer’s lease hath all too short a date;",
            "Sometime too hot the eye of heaven shines,", "And often is his gold complexion dimm'd;",
        ]
        #expect(Document(poem.joined(separator: "\n")).paragraphs.count == 6)
    }

    @Test func `a text in capitals throughout is remarked`() throws {
        let text =
            "The ferry that sank in the old harbour last winter will reopen in May, the mayor of the town, Ann Li, said on Monday. "
            + "Police said that the captain had been questioned twice there, and that the harbour was shut for three days."
        #expect(try Reading(text.uppercased()).analysis.remarks?.map(\.code) == ["capitals"])
        #expect(try Reading("FERRY TO REOPEN IN MAY\n\n" + text).analysis.remarks == nil)
        #expect(try Reading("FERRY TO REOPEN IN MAY").analysis.remarks == nil)
    }

    @Test("other than English gives an analysis without guesses", arguments: ["de", "fr-CA", "zh-Hant", "xx"])
    func other(tag: String) throws {
        let analysis = try Reading(LanguageTests.english, language: tag).analysis
        #expect(analysis.quotes.isEmpty && analysis.claims.isEmpty && analysis.entities.isEmpty)
        #expect(analysis.boilerplate.isEmpty)
        #expect(analysis.article.language == tag)
        #expect(analysis.remarks?.map(\.code) == ["other-language"] && analysis.remarks?[0].text.contains(tag) == true)
    }

    @Test("is English by tag", arguments: ["en", "en-GB", "EN", "en_US"])
    func english(tag: String) throws {
        let reading = try Reading(LanguageTests.english, language: tag)
        #expect(reading.analysis.quotes.count == 1)
    }

    @Test("is not English for all its tag where the words are another's") func wronglyTagged() throws {
        let german = try Reading(LanguageTests.german, language: "en").analysis
        #expect(german.quotes.isEmpty && german.claims.isEmpty)
        #expect(german.remarks?.map(\.code) == ["other-language"])
    }

    @Test("is English however many names there are", arguments: [10, 50, 300])
    func names(count: Int) throws {
        let names = Array(repeating: ["Ann", "Maria", "Lee", "Kolar", "Holt"], count: count / 5).joined().joined(
            separator: " ")
        let analysis = try Reading(
            "The council met in the town hall on Monday, and 40 people came.\n\n“The ferry will return in May,” said \(names) on Tuesday.",
            language: "en"
        ).analysis
        #expect(!analysis.claims.isEmpty && analysis.remarks == nil)
    }

    @Test("What stands in marks and is too long to be told whole is said") func longQuotations() throws {
        func remarks(words: Int) throws -> [Analysis.Remark]? {
            let speech = Array(repeating: "The river rose and the bridge held while we watched it.", count: words / 11)
                .joined(separator: " ")
            return try Reading("The mayor spoke.\n\n“\(speech)” said Ann Li, the mayor of Oldham.", language: "en")
                .analysis.remarks
        }
        #expect(try remarks(words: 33) == nil)
        let remark = try #require(try remarks(words: 5_500)?.first)
        #expect(
            remark.code == "long-quotation" && remark.text.contains("the longest of 5500") && remark.spans?.count == 1)
    }

    @Test("What stands in marks, is long and has no speaker is said") func longQuotationOfNobody() throws {
        let speech = Array(repeating: "The river rose and the bridge held while we watched it.", count: 20).joined(
            separator: " ")
        let analysis = try Reading(
            "A letter was found on the beach.\n\n“\(speech)”\n\nIt was in a bottle.", language: "en"
        ).analysis
        #expect(analysis.quotes.allSatisfy { $0.speaker == nil })
        #expect(analysis.remarks?.map(\.code) == ["long-quotation"])
        #expect(analysis.remarks?.first?.text.contains("without a speaker") == true)
    }

    @Test("is told from the words where the tag is missing", arguments: ["", "und"])
    func missing(tag: String) throws {
        let english = try Reading(LanguageTests.english, language: tag)
        #expect(english.analysis.quotes.count == 1)
        let german = try Reading(LanguageTests.german, language: tag)
        #expect(german.analysis.quotes.isEmpty)
        let empty = try Reading("", language: tag)
        #expect(empty.analysis.claims.isEmpty)
    }
}
