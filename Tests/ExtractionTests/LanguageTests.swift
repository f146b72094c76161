import Extraction
import Testing
import Wire

@Suite("Language")
struct LanguageTests {
    private static let german =
        "„Das Bad gehört zu dieser Stadt“, sagte Anna Ek am Montag. Die Arbeiten beginnen im Mai."
    private static let english = "“The bath belongs to this town,” said Anna Ek on Monday. The work begins in May."

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
