import Extraction
import Testing
import Wire

/// Who is easily taken for somebody else: relatives, strangers, whoever is called in another way.
@Suite("Speakers told apart")
struct StrangerTests {
    private func lastSpeaker(in body: String) throws -> String? {
        try Reading(body).analysis.quotes.last?.speaker?.name
    }

    @Test(
        "of one surname are told apart by how the article introduces them",
        arguments: [
            (
                "Ada Holt, 84, died in the fire. Her son, Neil, found her. Mr Holt said the alarm had not worked.",
                "Neil Holt"
            ),
            ("Tom Holt lost his house. His wife, Joyce, fled. Mrs Holt said the alarm had failed.", "Joyce Holt"),
            (
                "Harold Holt, who built kayaks, has died. His wife, Margaret Holt, died in 2015. Holt said that he could swim.",
                "Harold Holt"
            ),
            (
                "Ann Holt, the judge, died on Sunday. Her son, Julian Holt, wept. In her memoir, Holt wrote that it was late.",
                "Ann Holt"
            ),
        ])
    func relatives(body: String, name: String) throws {
        #expect(try lastSpeaker(in: body) == name)
    }

    @Test(
        "are not those for whom they speak, or to whom they belong",
        arguments: [
            ("The wife of Governor Dan Ruiz said the report was wrong.", "Dan Ruiz"),
            ("A lawyer representing Governor Dan Ruiz said the report was wrong.", "Dan Ruiz"),
            ("A spokesman for Senator Paul Reyes said he had never taken money from the firm.", "Paul Reyes"),
            ("A spokeswoman for District Attorney Ellis Greer said the report was wrong.", "Ellis Greer"),
            ("The father of Mayor Ann Li said the report was wrong.", "Ann Li"),
            ("The campaign of Home Secretary Mary Hobbs said the report was wrong.", "Mary Hobbs"),
        ])
    func goBetweens(body: String, principal: String) throws {
        #expect(try lastSpeaker(in: body) != principal)
    }

    @Test(
        "are named behind whose or of what they are",
        arguments: [
            ("The minister for culture Dr Ann Li said the report was wrong.", "Ann Li"),
            ("The mayor of Oslo Ann Li said the report was wrong.", "Ann Li"),
            ("The mother of Ann Li, Mary Ek, said the report was wrong.", "Mary Ek"),
            ("Governor Dan Ruiz’s spokeswoman Eva Holt said the report was wrong.", "Eva Holt"),
        ])
    func namedBehind(body: String, name: String) throws {
        #expect(try lastSpeaker(in: body) == name)
    }

    @Test(
        "are not who holds another office",
        arguments: [
            "Pensions minister Laura Finch spoke on Monday. The prime minister said the plan would cost £2bn.",
            "Finance chief Anna Roth left the bank on Monday. The police chief said 12 people had been arrested.",
        ])
    func otherOffice(body: String) throws {
        #expect(!["Laura Finch", "Anna Roth"].contains(try lastSpeaker(in: body)))
    }

    @Test("that only a description names are not the next to be named who has it") func strangers() throws {
        func speakers(_ body: String) throws -> [String?] { try Reading(body).analysis.quotes.map { $0.speaker?.name } }
        let nurse = try speakers(
            """
            A nurse has denied poisoning a patient.

            Ida Fox, 90, died at Wells Hospital. Sister Ruth Pell, a nurse for 20 years, told the jury she found a syringe.
            """)
        #expect(nurse == ["nurse", "Ruth Pell"])
        let coroner = try speakers(
            """
            A coroner has warned that more lives could be lost at a crossing where a student was struck by a train.

            Tomas Wieczorek was walking home when he was hit.

            Senior coroner Ann Gray said the hedge had been reported to the railway on five occasions.
            """)
        #expect(coroner == ["Ann Gray", "Ann Gray"])
    }

    @Test(
        "are named behind a place, an age or an occupation",
        arguments: [
            ("The senator representing Lagos West, Idris Bako, said fuel was scarce.", "Idris Bako"),
            ("Labour MP for Kettlebridge Joss Arkwright said fuel was scarce.", "Joss Arkwright"),
            ("Maya Holt, 17, pulled Jean Pratt, 58, from the pool. The 58-year-old said she was lucky.", "Jean Pratt"),
            ("Bricklayer Hugo Finch said he quit.", "Hugo Finch"),
            (
                "Nurse struck off\n\nGillian Holt, 39, worked in Hull. Trudy Lambert liked her.\n\nHolt said she was ill.",
                "Gillian Holt"
            ),
            ("Farmer Will Tench said it had not rained since May.", "Will Tench"),
            ("Saul “The Hammer” Reyes said he would win.", "Saul “The Hammer” Reyes"),
            ("Council mayor Lorraine Holt smiled. Cr Holt said it leaked.", "Lorraine Holt"),
            (
                "The Department for Environment, Food and Rural Affairs said farms were safe.",
                "Department for Environment, Food and Rural Affairs"
            ),
            (
                "The Rail, Maritime and Transport union (RMT) said 40,000 workers would walk out.",
                "Rail, Maritime and Transport union"
            ),
            (
                "Prosecutor Helen Marsh sat down. The next witness was Dr Irina Sokol. She said the wound was deep.",
                "Irina Sokol"
            ),
            (
                "Industrial parts maker Brandt Mercer cut its forecast. The Moline, Illinois-based company expects earnings of $4.10.",
                "Brandt Mercer"
            ),
        ])
    func introducedBy(body: String, name: String) throws {
        #expect(try lastSpeaker(in: body) == name)
    }

    @Test("are bodies where which, or what they are, says so") func firms() throws {
        func type(_ body: String) throws -> Analysis.EntityType? {
            try Reading(body).analysis.quotes.last?.speaker?.type
        }
        #expect(try type("Hartley Pope, which advised on the deal, said it was large.") == .organization)
        #expect(try type("Marston Quill, the law firm, said its clients were pleased.") == .organization)
        #expect(try type("The largest labour union, Fellesarbeid, said it was late.") == .organization)
        #expect(try type("The Harbour Bank Survey says that prices will rise.") == .document)
    }

    @Test("of an exchange are its two by turns") func exchange() throws {
        let analysis = try Reading(
            """
            "Did you hit him?" prosecutor Dan Ferris asked.

            "No, I pushed him," said Toller.

            "Hard?"

            "Hard enough," he said.
            """
        ).analysis
        #expect(analysis.quotes.map { $0.speaker?.name } == ["Dan Ferris", "Toller", "Dan Ferris", "Toller"])
        #expect(
            analysis.quotes.map(\.content.text) == [
                "\"Did you hit him?\"", "\"No, I pushed him,\"", "\"Hard?\"", "\"Hard enough,\"",
            ])
    }

    @Test(
        "are whom an article calls so in other ways",
        arguments: [
            (
                "The mayor's spokesperson said the road would reopen. They added that repairs had cost £2m.",
                "mayor's spokesperson"
            ),
            ("Dan and Priya Oakes won £1m. Priya Oakes smiled. Her husband said he would keep his job.", "Dan Oakes"),
            (
                "Nordbank's chief executive, Eva Lind, resigned on Monday. The bank said she had lied to auditors.",
                "Nordbank"
            ),
            (
                "Villa agree deal for striker\n\nAston Villa have agreed a deal. Villa Park was full. Villa said it was late.",
                "Aston Villa"
            ),
            (
                "The spokesman, Williams Ovye, said the commissioner, Bethrand Onuoha, had deployed a squad. "
                    + "“No stone will be left unturned,” the statement quoted Onuoha as saying.",
                "Bethrand Onuoha"
            ),
        ])
    func otherwise(body: String, name: String) throws {
        #expect(try lastSpeaker(in: body) == name)
    }

    @Test("are not the only one named, whatever they are called")
    func strangersInCourt() throws {
        for noun in ["judge", "coroner", "prosecutor", "victim", "witness"] {
            let analysis = try Reading("Tom Ware, 40, was jailed for fraud. The \(noun) said the fine was fair.")
                .analysis
            #expect(analysis.quotes.last?.speaker?.name == noun)
        }
        let mother = try Reading(
            "A mother has warned other parents. Her son, Archie Bright, 5, choked on a grape.\n\n“He went blue,” she said."
        )
        #expect(mother.analysis.quotes.last?.speaker?.name != "Archie Bright")
    }
}
