import English
import Testing

@Suite struct `What is English` {
    @Test(arguments: Samples.others) func `articles in other languages are not`(language: String, text: String) {
        #expect(!English.isLikely(text))
        // In capitals only the small words tell, of languages that have some among those that are known.
        if ["fr", "de", "es", "it", "nl", "pt", "sv", "ru", "el"].contains(language) {
            #expect(!English.isLikely(text.uppercased()))
        }
    }

    @Test(
        arguments: [
            "Stocks slide", "Beyoncé wins", "Rio de Janeiro: Ursula von der Leyen meets Lula da Silva", "El Clásico",
            "",
            "Das Kapital tops list", "U.S. JOBS DATA BEATS FORECASTS", "2024", "“!” 7.5", "München",
            "C'est la vie, says Li",
            "Los Angeles, Las Vegas and Des Moines",
        ]) func `a headline is, unless it says otherwise`(text: String)
    {
        #expect(English.isLikely(text))
    }

    @Test(
        arguments: [
            // Names from everywhere, in copy, in capitals, in lists.
            """
            Nguyễn Thị Lan and Jürgen Müller-Größe of Köln met Łukasz Wójcik, Åsa Öberg and José María de la Cruz in São Paulo on Monday to sign
            what the Fundação Getúlio Vargas and the Société Générale called a treaty of the willing.
            """,
            """
            TORNADO KILLS NINE IN OKLAHOMA. GOVERNOR ANA BRANDT DECLARED A STATE OF EMERGENCY AFTER THE STORM TORE THROUGH THREE COUNTIES, AND
            SAID THAT HELP WAS ON ITS WAY TO EVERY TOWN.
            """,
            """
            Team: J Müller (München); P van der Berg (Ajax), L da Silva (Porto), K Öberg (Malmö), T El Haddad (Casablanca), G De Rossi (Roma),
            A Le Roux (Brest), N Van Dijk (Utrecht), S dos Santos (Braga), B von Hagen (Köln)
            """,
            """
            Arsenal 2 Chelsea 1
            Bayern München 3 Real Madrid 0
            Paris Saint-Germain 1 Internazionale 1
            Sporting Clube de Portugal 0 Ajax 4
            """,
            "Ingredients: 200 g flour, 2 eggs, butter, salt, sugar, lemon zest, vanilla, almond flakes, baking powder, milk, cream",
        ]) func `lists, capitals and names from elsewhere are`(text: String)
    {
        #expect(English.isLikely(text))
    }

    @Test(
        arguments: [
            """
            Eggs cost $3 per dozen, milk $2 per gallon. Rice costs $1 per pound, salmon $14 per pound. “Prices rise,” grocer Ann Li said.
            """,
            """
            Harbour Bank: earnings per share rose 4 cents, revenue per employee fell 2 percent, dividend per share stays unchanged, net interest
            income climbed, loan losses fell, costs rose, full-year outlook unchanged, shares up 3 percent.
            """,
            "Pro players want higher pay. Pro clubs refuse. Ja Rule and Per Mertesacker played.",
        ]) func `copy with few small words is`(text: String)
    {
        #expect(English.isLikely(text))
    }

    @Test(
        arguments: [
            "Praam uppus\n\n„Praam uppus keskpäeval 300 inimesega pardal,“ ütles linnapea Ann Li esmaspäeval ajakirjanikele. Päästjad tõid "
                + "enamiku reisijatest veest välja.",
            "Kivuko chazama\n\n“Kivuko kilizama saa sita mchana na watu 300,” alisema meya Ann Li kwa waandishi wa habari Jumatatu. "
                + "Waokoaji waliokoa abiria wengi kutoka baharini.",
            "Lumubog ang barko\n\n“Lumubog ang barko noong tanghali na may 300 katao,” sabi ng alkalde na si Ann Li sa mga mamamahayag noong "
                + "Lunes. Nailigtas ang karamihan sa mga pasahero.",
        ]) func `twenty words in a language of which it knows nothing are not`(text: String)
    {
        #expect(!English.isLikely(text))
    }

    @Test(arguments: ShortTexts.others) func `a sentence with two small words of another language is not`(
        language: String, text: String
    ) {
        #expect(!English.isLikely(text))
    }

    @Test(arguments: ShortTexts.english) func `headlines and briefs in English are`(text: String) {
        #expect(English.isLikely(text))
    }

    @Test func `the first twenty-five words of an article in another language are not`() {
        for (language, text) in Samples.others where language != "nl" {
            let words = text.split(whereSeparator: \.isWhitespace).prefix(25).joined(separator: " ")
            #expect(!English.isLikely(words), "\(language)")
        }
    }

    @Test(
        arguments: [
            "Band tours\n\nDie Toten Hosen und Die Ärzte play Berlin. “Wir sind auch nicht mehr die Jüngsten und das ist gut,” Campino said. "
                + "“Das ist nicht das Ende, wir sind noch da und das wird auch so sein,” he said.",
            "Macron speaks\n\n“La France est dans une situation qui ne sera pas facile pour nous,” Macron said. “Nous sommes avec vous, et "
                + "nous sommes dans la même situation que vous.” He left.",
            "Mayor warns\n\n„Wir werden das nicht zulassen, und das ist auch für uns nicht gut“, the mayor told reporters.\n\n"
                + "«Questo non è il momento, e nella città sono anche più di mille», the police chief said.",
        ]) func `a report whose quotations are in another language is`(text: String)
    {
        #expect(English.isLikely(text))
        #expect(
            !English.isLikely(
                text.replacing("said", with: "sagte").replacing(/told reporters|the mayor|play|he|He left/, with: "x")))
    }

    @Test func `an article is judged with its headline, once`() {
        #expect(
            !English.isLikely(
                "It sank at noon.", under: "La ministre a annoncé que la ligne est fermée pour une semaine"))
        #expect(English.isLikely("Das ist, and that.", under: "The mayor of the town said that they were there"))
        #expect(English.isLikely("Stocks slide\n\nThey did.", under: "Stocks slide"))
    }

    @Test func `quoted words of another language leave an article what it is`() {
        #expect(
            English.isLikely(
                """
                “Nous ne céderons pas devant ceux qui nous menacent,” the mayor, Anne Lefort, told the crowd in the square, and repeated in English
                what she had said: that the town would not give in to those who threatened it.
                """))
    }

    @Test func `a text of any length is told from its beginning`() {
        let english = "The council met on Monday and the mayor said that it would meet again. "
        #expect(English.isLikely(String(repeating: english, count: 100_000)))
        #expect(English.isLikely(String(repeating: "a", count: 1_000_000)))
        #expect(!English.isLikely(String(repeating: "новости", count: 100_000)))
    }
}
