import Extraction
import Testing
import Wire

@Suite("Speakers")
struct SpeakerTests {
    @Test(
        "have the fullest name of the article, wherever it stands",
        arguments: [
            "Ann Li came to Oslo. “It is late,” Li said.", "“It is late,” Li said. Ann Li came to Oslo.",
            "Ann Li came to Oslo. “It is late,” Ms. Li said.", "Ann Li came to Oslo. “It is late,” Ann said.",
        ])
    func fullestName(body: String) throws {
        let reading = try Reading(body)
        #expect(reading.analysis.quotes.first?.speaker?.name == "Ann Li")
    }

    @Test(
        "are found behind pronouns",
        arguments: [
            ("Anna Li met John Ek in Oslo. She said it was late.", "Anna Li"),
            ("Anna Li met John Ek in Oslo. He said it was late.", "John Ek"),
            ("John Ek spoke first. “It is late,” he said.", "John Ek"),
            ("Mrs. Ek met Mr. Li in Oslo. “It is late,” she said.", "Ek"),
            ("Anna Li, who leads the city, came. “It is late,” she said.", "Anna Li"),
        ])
    func pronoun(body: String, name: String) throws {
        let reading = try Reading(body)
        #expect(reading.analysis.quotes.first?.speaker?.name == name)
    }

    @Test(
        "that the lead describes have the name that follows, and what describes them as role",
        arguments: [
            """
            Sailor told court of missing pages

            A retired sailor told a court in Oslo on Monday that 14 pages had been cut from the log.

            Bo Ek, 71, who worked on the ferry for 30 years, never saw it whole.
            """,
            """
            Ferry log was cut

            OSLO (NTB) – A retired sailor told a court on Monday that 14 pages had been cut from the log.

            Leaning on a stick, Bo Ek, 71, spoke for an hour. “Nobody asked me,” the sailor said.
            """,
        ])
    func introduced(body: String) throws {
        let analysis = try Reading(body).analysis
        #expect(Set(analysis.quotes.map { $0.speaker?.name }) == ["Bo Ek"])
        #expect(analysis.entities.map(\.role) == ["retired sailor"])
    }

    @Test("are not whoever the next sentence names with an office of their own") func otherName() throws {
        let analysis = try Reading(
            """
            Thief told court of stolen log

            A thief told a court in Oslo on Monday that 14 pages had been cut from the log.

            Judge Bo Ek asked him who had the pages.
            """
        ).analysis
        #expect(analysis.quotes.first { $0.content.text.contains("14 pages") }?.speaker?.name != "Bo Ek")
    }

    @Test("within somebody's words are nobody who is named only behind them") func quotedPronoun() throws {
        let analysis = try Reading(
            "“I told him that I had two goals in me,” Kofi Harrow said. “He said two was not enough.”\n\nMartin Keane left."
        ).analysis
        #expect(!analysis.quotes.contains { $0.speaker?.name == "Martin Keane" })
    }

    @Test("without a name may speak again in the next sentence") func unnamedAgain() throws {
        let analysis = try Reading(
            """
            “We moved as soon as it was clear,” Chief Executive Rolf Steiner said in a call with analysts.

            But two former employees told Reuters that engineers saw the fault in 2021. One of them, a test driver, said he had lost his brakes on a mountain road. “I pulled the handbrake and prayed,” he said.
            """
        ).analysis
        #expect(analysis.quotes.last?.content.text == "“I pulled the handbrake and prayed,”")
        #expect(analysis.quotes.last?.speaker?.name == "employee")
    }

    @Test("of an answer are who is asked") func answer() throws {
        let analysis = try Reading(
            """
            Neil Amery admitted that he had signed the papers.

            “Did you ever go and look?” asked Mr Osei.

            “No. He is my brother.”
            """
        ).analysis
        #expect(analysis.quotes.last.map { $0.content.text } == "“No. He is my brother.”")
        #expect(analysis.quotes.last?.speaker?.name == "Neil Amery")
    }

    @Test("of several people are not the one of them who is named last") func several() throws {
        let analysis = try Reading("The defendants, brothers Neil and Craig Amery, deny that they sold the ship.")
            .analysis
        #expect(analysis.quotes.first?.speaker?.type != .person || analysis.quotes.first?.speaker?.name == "defendants")
    }

    @Test("of a headline's noun are whom the text calls so at full length") func headlineNoun() throws {
        let analysis = try Reading(
            "Nobody was hurt, police say\n\nNorthumbria Police said a man had been arrested on Monday."
        ).analysis
        #expect(analysis.quotes.map { $0.speaker?.name } == ["Northumbria Police", "Northumbria Police"])
        #expect(analysis.entities.count == 1)
    }

    @Test(
        "of a quotation that stands alone are who is spoken of before it, or signs it",
        arguments: [
            """
            The storm took 12 roofs in Bergen on Monday.

            In the harbour, Siri Dahl watched her roof land on the beach.

            “It came off in one piece, like a lid. I have had it for ten years.”
            """,
            """
            Two people were killed in a blast in Bergen on Thursday.

            In the harbour, retired nurse Siri Dahl was washing up when her window blew in.

            'I thought it was fireworks. Then the whole sky went orange.'
            """,
            """
            The council wants to build 300 flats on the meadow.

            “There is a creek under that slab and nobody has asked it.” — Siri Dahl, retired baker
            """,
        ])
    func alone(body: String) throws {
        let analysis = try Reading(body).analysis
        #expect(analysis.quotes.last?.kind == .direct)
        #expect(analysis.quotes.last?.speaker?.name == "Siri Dahl")
    }

    @Test(
        "are the whole subject of the cue, not who stands within it",
        arguments: [
            ("An assessment carried out by officers found that 300 pupils would have no school.", "assessment"),
            (
                "A report by the Oslo Audit Office, which the court accepted, stated that 14 ships were lost.",
                "report by the Oslo Audit Office"
            ),
            ("Sources close to the talks said that a deal was near.", "Sources close to the talks"),
            ("The latest study by Bergen University found that cod had grown smaller.", "study by Bergen University"),
            ("Transport for Wales said trains would not run before noon.", "Transport for Wales"),
            ("Bo Ek, who was told by the nurse that the bed was gone, waited nine hours.", "nurse"),
            ("Her manager, Dutchman Joost van ’t Hoff, said it was late.", "Joost van ’t Hoff"),
        ])
    func subject(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.first?.speaker?.name == name)
    }

    @Test(
        "are known by any part of what they were called",
        arguments: [
            (
                "Lord Ashgrove of Penrith moved an amendment in the Lords. Lord Ashgrove said it was late.",
                "Lord Ashgrove of Penrith"
            ),
            ("Miriam Achebe-Stone came. She was born Miriam Stone, and Stone said it was late.", "Miriam Achebe-Stone"),
            (
                "Fayemi says it is late\n\nThe governor, Kayode Fayemi-Ojo, came to Lagos on Monday.",
                "Kayode Fayemi-Ojo"
            ),
            ("Charlie Hughes was sent off in Hull. Hughes himself said it was late.", "Charlie Hughes"),
            ("Tom (“Tank”) Brody said it was late.", "Tom (“Tank”) Brody"),
            ("The former governor, Kayode Ojo, spoke first. The ex-governor said it was late.", "Kayode Ojo"),
            ("IndiGo has cancelled 47 flights. “It is late,” the airline said.", "IndiGo"),
            (
                "Tullow Group plc fell on Thursday. The group, which owns two chains of pubs, said it would close 28 sites.",
                "Tullow Group"
            ),
            ("Her MP, Sonia Kumar, said it was late.", "Sonia Kumar"),
            ("The Vice-Chancellor, Joseph Babatola, said it was late.", "Joseph Babatola"),
            ("Ann Li, Co-Founder and Chief Executive Officer, said it was late.", "Ann Li"),
            ("Councilmember Keisha Barnes said it was late.", "Keisha Barnes"),
            ("Cornwall Insight, a consultancy, reckons bills will rise by 3 percent.", "Cornwall Insight"),
        ])
    func anyPart(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.first?.speaker?.name == name)
    }

    @Test(
        "are nobody else where a name only stands near",
        arguments: [
            // A bishop has no name here, and is not called Carlisle.
            ("The Bishop of Carlisle said it was late. He asked who would pay.", "Bishop of Carlisle", 1),
            // Whoever is spoken to does not speak.
            ("“These are diseased,” he told her. “Baji, it’s for the road.”", nil, 0),
            // Within somebody's words, "she" is another woman.
            ("Ann Li came. “She said to me, ‘It is late and we are going home’,” Ann Li said.", nil, 1),
            ("Not everyone is convinced that the bridge will last.", "Not everyone", 0),
            ("The form his employer sent to the ministry says it was late.", "form", 0),
        ] as [(String, String?, Int)])
    func nobodyElse(body: String, name: String?, quote: Int) throws {
        let quotes = try Reading(body).analysis.quotes
        try #require(quotes.indices.contains(quote))
        #expect(quotes[quote].speaker?.name == name)
    }

    @Test("may be told by the short sentence before their words") func introduced() throws {
        let reading = try Reading(
            "Paul Heckett leads the club in Hull.\n\nHeckett disagreed. “It was a red card all day long, I think.”")
        #expect(reading.analysis.quotes.last?.speaker?.name == "Paul Heckett")
    }

    @Test("that nothing names are left open") func unknown() throws {
        let quote = try #require(try Reading("“It is late and we should go home,” he said.").analysis.quotes.first)
        #expect(quote.speaker == nil)
        #expect(quote.source?.text == "he")
    }

    @Test("of the same last name are told apart by title") func sameLastName() throws {
        let reading = try Reading(
            "Anna Ek and John Ek came to Oslo. “It is late,” Mr. Ek said. “It is early,” Ms. Ek said.")
        #expect(reading.analysis.quotes.map { $0.speaker?.name } == ["John Ek", "Anna Ek"])
    }

    @Test("have all their mentions") func mentions() throws {
        let analysis = try Reading("Ann Li came. Li said it was late. She said it was cold.").analysis
        let entity = try #require(analysis.entities.first { $0.name == "Ann Li" })
        #expect(entity.mentions == [Span(0, 6), Span(13, 15), Span(34, 37)])
    }

    @Test(
        "are called as the article calls them",
        arguments: [
            ("Rates rose, Finance Minister Rannvá við Keldu told reporters on Monday.", "Rannvá við Keldu"),
            ("“Rates rose,” said the Rev. Cornelius Mapp Jr. at the gate.", "Cornelius Mapp Jr."),
            ("Maj. Gen. K. A. Osei-Bonsu told a hearing that 3.5 tons of fuel were missing.", "K. A. Osei-Bonsu"),
            ("“They never signed,” said Sen. D. W. Pruitt Jr. Mr. Pruitt said the loss was small.", "D. W. Pruitt Jr."),
            ("Tuilevu told the chamber that the talks had failed, according to The Fiji Times.", "The Fiji Times"),
            ("The talks on the budget have failed, the Fiji Times reported on Monday.", "Fiji Times"),
        ])
    func names(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.first?.speaker?.name == name)
    }

    @Test("of a headline's quotation are those of the same words in the text") func repeated() throws {
        let reading = try Reading(
            "'I felt the floor move': residents flee as sinkhole opens\n\nMaureen Tait, 74, said: 'I felt the floor move and I ran.'"
        )
        #expect(reading.analysis.quotes.first?.content.text == "'I felt the floor move'")
        #expect(reading.analysis.quotes.first?.speaker?.name == "Maureen Tait")
    }

    @Test(
        "are known by what describes them",
        arguments: [
            (
                "“I signed 30 a day,” said Col. Bo Ek, 91.\n\nThe colonel said that he had not read the papers.",
                "Bo Ek"
            ),
            ("Chief Magistrate Ann Li opened the hearing. The magistrate warned that nobody may speak.", "Ann Li"),
            ("The runner will appeal, her lawyer said.\n\n“He was abroad,” lawyer Bo Ek told reporters.", "Bo Ek"),
            ("Bo Ek’s lawyer Ann Li came. Mr Ek left early. His lawyer said that he was ill.", "Ann Li"),
            (
                "The Ridge Valley Forum met on Monday. The forum said that gold had left the country.",
                "Ridge Valley Forum"
            ),
            ("A woman frying fish, who gave her name only as Mercy, said that prices had doubled.", "Mercy"),
            ("Their spokesman, who goes by the single name Bounmy, said that the talks had failed.", "Bounmy"),
            (
                "Three diplomats said that the talks had failed. One of them said that the text was too long.",
                "diplomat"
            ),
        ])
    func descriptions(body: String, name: String) throws {
        let names = try Reading(body).analysis.quotes.map { $0.speaker?.name ?? "nobody" }
        #expect(names.last == name || names.first == name)
        #expect(Set(names).subtracting([name, "Three diplomats"]).isEmpty)
    }

    @Test("are no adjective that stands before something else") func adjectives() throws {
        let reading = try Reading(
            "The court heard of a Japanese journal on Monday. It said that the Japanese article concerned hoses.")
        #expect(!reading.analysis.entities.contains { $0.name == "Japanese" })
    }

    @Test(
        "are called again by age, country, title or office",
        arguments: [
            (
                "Kwame Osei came off the bench as Hartley Town beat leaders Bramwick.\n\n“I have dreamed of that,” said the 19-year-old.",
                "Kwame Osei"
            ),
            (
                "“He is some boy,” Gary Pelham said.\n\nRovers manager Luc Deschamps-Ferrand refused to blame goalkeeper Ollie Trent. “We lose together,” the Frenchman insisted.",
                "Luc Deschamps-Ferrand"
            ),
            (
                "Kerala Chief Minister Ravi Nair sent a letter on Monday. The CM wrote that the state “cannot be made to pay twice”.",
                "Ravi Nair"
            ),
            (
                "Senate leader Ruth Okafor said that she had not read the order.\n\nHer Democratic counterpart, Sen. Paul Lindqvist of Minnesota, was less kind. “It is a press release,” he said.",
                "Paul Lindqvist"
            ),
        ])
    func again(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.last?.speaker?.name == name)
    }

    @Test(
        "are nobody who merely stands near",
        arguments: [
            ("The buses will move to a new site at Harrow Lane, the authority said.", "authority"),
            (
                "A bench of Justices R. F. Nariman and Surya Kant observed that it was late.",
                "bench of Justices R. F. Nariman and Surya Kant"
            ),
            ("Experts not involved in the research said that it was late.", "Experts"),
            (
                "According to figures released under the Freedom of Information Act, the lifts have broken down 112 times.",
                "figures"
            ),
            ("The union of seamen, PNO, says that two doors had been open for years.", "PNO"),
            (
                "Idaho had 62 homicides last year, the Idaho Council on Domestic Violence reports.",
                "Idaho Council on Domestic Violence"
            ),
        ])
    func near(body: String, name: String) throws {
        #expect(try Reading(body).analysis.quotes.first?.speaker?.name == name)
    }

    @Test("are not called by the words of a headline in capitals") func titleCase() throws {
        let analysis = try Reading(
            "Orchid Biosciences Announces Positive Phase 2 Results in Eczema\n\nOrchid Biosciences said on Monday that its trial met its goal."
        ).analysis
        #expect(analysis.quotes.last?.speaker?.name == "Orchid Biosciences")
    }

    @Test("answer whoever asked them before") func replies() throws {
        let analysis = try Reading(
            """
            Brother Anselm Keogh, 81, said he had burned “perhaps forty” files.

            “Enough to know what they contained?” asked Rosalind Achebe.

            “Yes.”

            He told the chair that a bishop had telephoned him on a Sunday evening.
            """
        ).analysis
        let speakers = analysis.quotes.map { $0.speaker?.name }
        #expect(speakers.starts(with: ["Anselm Keogh", "Rosalind Achebe", "Anselm Keogh"]))
        #expect(speakers.last == "Anselm Keogh")
    }

    @Test(
        "Whoever replies is the one who was spoken to",
        arguments: [
            "“You knew about the roof in May,” Jane Platt told Mary Hobbs. “I never knew,” she replied.",
            "“You knew about the roof in May,” Jane Platt said to Mary Hobbs. “I never knew,” she replied.",
            "Jane Platt asked Mary Hobbs whether she knew of it. “I never knew,” she answered.",
        ])
    func replies(body: String) throws {
        #expect(try Reading(body).analysis.quotes.last?.speaker?.name == "Mary Hobbs")
    }

    @Test(
        "What somebody's condition is about does not speak, nor does whoever",
        arguments: [
            (
                "A German economy ministry official, speaking on condition of anonymity because the talks are private, said the "
                    + "government was “increasingly nervous” about the schedule.",
                ["German economy ministry official"]
            ),
            ("“It is shut,” Mayor Ann Li said. “Whoever says it is safe has not seen it.”", ["Ann Li"]),
        ])
    func conditions(body: String, names: [String]) throws {
        #expect(try Reading(body).analysis.quotes.map { $0.speaker?.name ?? "-" } == names)
    }
}
