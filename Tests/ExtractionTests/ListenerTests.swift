import Extraction
import Testing
import Wire

@Suite("Listeners")
struct ListenerTests {
    @Test(
        "say nothing of what they hear",
        arguments: [
            "The trial of Bo Ek opened at Bergen District Court on Monday. The court heard Ek had moved 3 million kroner abroad.",
            "The trial of Bo Ek opened at Bergen District Court on Monday. The jury was told that he had two passports.",
            "An inquest heard that the ambulance took 50 minutes.",
            "Coroner Ann Li heard that nobody had called the driver.",
            "Bo Ek appeared in Bergen District Court on Monday. It is alleged that the crossbow was bought online.",
            "The bank closed its branch in May. It has been reported that 40 people lost their jobs.",
        ])
    func hearing(body: String) throws {
        let analysis = try Reading(body).analysis
        let quote = try #require(analysis.quotes.last)
        #expect(quote.source == nil)
        #expect(quote.speaker == nil)
        #expect(analysis.claims.last?.claimant.kind == .article)
    }

    @Test("are nobody in a headline that leaves out the verb") func headline() throws {
        let reading = try Reading(
            "Inquiry told of ignored warnings before bridge collapse\n\nEngineer Astrid Holm wrote to the director in May."
        )
        #expect(reading.analysis.quotes.allSatisfy { $0.speaker == nil })
    }

    @Test(
        "are told by somebody who speaks",
        arguments: [
            ("The court was told by Ann Li, prosecuting, that Ek had lied.", "Ann Li"),
            (
                "The trial opened at Bergen District Court. The court ruled that the boat must be sold.",
                "Bergen District Court"
            ),
        ])
    func teller(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.last?.speaker?.name == name)
    }

    @Test("are told by whoever the sentence names within somebody's words") func nested() throws {
        let reading = try Reading(
            "The lawyer Karin Dahl said her client had been told by the county that he should not speak to the press.")
        #expect(reading.analysis.quotes.first { $0.nested != nil }?.speaker?.name == "county")
    }

    @Test("are whoever is asked, and what is asked is nobody's claim") func asked() throws {
        let reading = try Reading("Asked whether the dam was cracked, engineer Ann Li said the dam was safe.")
        let quotes = reading.analysis.quotes.map { "\($0.act ?? "") | \($0.speaker?.name ?? "-") | \($0.content.text)" }
        #expect(quotes == ["question | - | whether the dam was cracked", "statement | Ann Li | the dam was safe"])
        #expect(reading.analysis.claims.map(\.text) == ["the dam was safe"])
        let doubting = try Reading("Residents questioned whether the dam was safe.").analysis
        #expect(doubting.quotes.map(\.act) == ["question"])
        let asking = try Reading("Reporters asked whether the dam was cracked.").analysis
        #expect(asking.quotes.map(\.act) == ["question"])
        #expect(asking.quotes.map { $0.speaker?.name } == ["Reporters"])
        #expect(asking.claims.allSatisfy { $0.claimant.kind == .article })
    }
}
