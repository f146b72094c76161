import Extraction
import Testing
import Wire

@Suite("Speakers that are bodies, groups and texts")
struct BodyTests {
    @Test(
        "are bodies by a noun that stands for theirs",
        arguments: [
            (
                "The Harbour Safety Administration opened an inquiry in June. The agency said one in 40 ships was affected.",
                "Harbour Safety Administration"
            ),
            ("Aldren Motors will recall 200 vans. The carmaker said it knew of nine accidents.", "Aldren Motors"),
            ("The Sunday Ledger broke the story. The newspaper said it stood by every word.", "Sunday Ledger"),
            (
                "Brightwater Foods fell 6 per cent, and Northlake Air 4 per cent. The airline said it had grounded nine planes.",
                "Northlake Air"
            ),
        ])
    func otherNoun(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.last?.speaker?.name.hasSuffix(name) == true)
    }

    @Test("are no bodies of another kind than their noun says") func otherKind() throws {
        let reading = try Reading(
            "Supermarket chain Hadleigh will close five shops. The airline said on Tuesday that fog was to blame.")
        #expect(reading.analysis.quotes.last?.speaker?.name == "airline")
        let other = try Reading(
            "Brightwater Foods sold its last dairy in May. Fog lay over the coast. The airline said nine planes were late."
        )
        #expect(other.analysis.quotes.last?.speaker?.name == "airline")
    }

    @Test("are bodies by where their noun says that they are") func based() throws {
        let reading = try Reading(
            "Nordvik Minerals bought a mine on Monday. The Bergen-based company said it paid 40 million kroner.")
        #expect(reading.analysis.quotes.last?.speaker?.name == "Nordvik Minerals")
    }

    @Test("are bodies where an apposition says so") func house() throws {
        let reading = try Reading("Nordlund Rask, the bank, said rates would rise in May.")
        #expect(reading.analysis.quotes.first?.speaker?.type == .organization)
    }

    @Test(
        "are those who did something and not where they work",
        arguments: [
            (
                "Researchers at the University of Ardnoch took 340 cores. They found that the sand held 9 kg of carbon.",
                "Researchers at the University of Ardnoch"
            ),
            ("Doctors at Leith Hospital treated 40 people. They said most had burns.", "Doctors at Leith Hospital"),
        ])
    func groups(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.last?.speaker?.name == name)
    }

    @Test(
        "may be bodies, groups and texts",
        arguments: [
            ("Most experts believe it is late.", "Most experts", Analysis.EntityType.group),
            ("The United States says it is late.", "United States", .organization),
            ("The health ministry said it was late.", "health ministry", .organization),
            ("A spokesman for the company said it was late.", "spokesman for the company", .person),
            ("A White House statement on the talks said it was late.", "White House", .organization),
            (
                "A union representing laboratory staff in Leeds said it was late.",
                "union representing laboratory staff in Leeds", .organization
            ),
            ("The marketing board’s latest bulletin said it was late.", "marketing board’s latest bulletin", .document),
        ])
    func unnamed(body: String, name: String, type: Analysis.EntityType) throws {
        let speaker = try #require(try Reading(body).analysis.quotes.first?.speaker)
        #expect(speaker.name == name)
        #expect(speaker.type == type)
    }

    @Test("are bodies where partners give them their name") func partners() throws {
        let reading = try Reading(
            "Barlow & Finch estimate that closing the branches would save 90 million crowns a year.")
        #expect(reading.analysis.entities.first?.name == "Barlow & Finch")
        #expect(reading.analysis.entities.first?.type == .organization)
    }

    @Test("are called by the words before their abbreviation in brackets") func brackets() throws {
        let reading = try Reading(
            "The men came before an anti-terrorism court (ATC) on Friday.\\n\\nThe ATC said that the report was inadmissible."
        )
        #expect(reading.analysis.quotes.first?.speaker?.name == "anti-terrorism court")
    }

    @Test("are no place that a comma sets apart from them") func bodyBeforePlace() throws {
        let reading = try Reading(
            "According to the World Energy Agency, Iran has 274 kg of uranium. The agency says no other country has as much."
        )
        #expect(reading.analysis.quotes.last?.speaker?.name == "World Energy Agency")
    }
}
