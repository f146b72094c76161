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
    }

    @Test("is English by tag", arguments: ["en", "en-GB", "EN", "en_US"])
    func english(tag: String) throws {
        let reading = try Reading(LanguageTests.english, language: tag)
        #expect(reading.analysis.quotes.count == 1)
    }

    @Test("is not English for all its tag where the words are another's") func wronglyTagged() throws {
        let german = try Reading(LanguageTests.german, language: "en").analysis
        #expect(german.quotes.isEmpty && german.claims.isEmpty)
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
