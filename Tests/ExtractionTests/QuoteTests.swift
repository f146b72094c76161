import Extraction
import Testing
import Wire

@Suite("Quotes")
struct QuoteTests {
    @Test(
        "are found in every style of quotation marks",
        arguments: [
            ("“We will win,” Ann Li said.", "“We will win,”"),
            ("\"We will win,\" Ann Li said.", "\"We will win,\""),
            ("„We will win,“ Ann Li said.", "„We will win,“"),
            ("‘We will win,’ Ann Li said.", "‘We will win,’"),
            ("'We will win,' Ann Li said.", "'We will win,'"),
            ("«We will win», Ann Li said.", "«We will win»"),
            ("''We will win,'' Ann Li said.", "''We will win,''"),
            ("“We will win,“ Ann Li said.", "“We will win,“"),
            ("”We will win,” Ann Li said.", "”We will win,”"),
            ("‘It’s the dogs’ dinner,’ Ann Li said.", "‘It’s the dogs’ dinner,’"),
        ])
    func marks(body: String, content: String) throws {
        let reading = try Reading(body)
        #expect(reading.quotes == ["direct | Ann Li | \(content)"])
    }

    @Test(
        "have their speaker on either side",
        arguments: [
            "“We will win,” Ann Li said.", "“We will win,” said Ann Li.", "Ann Li said, “We will win.”",
            "Ann Li said: “We will win.”", "“We will win,” Ann Li told reporters on Monday.",
            "Ann Li: “We will win.”", "“We will win,” says Ann Li, the mayor of Oslo.",
            "“We will win!” Ann Li shouted.", "“We will win,” Ann Li said in a statement.",
        ])
    func sides(body: String) throws {
        let quote = try #require(try Reading(body).analysis.quotes.first)
        #expect(quote.speaker?.name == "Ann Li")
        #expect(quote.kind == .direct)
        #expect(quote.content.text.contains("We will win"))
    }

    @Test(
        "are one where the cue interrupts them or they go on",
        arguments: [
            ("“We will win,” Ann Li said, “or we will not.”", "“We will win,” … “or we will not.”"),
            ("“We will win,” Ann Li said. “Or we will not.”", "“We will win,” … “Or we will not.”"),
            (
                "“We will win,” Ann Li said. “Or not.\n\n“Nobody can tell, and nobody should.”\n\nShe left.",
                "“We will win,” … “Or not. … “Nobody can tell, and nobody should.”"
            ),
            (
                "Ann Li wrote on her page:\n\n“We will win and we will dance.”",
                "“We will win and we will dance.”"
            ),
        ])
    func joined(body: String, content: String) throws {
        let reading = try Reading(body)
        #expect(reading.quotes == ["direct | Ann Li | \(content)"])
    }

    @Test(
        "survive an odd mark elsewhere",
        arguments: ["A 5\" pipe burst.", "The so-called “end came.", "It’s the 90s’ end."])
    func oddMark(other: String) throws {
        let reading = try Reading("\(other)\n\n“We will win,” Ann Li said.\n\n\(other)")
        #expect(reading.quotes.contains("direct | Ann Li | “We will win,”"))
    }

    @Test("lose an opening mark without losing the quote") func missingOpening() throws {
        #expect(
            try Reading("We will win in the end,” Ann Li said.").quotes == [
                "direct | Ann Li | We will win in the end,”"
            ])
    }

    @Test(
        "are mixed where only a part stands between marks",
        arguments: [
            ("Ann Li called the plan “a disaster”.", "the plan “a disaster”"),
            ("Ann Li said that the plan was “a disaster” for Oslo.", "that the plan was “a disaster” for Oslo"),
        ])
    func mixed(body: String, content: String) throws {
        let reading = try Reading(body)
        #expect(reading.quotes == ["mixed | Ann Li | \(content)"])
    }

    @Test(
        "are indirect in reported speech",
        arguments: [
            ("Ann Li said that the bridge would close.", "that the bridge would close"),
            ("Ann Li said the bridge would close.", "the bridge would close"),
            ("Ann Li told reporters that the bridge would close.", "that the bridge would close"),
            ("The bridge would close, Ann Li said.", "The bridge would close"),
            ("The bridge would close, said Ann Li.", "The bridge would close"),
            ("The bridge, Ann Li said, would close.", "The bridge … would close"),
            ("According to Ann Li, the bridge would close.", "the bridge would close"),
            ("The bridge would close, according to Ann Li.", "The bridge would close"),
            ("On Monday, Ann Li announced that the bridge would close.", "that the bridge would close"),
            ("Ann Li believes that the bridge will close.", "that the bridge will close"),
            ("Ann Li has repeatedly warned that the bridge would close.", "that the bridge would close"),
            ("Ann Li said in a statement on Monday that the bridge would close.", "that the bridge would close"),
            ("Ann Li, who leads the city, said the bridge would close.", "the bridge would close"),
        ])
    func indirect(body: String, content: String) throws {
        let reading = try Reading(body)
        #expect(reading.quotes == ["indirect | Ann Li | \(content)"])
    }

    @Test(
        "tell how their source relates to them",
        arguments: [
            ("Ann Li said that the bridge would close.", "statement"),
            ("Ann Li believes that the bridge will close.", "belief"),
            ("Ann Li plans to close the bridge in May.", "intention"),
            ("The court ordered the city to close the bridge.", "decree"),
            ("Figures show that 40 ships passed the bridge.", "evidence"),
        ])
    func act(body: String, act: String) throws {
        let quote = try #require(try Reading(body).analysis.quotes.first)
        #expect(quote.act == act)
    }

    @Test("share the subject of their sentence") func sharedSubject() throws {
        let reading = try Reading("Ann Li said the bridge would close and warned that the ferry would be late.")
        #expect(
            reading.quotes == [
                "indirect | Ann Li | the bridge would close", "indirect | Ann Li | that the ferry would be late",
            ])
    }

    @Test("end where another speaker begins") func twoSpeakers() throws {
        let reading = try Reading("Ann Li said the bridge would close, while Bo Ek said that it would not.")
        #expect(
            reading.quotes == ["indirect | Ann Li | the bridge would close", "indirect | Bo Ek | that it would not"])
    }

    @Test(
        "are not scare quotes, titles or names",
        arguments: [
            "The so-called “experts” left the room.", "The film “A House Without Shutters” opened in Oslo.",
            "The inn, the “Golden Anchor”, burned down in 1937.", "The team’s robot, “Robo”, won the prize.",
            "It was the ‘best’ of times in Oslo.", "The 5' wall and the 6\" pipe broke.",
        ])
    func noQuotes(body: String) throws {
        let reading = try Reading(body)
        #expect(reading.quotes.isEmpty)
    }

    @Test("are one where a paragraph leaves them open and the next one closes them") func openParagraph() throws {
        let reading = try Reading(
            "After the match the coach, Ann Li, said, \"We have learned a lot today.\n\nIt was an emotional day. They focused better.\""
        )
        #expect(
            reading.quotes == [
                "direct | Ann Li | \"We have learned a lot today.\n\nIt was an emotional day. They focused better.\""
            ])
    }

    @Test("leave out words that the reader doubts") func doubted() throws {
        let reading = try Reading(
            "The paper reported, citing an internal email, that an officer had queried the numbers two days before.")
        #expect(Set(reading.contents) == ["that an officer had queried the numbers two days before"])
    }

    @Test("end before their cue where the closing mark is missing") func unclosed() throws {
        let reading = try Reading("“The bridge is old, said Omar Haddad.\n\nThe council met on Friday.")
        #expect(reading.quotes.map { $0.contains("said") } == [false])
    }

    @Test(
        "that a speaker passes on are nested in the speaker's",
        arguments: [
            ("Lena Holt said on Monday that the police had told her that 40 houses were empty.", "police"),
            ("“The ministry said that 40 houses were empty,” Lena Holt told reporters on Monday.", "ministry"),
            ("Lena Holt said that a new report found that 40 houses were empty.", "report"),
        ])
    func passedOn(body: String, origin: String) throws {
        let analysis = try Reading(body).analysis
        let outer = try #require(analysis.quotes.first)
        let inner = try #require(analysis.quotes.first { $0.nested == outer.id })
        #expect(outer.speaker?.name == "Lena Holt" && outer.nested == nil)
        #expect(inner.speaker?.name == origin)
        let claim = try #require(analysis.claims.first)
        #expect(claim.claimant.name == "Lena Holt" && claim.quote == outer.id && claim.origin == inner.id)
    }

    @Test("have no stretches of mere function words") func functionWords() throws {
        let analysis = try Reading(
            "Councillors voted by 27 to 19 to close the depot, a decision that the Unite union called “an act of vandalism”."
        ).analysis
        #expect(analysis.quotes.last.map { $0.content.text } == "“an act of vandalism”")
    }

    @Test("are said by people, not by things") func things() throws {
        let analysis = try Reading("Pearse Dunleavy asks why flood defences promised in 2019 “exist only on paper”.")
            .analysis
        #expect(analysis.quotes.map { $0.speaker?.name } == ["Pearse Dunleavy"])
    }

    @Test("of one's own opinion are not nested") func ownOpinion() throws {
        let analysis = try Reading("“I think that the bridge is safe,” Lena Holt told reporters on Monday.").analysis
        #expect(analysis.quotes.count == 1)
    }

    @Test("inside another quote are left to it") func nested() throws {
        let reading = try Reading("“He told me, ‘Go home,’ and I went,” Ann Li said.")
        #expect(reading.quotes == ["direct | Ann Li | “He told me, ‘Go home,’ and I went,”"])
    }

    @Test("have the same identifiers each time, and others for another version") func identifiers() throws {
        let first = try Reading("“We will win,” Ann Li said. She said that it was late.").analysis
        let second = try Reading("“We will win,” Ann Li said. She said that it was late.").analysis
        #expect(first == second)
        var article = Article(uri: "urn:test", body: "“We will win,” Ann Li said. She said that it was late.")
        article.version = "2"
        let other = try Reader.analyze(article)
        #expect(Set(other.quotes.map(\.id)).isDisjoint(with: first.quotes.map(\.id)))
        #expect(first.quotes.allSatisfy { $0.id.count == 32 })
    }

    @Test(
        "have sources of whole words and phrases",
        arguments: [
            (
                "Zambia's central bank cut its rate on Wednesday, saying inflation was set to fall.",
                "Zambia's central bank"
            ),
            (
                "Ann Li, who has died aged 87, was told at 19 by a tutor at the Slade that women lack “the shoulders for a kiln”.",
                "a tutor at the Slade"
            ),
        ])
    func wholeSource(body: String, source: String) throws {
        #expect(try Reading(body).analysis.quotes.first?.source?.text == source)
    }

    @Test(
        "are none where something is merely called or labelled",
        arguments: [
            "He goes by the name “Biscuit”, and nobody in Oslo knows why.",
            "Ann Li gave a lecture at the university in Oslo, titled: “Norway: The Unfinished Sentence”.",
        ])
    func merelyCalled(body: String) throws {
        #expect(try Reading(body).contents == [])
    }

    @Test(
        "within somebody's words end with their mark",
        arguments: [
            "Ida Boe said: “The mayor told me, ‘The bridge is shut,’ and hung up.”",
            "“The mayor said, 'The bridge is shut,' and left,” said Ida Boe.",
        ])
    func closed(body: String) throws {
        let inner = try Reading(body).analysis.quotes.filter { $0.nested != nil }
        #expect(inner.map(\.content.text) == ["The bridge is shut"])
    }
}
