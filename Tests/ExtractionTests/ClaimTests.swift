import Extraction
import Testing
import Wire

@Suite("Claims")
struct ClaimTests {
    @Test("have no date where a weekday names no day") func someDay() throws {
        func dates(_ body: String) throws -> [String] {
            var article = Article(uri: "urn:test", body: body)
            article.published = "2026-11-25T10:00:00Z"
            return try Reader.analyze(article).claims.flatMap { $0.dates.map(\.text) }
        }
        #expect(
            try dates("The council closed 14 schools, and every Saturday 300 pupils protested. It was a Monday.") == [])
        #expect(try dates("The council closed 14 schools on Monday.") == ["Monday"])
    }

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

    @Test(
        "give their quantities with comparison and unit",
        arguments: [
            ("They fired more than 20 missiles at sea.", 20.0, "missiles", "more"),
            ("It cost about 1.4 billion euros in all.", 1_400_000_000.0, "euros", "about"),
            ("Prices rose by 3.5 percent in one go.", 3.5, "percent", "equal"),
            ("Prices rose by 40% in a week here.", 40, "percent", "equal"),
            ("They paid $20,000 for the old house.", 20_000, "dollars", "equal"),
            ("At least six hundred people fell ill there.", 600, "people", "more"),
            ("Fewer than two million voters came here.", 2_000_000, "voters", "less"),
            ("No fewer than 27 district council seats were lost there.", 27, "seats", "more"),
            ("The storm brought winds of 120 kilometers per hour to the coast.", 120, "kilometers per hour", "equal"),
            ("Police arrested 149 of the survivors in the old town.", 149, "survivors", "equal"),
            ("At least a dozen people died in the old town.", 12, "people", "more"),
            ("Hundreds of people fled from the old town.", 100, "people", "about"),
            ("The 60-year-old mayor of Oslo resigned in the end.", 60, "years", "equal"),
            ("The state will borrow Rs15m for the new road.", 15_000_000, "rupees", "equal"),
            ("The company laid off a fifth of its staff in Oslo.", 0.2, "staff", "equal"),
            ("The board paid N75,000 to the man in Lagos.", 75_000, "naira", "equal"),
            ("The company owes $8.6 mln to the town of Oslo.", 8_600_000, "dollars", "equal"),
            ("The net loss was $(4.8) million for the firm.", 4_800_000, "dollars", "equal"),
            ("The rent is eight hundred and fifty euros now.", 850, "euros", "equal"),
            ("Eight in 10 tenants were afraid of that man.", 0.8, "tenants", "equal"),
            ("The plan would take out 63 of 140 parking spaces.", 63, "spaces", "equal"),
            ("Half a million people fled their homes.", 500_000, "people", "equal"),
            ("About half a million pounds was missing there.", 500_000, "pounds", "about"),
            ("A quarter of a million homes were flooded.", 250_000, "homes", "equal"),
            ("Tens of thousands of people marched in Madrid.", 10_000, "people", "about"),
            ("Several hundred people were arrested there.", 100, "people", "about"),
            ("A few thousand voters came to the town hall.", 1_000, "voters", "about"),
            ("A couple of hundred voters came to the town hall.", 200, "voters", "about"),
            ("One thousand two hundred jobs will go there.", 1_200, "jobs", "equal"),
            ("Some two million five hundred thousand homes were hit.", 2_500_000, "homes", "about"),
            ("They sold two hundred fifty thousand tickets in all.", 250_000, "tickets", "equal"),
            ("The search lasted two and a half hours in all.", 2.5, "hours", "equal"),
            ("The two-and-a-half-year trial ended there.", 2.5, "years", "equal"),
            ("One of the next titles was made in Oslo.", 1, "titles", "equal"),
            ("Sales rose 9% to 39.4bn kronor there.", 9, "percent", "equal"),
            ("Two and a half million homes were hit.", 2_500_000, "homes", "equal"),
            ("About 1½ million people came to the town.", 1_500_000, "people", "about"),
            ("Some 4.1 million voters came to the town.", 4_100_000, "voters", "about"),
            ("The firm made €8.2m in its first year.", 8_200_000, "euros", "equal"),
            ("Temperatures fell to -6C in the town of Braemar.", -6, "C", "equal"),
            ("The economy grew by -0.3% in the quarter.", -0.3, "percent", "equal"),
            ("Temperatures dropped to minus five degrees there.", -5, "degrees", "equal"),
            ("The 1,000 sq ft flat was sold to a firm.", 1_000, "sq ft", "equal"),
            ("The actor, 61, died at his home in Leeds.", 61, "years", "equal"),
            ("The victim, 19, was stabbed in the street.", 19, "years", "equal"),
            ("His wife, 38, is a nurse in the town.", 38, "years", "equal"),
            ("Unemployment rose by 0.4 percentage points there.", 0.4, "percentage points", "equal"),
        ] as [(String, Double, String, String)])
    func quantity(body: String, value: Double, unit: String, comparison: String) throws {
        let quantities = try #require(try Reading(body).analysis.claims.first).quantities
        let quantity = try #require(quantities.first)
        #expect(quantity.value == value)
        #expect(quantity.unit == unit)
        #expect(quantity.comparison == comparison)
    }

    @Test(
        "give their dates against the day of publication",
        arguments: [
            // 18 November 2022 was a Friday.
            ("The bridge was closed on Monday.", "2022-11-14"), ("The bridge was closed on Friday.", "2022-11-18"),
            ("The bridge will be closed on Monday.", "2022-11-21"), ("The bridge was closed yesterday.", "2022-11-17"),
            ("The bridge was closed on July 21, 2017.", "2017-07-21"),
            ("The bridge was closed on 21 July 2017.", "2017-07-21"),
            ("The bridge was closed on November 3.", "2022-11-03"),
            ("The bridge will close on January 4.", "2023-01-04"),
            ("The bridge was closed in March 2020.", "2020-03"), ("The bridge was built in 1968.", "1968"),
            ("The bridge was closed last year.", "2021"), ("The bridge was closed last month.", "2022-10"),
            ("The bridge has been closed since 1987.", "1987"), ("Traffic is the lowest since 1969.", "1969"),
            ("The bridge will be closed by January.", "2023-01"),
            ("The bridge was closed three days ago.", "2022-11-15"),
            ("The bridge was closed on Tuesday, November 8.", "2022-11-08"),
            ("The bridge was closed on the 3rd of November.", "2022-11-03"),
            ("The bridge was closed on 2022-11-03 at noon.", "2022-11-03"),
            ("The bridge was closed on Thursday 3 November.", "2022-11-03"),
            ("The bridge was closed last night at ten.", "2022-11-17"),
            ("The bridge was closed for the night of 3-4 November.", "2022-11"),
            ("The bridge was closed a decade ago by the city.", "2012"),
            ("The bridge will be closed on Monday week.", "2022-11-28"),
            ("The bridge was closed on 03/03/2021 at noon.", "2021-03-03"),
            ("The bridge was closed on 25/12/2021 at noon.", "2021-12-25"),
            ("The bridge was closed on 03/04/2021 at noon.", "2021"),
            ("Fares went up on New Year's Day.", "2023-01-01"), ("He was arrested on Christmas Eve.", "2022-12-24"),
        ])
    func date(body: String, date: String) throws {
        let reading = try Reading(body, published: "2022-11-18T12:00:00Z")
        let claim = try #require(reading.analysis.claims.first)
        #expect(claim.dates.map(\.date) == [date])
    }

    @Test(
        "lie ahead by the verb that a date hangs on, whatever else the sentence tells",
        arguments: [
            // 18 November 2022 was a Friday.
            ("The minister said on Monday he will resign after the vote.", ["2022-11-14"]),
            ("Li, who will retire soon, died in hospital on Monday.", ["2022-11-14"]),
            ("The man arrested on Monday will appear before a court.", ["2022-11-14"]),
            ("The strike is due to start on Monday, the union said on Tuesday.", ["2022-11-21", "2022-11-15"]),
            ("The court is expected to rule on Monday.", ["2022-11-21"]),
            ("The judge adjourned the case until Monday.", ["2022-11-21"]),
            ("The trial begins on Monday at the High Court.", ["2022-11-21"]),
            ("Ann Li would not say on Monday who had paid.", ["2022-11-14"]),
            ("Ann Li instructed the police to report to her on Monday.", ["2022-11-21"]),
            ("The rider crashed with 19 kilometres to go and still finished third on Monday.", ["2022-11-14"]),
            ("They agreed on Tuesday that schools would close on Thursday.", ["2022-11-15", "2022-11-17"]),
            ("By April, prices had fallen by 3 percent.", ["2022-04"]),
            ("The company plans to open 40 stores by April.", ["2023-04"]),
            ("The final is on Sunday, and the hearing is on 5 January.", ["2022-11-20", "2023-01-05"]),
            ("The ban takes effect on Monday.", ["2022-11-21"]), ("Tickets go on sale on Thursday.", ["2022-11-24"]),
            ("The rules come into force on 1 February.", ["2023-02-01"]),
            ("The tournament kicks off on Sunday.", ["2022-11-20"]),
            ("England named an unchanged side for Saturday's match against Italy.", ["2022-11-19"]),
            ("Polls suggest a close race ahead of Sunday's election.", ["2022-11-20"]),
            ("Tickets went on sale on Thursday.", ["2022-11-17"]), ("The final was on Sunday.", ["2022-11-13"]),
            ("The minister resigns on Monday.", ["2022-11-14"]),
            ("A spokesman says on Monday it is so.", ["2022-11-14"]),
            ("He was jailed for Saturday's attack.", ["2022-11-12"]),
            ("The ban took effect in January and ends in December.", ["2022-01", "2022-12"]),
        ])
    func ahead(body: String, dates: [String]) throws {
        let reading = try Reading(body, published: "2022-11-18T12:00:00Z")
        #expect(reading.analysis.claims.flatMap(\.dates).map(\.date) == dates)
    }

    @Test(
        "have the years of stretches and of business",
        arguments: [
            ("Between 2015 and 2020 the city built 4,000 flats.", ["2015", "2020"]),
            ("From 2015 to 2020 the city built 4,000 flats.", ["2015", "2020"]),
            ("The budget for fiscal 2025 will grow by 3 percent.", ["2025"]),
            ("Revenue rose by 4 percent in Q3 2023, the company said.", ["2023"]),
            ("From 3 to 7 June 2023 the road was closed.", ["2023-06-03", "2023-06-07"]),
        ])
    func stretches(body: String, dates: [String]) throws {
        let claims = try Reading(body).analysis.claims
        #expect(claims.flatMap(\.dates).map(\.date) == dates)
        #expect(!claims.flatMap(\.quantities).contains { $0.unit == nil })
    }

    @Test("count the days of what happened from one that is past") func sameDay() throws {
        let reading = try Reading(
            """
            Five people died in the mosque on Tuesday. The next hearing is on December 5.
            Two others were killed in Oslo on the same day.
            """, published: "2022-11-18T12:00:00Z")
        #expect(
            reading.analysis.claims.flatMap(\.dates).map(\.date) == ["2022-11-15", "2022-12-05", "2022-11-15"])
    }

    @Test("count of them what was counted before") func ofThem() throws {
        let claim = try #require(
            try Reading("Police counted 17 crashes there, two of them fatal.").analysis.claims.first)
        #expect(claim.quantities.map(\.unit) == ["crashes", "crashes"])
    }

    @Test("have no ages where a figure stands at something") func noAge() throws {
        let claim = try #require(try Reading("A report put the number at 23, which Li disputes.").analysis.claims.first)
        #expect(claim.quantities.allSatisfy { $0.unit != "years" })
    }

    @Test("give each number its own noun") func neighbours() throws {
        let claim = try #require(
            try Reading("The company had 40 staff five years ago.", published: "2022-11-18").analysis.claims.first)
        #expect(claim.quantities.map(\.unit) == ["staff"])
    }

    @Test(
        "tell millions from metres by what stands around them",
        arguments: [
            ("Ruth Chebet won the 100m in Oslo.", 100.0, "m"), ("Police found the body 300m from the house.", 300, "m"),
            ("They saw waves of 5m off the coast.", 5, "m"), ("The old tower is 45m tall.", 45, "m"),
            ("They built a 45m tower in the town.", 45, "m"), ("Some 5m people came to the town.", 5_000_000, "people"),
            ("The app has 12m users in the country.", 12_000_000, "users"),
            ("The company paid £3m for the ground.", 3_000_000, "pounds"),
            ("The company lost 45m last year.", 45_000_000, nil), ("Over 2m have fled from the town.", 2_000_000, nil),
        ] as [(String, Double, String?)])
    func metres(body: String, value: Double, unit: String?) throws {
        let quantity = try #require(try Reading(body).analysis.claims.first?.quantities.first)
        #expect(quantity.value == value)
        #expect(quantity.unit == unit)
    }

    @Test(
        "give both numbers of a range the unit",
        arguments: [
            ("The firm will cut 2,000-2,500 jobs.", ["2,000", "2,500 jobs"], [2_000.0, 2_500], "jobs"),
            ("Inflation of 2-3% was forecast there.", ["2", "3%"], [2, 3], "percent"),
            ("The firm had profits of €2.8-3.1 billion.", ["€2.8", "3.1 billion"], [2.8e9, 3.1e9], "euros"),
            ("Between 20 and 30 people were hurt.", ["20", "30 people"], [20, 30], "people"),
            ("The work will cost 3 to 5 per cent more.", ["3", "5 per cent"], [3, 5], "percent"),
            ("The road is shut for 6–8 weeks.", ["6", "8 weeks"], [6, 8], "weeks"),
            ("They need two to three million homes.", ["two", "three million homes"], [2e6, 3e6], "homes"),
        ])
    func ranges(body: String, texts: [String], values: [Double], unit: String) throws {
        let quantities = try #require(try Reading(body).analysis.claims.first).quantities
        #expect(quantities.map(\.text) == texts)
        #expect(quantities.map(\.value) == values)
        #expect(quantities.allSatisfy { $0.unit == unit })
    }

    @Test("count no years in what was last year") func lastYear() throws {
        let claim = try #require(
            try Reading("Numbers fell to just over 19,000 last year.", published: "2022-11-18").analysis.claims.first)
        #expect(claim.quantities.map(\.text) == ["just over 19,000"])
        #expect(claim.quantities.map(\.unit) == [nil])
    }

    @Test(
        "give codes of units where the words leave no doubt",
        arguments: [
            ("It cost 40 euros in all that year.", "EUR"), ("The rate rose by 3 percent in all.", "%"),
            ("The road is 12 kilometres long now.", "km"), ("It cost $40 in all that year.", nil),
            ("It cost US$40 in all that year.", "USD"), ("The site covers 3 sq km in all.", "km2"),
            ("The site covers 3 km² in all.", "km2"), ("They let a 900-square-foot flat.", "[sft_i]"),
            ("Temperatures reached 38°C in Seville.", "Cel"), ("It was 38C in Seville on that day.", "Cel"),
            ("It was 38.5 degrees Celsius in Rome.", "Cel"), ("Rates rose by 0.4 percentage points.", nil),
        ] as [(String, String?)])
    func unitCode(body: String, code: String?) throws {
        let quantity = try #require(try Reading(body).analysis.claims.first?.quantities.first)
        #expect(quantity.unitCode == code)
    }

    @Test(
        "take no names, times or years for quantities",
        arguments: [
            "Flight 1344 left Oslo at 11 a.m. on Monday.", "The 2019 election was won by the Centre Party.",
            "Category 1 hurricanes have struck the Boeing 737 plant.",
            "In the 2024/25 season the Rovers won nothing.", "Rovers won 3-4 against the City on that day.",
            "The pipeline was opened on 03/03/2026 by the mayor.",
            "Copper output fell in the first half, and the bar at 212 Canal St. was shut.",
        ])
    func noQuantity(body: String) throws {
        let claim = try #require(try Reading(body).analysis.claims.first)
        #expect(claim.quantities.isEmpty)
    }

    @Test("know which days there are") func noSuchDay() throws {
        let claim = try #require(try Reading("The bridge was closed on 30 February 2020.").analysis.claims.first)
        #expect(claim.dates.isEmpty)
    }

    @Test("count days from the day named before") func laterDay() throws {
        let claims = try Reading("The bridge was closed on July 21, 2017. It was opened again two days later.").analysis
            .claims
        #expect(claims.flatMap(\.dates).map(\.date) == ["2017-07-21", "2017-07-23"])
    }

    @Test(
        "leave dates open where the day of publication is unknown or unreadable",
        arguments: [nil, "", "soon", "2022-99-99"])
    func unknownDay(published: String?) throws {
        let claim = try #require(
            try Reading("The bridge was closed on Monday.", published: published).analysis.claims.first)
        #expect(claim.dates.map(\.date) == [nil])
        #expect(claim.dates.map(\.text) == ["Monday"])
    }
}
