import Extraction
import Testing
import Wire

@Suite("Claims")
struct ClaimTests {
    @Test("are one for each asserted sentence") func sentences() throws {
        let reading = try Reading(
            "The bridge was closed on Monday. Who would pay for it? Mr. Ek paid 5.5 million crowns in the U.S. in May.")
        #expect(
            reading.analysis.claims.map(\.text) == [
                "The bridge was closed on Monday.", "Mr. Ek paid 5.5 million crowns in the U.S. in May.",
            ])
        #expect(reading.analysis.claims.allSatisfy { $0.claimant.kind == .article && $0.quote == nil })
        #expect(reading.analysis.claims.allSatisfy { !$0.propositions.isEmpty })
    }

    @Test(
        "begin behind a dateline",
        arguments: [
            "DAYTON, Ohio (AP) — ", "OSLO, Nov 12 (Reuters) - ", "NEW YORK – ", "LONDON (Reuters) — ",
            "BONN, 3 May 2024 (dpa) – ",
        ])
    func datelines(dateline: String) throws {
        let reading = try Reading("Bridge is closed\n\n\(dateline)The bridge over the river was closed on Monday.")
        #expect(reading.analysis.claims.last?.text == "The bridge over the river was closed on Monday.")
    }

    @Test(
        "keep what only looks like one",
        arguments: [
            "NATO – Oslo’s ally – closed the bridge on Monday.", "IBM closed its plant in Oslo – The Hague is next.",
            "UNESCO, which is in Paris – Bonn in some years – met on Monday.",
        ])
    func noDatelines(body: String) throws {
        #expect(try Reading("Bridge is closed\n\n" + body).analysis.claims.last?.text == body)
    }

    @Test("belong to the speaker they are quoted from") func speaker() throws {
        let analysis = try Reading("Ann Li said that the bridge had cost nine million crowns.").analysis
        let claim = try #require(analysis.claims.first)
        #expect(claim.text == "that the bridge had cost nine million crowns")
        #expect(claim.claimant == Analysis.Claimant(kind: .speaker, entity: "e1", name: "Ann Li"))
        #expect(claim.quote == analysis.quotes.first?.id)
    }

    @Test(
        "are the speaker's whatever stands around what can be checked",
        arguments: [
            ("According to Prime Minister Lena Holt, crime fell by 12 % last year.", "Lena Holt"),
            ("Crime fell by 12 % last year, according to Prime Minister Lena Holt.", "Lena Holt"),
            (
                "Prime Minister Lena Holt, who took office in 2019 and leads a minority, said crime fell by 12 %.",
                "Lena Holt"
            ),
            ("Lena Holt told reporters on Monday that the council had lost 12 million pounds.", "Lena Holt"),
            ("A review in 2018 found no evidence of bullying at the ministry.", "review"),
            ("The central bank projects growth of 0.7% this year.", "central bank"),
            ("The health ministry has confirmed 4,312 cases and 97 deaths since May.", "health ministry"),
        ])
    func whoseClaim(body: String, name: String) throws {
        let analysis = try Reading(body).analysis
        let claim = try #require(analysis.claims.first)
        #expect(claim.claimant.name == name)
        #expect(analysis.quotes.contains { $0.id == claim.quote })
    }

    @Test(
        "are those of whom a newspaper cites, and never the newspaper's",
        arguments: [
            (
                "The Harbour Gazette reported, citing two officials, that the line had lost 12 million crowns.",
                "two officials"
            ),
            ("Reuters said on Monday, quoting a company memo, that 400 jobs would go by June.", "company memo"),
            ("The news agency Norsk quoted Bo Ek as saying that the line had lost 12 million crowns.", "Bo Ek"),
        ])
    func cited(body: String, name: String) throws {
        let analysis = try Reading(body).analysis
        let claim = try #require(analysis.claims.first)
        #expect(claim.claimant.name == name)
        let quote = try #require(analysis.quotes.first { $0.id == claim.quote })
        // Who passes it on is told, too.
        #expect(analysis.quotes.contains { $0.id == quote.nested && $0.speaker?.name != name })
    }

    @Test("are never the article's between quotation marks") func quotedWhole() throws {
        let analysis = try Reading(
            """
            Rain fell on the valley for two days.

            “The dam held 40 million litres in March. In April it held nine million.”

            The meeting will go on.
            """
        ).analysis
        #expect(analysis.claims.first { $0.text.contains("40 million") }?.claimant.kind == .speaker)
    }

    @Test("that a finding makes are whole sentences") func finding() throws {
        let body = "A review in 2018 found no evidence of bullying at the ministry."
        #expect(try Reading(body).analysis.claims.map(\.text) == [body])
    }

    @Test(
        "are the article's where somebody acts, plans or calls for something",
        arguments: [
            "Lena Holt promised to build 4,000 houses in Oslo by 2030.",
            "The court ordered the sale of 40 ships in May.",
            "Mayor Ann Li asked residents to keep their windows shut on Monday.",
        ])
    func acts(body: String) throws {
        let claim = try #require(try Reading(body).analysis.claims.first)
        #expect(claim.claimant.kind == .article)
    }

    @Test("with figures, dates and names are worth more than judgements") func worth() throws {
        let analysis = try Reading(
            """
            In 2019 the University of Oslo paid 4.2 million crowns for 640 houses in Bergen.
            The city is a wonderful place to live, and everyone should hope for the best.
            """
        ).analysis
        #expect(analysis.claims.count == 2)
        #expect(analysis.claims[0].checkWorthiness >= 0.5)
        #expect(analysis.claims[1].checkWorthiness < 0.5)
    }

    @Test("go on behind the cue with what follows from them") func consequence() throws {
        let reading = try Reading(
            "The party won 52.3 per cent of the vote, the electoral commission said on Monday, giving it 102 seats.")
        let claim = try #require(reading.analysis.claims.first)
        #expect(claim.claimant.name == "electoral commission")
        #expect(claim.quantities.map(\.value) == [52.3, 102])
    }
}
