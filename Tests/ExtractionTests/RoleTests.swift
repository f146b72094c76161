import Extraction
import Testing
import Wire

@Suite("Roles of speakers")
struct RoleTests {
    @Test(
        "have their name without the title, and the title as role",
        arguments: [
            ("Canadian Prime Minister Ann Li said it was late.", "Ann Li", "Canadian Prime Minister"),
            ("Finance minister Ann Li said it was late.", "Ann Li", "Finance minister"),
            ("The team’s coach, Ann Li, said it was late.", "Ann Li", "team’s coach"),
            ("Ann Li, the mayor of Oslo, said it was late.", "Ann Li", "mayor of Oslo"),
            ("Mr. Bo Ek said it was late.", "Bo Ek", nil),
            ("Arturo “Lefty” Quintanilla said it was late.", "Arturo “Lefty” Quintanilla", nil),
            ("Sen. Bo Ek (D-Wis.) said it was late.", "Bo Ek", "Sen"),
            ("Team member Ann Li said it was late.", "Ann Li", "Team member"),
            ("“It is late,” said company spokeswoman Ann Li.", "Ann Li", "company spokeswoman"),
            ("US President Ann Li said it was late.", "Ann Li", "US President"),
            ("The chairman of the club, Chief Bo Ek, said it was late.", "Bo Ek", "chairman of the club, Chief"),
            ("A father of two of the girls, Bo Ek, said it was late.", "Bo Ek", "father of two of the girls"),
            ("Counsel for the defendant, Ann Li, said it was late.", "Ann Li", "Counsel for the defendant"),
            ("Former 10,000m champion Bo Ek said it was late.", "Bo Ek", "Former 10,000m champion"),
            ("Acting U.S. Attorney Bo Ek said it was late.", "Bo Ek", "Acting U.S. Attorney"),
            ("According to Conan O’Brien, 6792 families lost their homes in May.", "Conan O’Brien", nil),
            ("Ann Li, who gives her age as 61, said it was late.", "Ann Li", nil),
            ("DSP Ann Li said it was late.", "Ann Li", "DSP"),
            (
                "“It is late,” said Ann Li, a spokesperson for the U.S. Forest Service.", "Ann Li",
                "spokesperson for the U.S. Forest Service"
            ),
            ("His colleague, Sen. Ann Li, a physician, said it was late.", "Ann Li", "Sen"),
            ("Midwife Ann Li said it was late.", "Ann Li", "Midwife"),
            ("Launching the initiative Mr Clarke said the beach would be clean.", "Clarke", nil),
            ("Ilse Vanterpool walked out on Monday. Vanterpool said it was late.", "Ilse Vanterpool", nil),
            ("Dr. Ann Li, who runs a practice in Portage, said it was late.", "Ann Li", "runs a practice in Portage"),
            ("“It is late,” said Father Bo Ek, who heads the Debt Coalition.", "Bo Ek", "heads the Debt Coalition"),
            ("Bo Ek, who is UKIP Scotland chairman, said it was late.", "Bo Ek", "UKIP Scotland chairman"),
            ("Ann Li, who is the mayor of Oslo, said it was late.", "Ann Li", "mayor of Oslo"),
            (
                "Dr Ann Li is professor of ice at Oslo University. “It is late,” said Li.", "Ann Li",
                "professor of ice at Oslo University"
            ),
            ("Ann Li is the winner of it all and the sister of Bo Ek. “It is late,” said Li.", "Ann Li", nil),
            (
                "Cllr Ann Li, the council’s cabinet member for roads, said it was late.", "Ann Li",
                "council’s cabinet member for roads"
            ),
            ("Cllr Ann Li, who chairs the roads committee, said it was late.", "Ann Li", "chairs the roads committee"),
            ("Lorne Shire Mayor Cr Ann Li said it was late.", "Ann Li", "Lorne Shire Mayor"),
            ("Its then chairman, the late Sir Bo Ek, told MPs it was late.", "Bo Ek", "then chairman"),
            ("The late Bo Ek said it was late.", "Bo Ek", nil),
            ("Ann Li, who is 45 and lives in Oslo, said it was late.", "Ann Li", nil),
            ("“It is late,” shot back Leader of the Opposition Ann Li.", "Ann Li", "Leader of the Opposition"),
            (
                "In an email, Dean of Arts and Sciences Margit Halvorsen wrote that cuts were late.",
                "Margit Halvorsen", "Dean of Arts and Sciences"
            ),
            (
                "It drew a sharp response from the mayor of Patras, Ann Li, who said it was late.", "Ann Li",
                "mayor of Patras"
            ),
            (
                "It was sent to the minister by a lawyer hired by the families, Ann Li, who said it was late.",
                "Ann Li",
                "lawyer hired by the families"
            ),
            ("Under questions by lawyer Kimani Githinji, Mr Bo Ek admitted it was late.", "Bo Ek", nil),
            ("李明 said it was late.", "李明", nil),
        ] as [(String, String, String?)])
    func role(body: String, name: String, role: String?) throws {
        let reading = try Reading(body)
        #expect(reading.analysis.quotes.first?.speaker?.name == name)
        #expect(reading.analysis.entities.first?.role == role)
        #expect(reading.analysis.entities.first?.type == .person)
    }

    @Test("have roles without pronouns, courtesies and particles") func plainRole() throws {
        func role(_ body: String) throws -> String? { try Reading(body).analysis.entities.first?.role }
        #expect(try role("Marizanne du Toit spoke. “It is late,” du Toit said.") == nil)
        #expect(try role("In a statement on her behalf, Ms Li said it was late.") == nil)
        #expect(try role("Coroner Dr Fiona Hart said it was late.") == "Coroner")
        #expect(try role("A nurse in the audience, Ann Li, said it was late.") == "nurse in the audience")
        #expect(
            try role("The bill was drafted by council members Ann Li and Bo Ek. Li said it was late.")
                == "council member")
        #expect(
            try role("The bill was drafted by council members Ann Li and Bo Ek. Ek said it was late.")
                == "council member")
        #expect(try role("A spokesperson for the firm’s owner, Harbour Bank, said it was late.") == nil)
        #expect(try role("Victor Amaral, a delivery driver we met in Oslo, said it was late.") == "delivery driver")
    }

    @Test(
        "have the role that stands beside their name",
        arguments: [
            (
                "The head of the council’s harbour office, Ann Li, said taxes would rise.",
                "head of the council’s harbour office"
            ),
            (
                "Ann Li, 71, secretary of the Green Glen association, said taxes would rise.",
                "secretary of the Green Glen association"
            ),
            ("Ann Li, the area coroner for Severnside, said taxes would rise.", "area coroner for Severnside"),
            ("Ann Li, one of the two external members, said taxes would rise.", "one of the two external members"),
            ("But its treasurer, Dr Ann Li, said taxes would rise.", "treasurer"),
            ("Nurse Ann Li said taxes would rise.", "Nurse"),
            ("Ann Li, head of the postal workers’ union, said taxes would rise.", "head of the postal workers’ union"),
            ("A lawyer hired by the families, Ann Li, said taxes would rise.", "lawyer hired by the families"),
            ("Her counterpart for the Crown, Ann Li, said taxes would rise.", "counterpart for the Crown"),
            ("Its treasurer, Madam Ann Li, said taxes would rise.", "treasurer"),
            ("Ann Li, chief economist, Harbour Merchant Bank: “Taxes rose.”", "chief economist, Harbour Merchant Bank"),
            ("Singer Ann Li dies\n\nThe veteran folk singer Ann Li had said taxes would rise.", "veteran folk singer"),
            ("“Taxes rose,” said Ann Li, who sells fruit on the corner.", "sells fruit on the corner"),
        ])
    func roles(body: String, role: String) throws {
        let entity = try #require(try Reading(body).analysis.entities.first { $0.name == "Ann Li" })
        #expect(entity.role == role)
    }

    @Test(
        "have no role where something else stands beside their name",
        arguments: [
            "In the second half, Ann Li said, it rained.", "Ann Li, 71, who was reading, said taxes would rise.",
            "On Monday Ann Li said taxes would rise.",
        ])
    func noRole(body: String) throws {
        let entity = try #require(try Reading(body).analysis.entities.first { $0.name == "Ann Li" })
        #expect(entity.role == nil)
    }

    @Test(
        "have a role without honours and without their company’s ending",
        arguments: [
            ("Chief scientist Dr. Ann Li said that it was late.", "Ann Li", "Chief scientist"),
            (
                "Counsel for the EFCC, Sylvanus Tahir, SAN, said that it was late.", "Sylvanus Tahir",
                "Counsel for the EFCC"
            ),
            ("Orchid Biosciences, Inc. said that it was late.", "Orchid Biosciences", nil),
            ("Engr. Nnamdi Eze said that it was late.", "Nnamdi Eze", "Engr"),
            (
                "“That ends now,” said Chief of the Defence Staff Gen. Andrew Molnar.", "Andrew Molnar",
                "Chief of the Defence Staff Gen"
            ),
            ("Montana Secretary of State Bo Ek said that it was late.", "Bo Ek", "Montana Secretary of State"),
        ] as [(String, String, String?)])
    func plainRole(body: String, name: String, role: String?) throws {
        let analysis = try Reading(body).analysis
        #expect(analysis.quotes.first?.speaker?.name == name)
        #expect(analysis.entities.first { $0.name == name }?.role == role)
    }
}
