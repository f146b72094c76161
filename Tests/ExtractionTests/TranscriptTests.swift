import Testing
import Wire

@testable import Extraction

@Suite("Transcripts")
struct TranscriptTests {
    @Test("of a debate: each turn is its speaker's, and what they say others said is nested in it")
    func debate() throws {
        let reading = try Reading(
            """
            The three candidates for mayor, Lou Vandal, Ifeoma Grady and Cody Lane, met on Monday before 300 people.

            MODERATOR: Rents are up 31 percent. What would you do?

            VANDAL: We permitted 1,140 units last year. The council said that the city needed no more.

            GRADY: That's not what happened. I voted against one project.

            (Laughter)

            VANDAL: You voted against four.

            Ballots are due on 4 November.
            """)
        let turns = reading.analysis.quotes.filter { $0.nested == nil }
        #expect(
            turns.map { "\($0.speaker?.name ?? "-") | \($0.content.text)" } == [
                "MODERATOR | Rents are up 31 percent. What would you do?",
                "Lou Vandal | We permitted 1,140 units last year. The council said that the city needed no more.",
                "Ifeoma Grady | That's not what happened. I voted against one project.",
                "Lou Vandal | You voted against four.",
            ])
        #expect(turns.allSatisfy { $0.kind == .direct })
        let inner = try #require(reading.analysis.quotes.first { $0.content.text == "that the city needed no more" })
        #expect(inner.nested == turns[1].id)
        #expect(inner.speaker?.name == "council")
    }

    @Test(
        "of an interview: the answers are those of whoever it introduces",
        arguments: [("Q: ", "A: "), ("", ""), ("Coast & Current: ", "R-A: "), ("C&C: ", "Radu-Abel: ")])
    func interview(asked: String, answered: String) throws {
        let reading = try Reading(
            """
            Five minutes with Jonna Radu-Abel, kelp farmer

            Jonna Radu-Abel’s lines of kelp stretch for 41 kilometres. She quit academia in 2015.

            \(asked)How is the water?

            \(answered)Eleven degrees. I don’t like it.

            \(asked)Why do you grow it?

            \(answered)Because it is food, and because my cows eat it.

            \(asked)Last question: raw or cooked?

            \(answered)My daughter asked me never to talk about that.

            Torkil Hansen is the food editor.
            """)
        let turns = reading.analysis.quotes.filter { $0.nested == nil }
        #expect(
            turns.map(\.content.text) == [
                "Eleven degrees. I don’t like it.", "Because it is food, and because my cows eat it.",
                "My daughter asked me never to talk about that.",
            ])
        #expect(turns.allSatisfy { $0.speaker?.name == "Jonna Radu-Abel" })
    }

    @Test("name hosts and callers by their labels, and people by the headline") func labels() throws {
        let reading = try Reading(
            """
            Transcript: Mayor Dana Whitlock on ‘Good Morning Tulare’

            HOST: Mayor, welcome. You vetoed the budget last night. Why?

            WHITLOCK: Because it spends 4 million dollars that we don't have.

            HOST: Your critics say you are playing politics.

            WHITLOCK: My father used to say that a full tank is the only freedom.

            CALLER: My street hasn't been paved since 1998.

            The interview aired on Thursday.
            """)
        let turns = reading.analysis.quotes.filter { $0.nested == nil }
        #expect(turns.map { $0.speaker?.name } == ["HOST", "Dana Whitlock", "HOST", "Dana Whitlock", "CALLER"])
        let inner = reading.analysis.quotes.first { $0.nested == turns[3].id }
        #expect(inner?.speaker?.name != "Dana Whitlock")
    }

    @Test(
        "are not found in other paragraphs with colons or questions",
        arguments: [
            """
            Claim: The tax rose by 20 percent.

            Verdict: It rose by 12 percent.

            Claim: Crossings fell by half.

            Verdict: They fell by a third.
            """,
            """
            TODAY: Rain in the north.

            TOMORROW: Sun and 20 degrees.

            MONDAY: Snow on the hills.
            """,
            """
            Why does the river flood?

            The river floods because the valley is narrow.

            Who pays for the damage?

            The state pays for most of the damage.

            What happens next?

            The council meets on Monday.
            """,
        ])
    func others(body: String) throws {
        #expect(try Reading(body).analysis.quotes.allSatisfy { $0.kind != .direct })
    }

    @Test("know speakers by their initials") func initials() throws {
        let analysis = try Reading(
            """
            Noor Halvorsen leads the Ice Observatory. She spoke to The Meridian.

            The Meridian: Were you surprised?

            Noor Halvorsen: Not really. We had seen the crevasses widen by 40 centimetres a day.

            The Meridian: Could it have been predicted?

            NH: To the week, yes. Anyone who tells you otherwise is selling something.

            The Meridian: And now?

            NH: We sent a warning on 3 October. I hope that it was read.
            """
        ).analysis
        let turns = analysis.quotes.filter { $0.nested == nil }
        #expect(turns.map { $0.speaker?.name } == Array(repeating: "Noor Halvorsen", count: 3))
    }

    @Test("nest only what stands wholly within another's words") func nesting() {
        func attribution(_ content: [Span], _ cue: [Span] = []) -> Attribution {
            Attribution(content: content, cue: cue, source: [], confidence: 1)
        }
        let outer = Nesting.outer(of: [
            attribution([Span(0, 40), Span(50, 60)], [Span(42, 46)]),
            attribution([Span(10, 20)], [Span(5, 9)]),
            attribution([Span(12, 14)], [Span(16, 18)]),
            attribution([Span(30, 39)], [Span(42, 46)]),
            attribution([Span(52, 54)]),
        ])
        #expect(outer == [nil, 0, 1, nil, nil])
    }

    @Test("have no label of the page for a speaker, and all their words outside its furniture") func label() throws {
        let reading = try Reading(
            """
            TRANSCRIPT: The Morning Brief, with guest Helena Duarte

            SAM OYELARAN, HOST: From Capital Audio, this is The Morning Brief. I'm Sam Oyelaran. The housing minister says \
            rents are falling. The people who pay them say they're not. Helena Duarte runs the research group Roof, and she's \
            with us.

            OYELARAN: So who's right?

            HELENA DUARTE: Both, annoyingly. What people actually pay went up 4.4%, and that's the statistics office's number.

            OYELARAN: Helena Duarte of Roof. Thanks very much.

            DUARTE: Thank you.
            """)
        let turns = reading.analysis.quotes.filter { $0.nested == nil }
        #expect(
            turns.map { $0.speaker?.name } == [
                "Sam Oyelaran", "Sam Oyelaran", "Helena Duarte", "Sam Oyelaran", "Helena Duarte",
            ])
        #expect(
            reading.analysis.boilerplate.allSatisfy { furniture in
                turns.allSatisfy {
                    $0.content.spans.allSatisfy { $0.end <= furniture.start || furniture.end <= $0.start }
                }
            })
    }

    @Test("of a press briefing: questions have no colon, a statement goes on to where its speaker says “I”")
    func briefing() throws {
        let reading = try Reading(
            """
            Press Briefing by Press Secretary Dana Orlowski

            MS. ORLOWSKI:  Good afternoon. The President spoke with Prime Minister Ito this morning.

            They agreed to meet in April.

            (Phone rings.)

            With that, I'm happy to take your questions. Steve.

            Q    Thanks, Dana. Does the President have confidence in Mr. Fenn?

            MS. ORLOWSKI:  He does. I spoke with him myself.

            Q    The Post says that there are 14 complaints. Is that right?

            MR. HARGREAVES:  That number is wrong. We know of three.
            """)
        let turns = reading.analysis.quotes.filter { $0.nested == nil }
        #expect(
            turns.map { "\($0.speaker?.name ?? "-") | \($0.content.text)" } == [
                "Dana Orlowski | Good afternoon. The President spoke with Prime Minister Ito this morning. … "
                    + "They agreed to meet in April. … With that, I'm happy to take your questions. Steve.",
                "Dana Orlowski | He does. I spoke with him myself.",
                "The Post | that there are 14 complaints",
                "Hargreaves | That number is wrong. We know of three.",
            ])
    }

    @Test("know the holder of an office behind it, and say in small letters who is in capitals") func holders() throws {
        let reading = try Reading(
            """
            Oral answers: flooding

            Mrs Helen Cartwright (Calder Vale): Will the Minister say when the scheme begins?

            The Minister for Rivers and Coasts (Mr Rupert Vane): It began in March. I was there.

            GOV. PAUL O'STRAND: Nobody told me. I read it in the paper.

            Mr Vane: I shall write to him.
            """)
        let turns = reading.analysis.quotes.filter { $0.nested == nil }
        #expect(
            turns.map { $0.speaker?.name } == ["Helen Cartwright", "Rupert Vane", "Paul O'Strand", "Rupert Vane"])
        #expect(turns.allSatisfy { $0.kind == .direct })
    }

    @Test("leave what a question says that the one who is asked said to the answer") func you() throws {
        let reading = try Reading(
            """
            Five minutes with Jonna Radu-Abel, kelp farmer

            Jonna Radu-Abel’s lines of kelp stretch for 41 kilometres.

            You said that kelp would feed a million people. Does it?

            Not yet. I was young when I said that.

            You believe that the sea can be farmed like land. Why?

            Because we have done it here for nine years.

            What is next?

            I will sleep.
            """)
        #expect(Set(reading.analysis.quotes.map { $0.speaker?.name }) == ["Jonna Radu-Abel"])
        #expect(!reading.analysis.quotes.contains { $0.content.text.contains("million") })
    }

    @Test("of two questions with their answers are an interview where they are called so") func short() throws {
        let analysis = try Reading(
            """
            The chef Hana Sato talks to Ben Lyle about knives.

            Q: Do you cook at home?

            A: No. My husband does that.

            Q: Is the restaurant making money?

            A: Yes. We made £90,000 last year.
            """
        ).analysis
        #expect(analysis.quotes.map { $0.speaker?.name } == ["Hana Sato", "Hana Sato"])
    }
}
