import Extraction
import Testing
import Wire

@Suite("Dates in claims")
struct DateTests {
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
            ("Before Tuesday's primary, polls put Li ahead of Ek by 4 points.", ["2022-11-22"]),
            ("The parties had agreed on 40 million crowns before Tuesday's vote.", ["2022-11-15"]),
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
