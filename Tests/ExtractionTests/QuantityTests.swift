import Extraction
import Testing
import Wire

@Suite("Quantities in claims")
struct QuantityTests {
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
            ("The bank raised its rate by 25 basis points there.", 25, "basis points", "equal"),
            ("One in 1,000 patients died in the old hospital.", 0.001, "patients", "equal"),
            ("One in ten thousand patients died in the old hospital.", 0.0001, "patients", "equal"),
            ("Nine out of 10 voters were for the plan.", 0.9, "voters", "equal"),
            ("One out of every four voters was for the plan.", 0.25, "voters", "equal"),
            ("The firm paid a $1.5-billion fine to the town.", 1_500_000_000, "dollars", "equal"),
            ("The firm paid a five-million-euro fine to the town.", 5_000_000, "euro", "equal"),
            ("The firm signed a $1.2bn-plus deal with the town.", 1_200_000_000, "dollars", "more"),
            ("The firm paid R$20 million to the town.", 20_000_000, "reais", "equal"),
            ("About 1 200 people lost their homes there.", 1_200, "people", "about"),
            ("About 1\u{A0}200 people lost their homes there.", 1_200, "people", "about"),
            ("About 1\u{2009}200\u{2009}000 people lost their homes there.", 1_200_000, "people", "about"),
            ("Some 1,5 million people live in the town.", 1_500_000, "people", "about"),
        ] as [(String, Double, String, String)])
    func quantity(body: String, value: Double, unit: String, comparison: String) throws {
        let quantities = try #require(try Reading(body).analysis.claims.first).quantities
        let quantity = try #require(quantities.first)
        #expect(quantity.value == value)
        #expect(quantity.unit == unit)
        #expect(quantity.comparison == comparison)
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
            ("It will cost between $3m and $4.5m.", ["$3m", "$4.5m"], [3e6, 4.5e6], "dollars"),
            ("It will cost $3-$4.5 million.", ["$3", "$4.5 million"], [3e6, 4.5e6], "dollars"),
            ("They need two to three million homes.", ["two", "three million homes"], [2e6, 3e6], "homes"),
        ])
    func ranges(body: String, texts: [String], values: [Double], unit: String) throws {
        let quantities = try #require(try Reading(body).analysis.claims.first).quantities
        #expect(quantities.map(\.text) == texts)
        #expect(quantities.map(\.value) == values)
        #expect(quantities.allSatisfy { $0.unit == unit })
    }

    @Test("are not joined where a space parts two numbers") func neighbouringNumbers() throws {
        let claims = try Reading("Bus 12 300 times left the old town, and Route 5 200 times.").analysis.claims
        #expect(claims.flatMap { $0.quantities.map(\.value) }.allSatisfy { $0 < 1_000 })
    }

    @Test("are no words of a name") func words() throws {
        let claims = try Reading("Wales have won the Six Nations title in 2019, and 12 others.").analysis.claims
        #expect(claims.flatMap { $0.quantities.map(\.value) } == [12])
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
            ("It cost US$40 in all that year.", "USD"),
            ("It cost A$4.5m in all that year.", "AUD"), ("It cost R$40 in all that year.", "BRL"),
            ("The site covers 3 sq km in all.", "km2"),
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
}
