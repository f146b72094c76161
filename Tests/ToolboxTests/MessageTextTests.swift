import Testing
import Wire

@testable import Toolbox

@Suite struct `A person's view` {
    @Test func `of an analysis names speakers, kinds, claimants and what is worth checking`() throws {
        let text = try MessageText.render(Samples.results(3), layout: Layout(width: 80))
        #expect(
            text == """
                2024-05-01 08:15:30Z Ferry to reopen in May
                  harbour.example, 2024-04-30, urn:test:ferry
                  Ines Duarte (harbour master): “The ferry is safe,” [direct]
                  most of the crew: they would sail at once [indirect]
                  a witness: it was “a close call” [mixed]
                  unknown speaker: “Never again.” [direct]
                  claim 1.00 most of the crew: it sank twice
                  claim 0.88 the article: more than 300 people used it daily
                  2 less checkable statements


                """)
    }

    @Test func `of an analysis that was never published has no time, and is folded`() {
        var analysis = Samples.analysis
        analysis.quotes.removeLast(3)
        analysis.claims = []
        #expect(
            AnalysisText.render(analysis, layout: Layout(width: 40)) == """
                Ferry to reopen in May
                  harbour.example, 2024-04-30,
                  urn:test:ferry
                  Ines Duarte (harbour master): “The
                    ferry is safe,” [direct]


                """)
    }

    @Test func `of an analysis says what of the text was left out`() {
        var analysis = Samples.analysis
        (analysis.quotes, analysis.claims) = ([], [])
        analysis.boilerplate = [Span(40, 60), Span(80, 90), Span(100, 110), Span(120, 130)]
        #expect(
            AnalysisText.render(analysis, layout: Layout(width: 90)).hasSuffix(
                "  left out as no part of the article: 50 characters at 40–60, 80–90, 100–110 and elsewhere\n\n"))
    }

    @Test func `of an analysis in colour`() {
        var analysis = Samples.analysis
        analysis.quotes.removeLast(3)
        analysis.claims.removeLast(2)
        #expect(
            AnalysisText.render(analysis, layout: Layout(width: 80, isColored: true)) == """
                \u{1B}[1mFerry to reopen in May\u{1B}[0m
                  \u{1B}[2mharbour.example, 2024-04-30, urn:test:ferry\u{1B}[0m
                  \u{1B}[36mInes Duarte\u{1B}[0m (harbour master): “The ferry is safe,” \u{1B}[2m[direct]\u{1B}[0m
                  \u{1B}[2mclaim\u{1B}[0m \u{1B}[33m0.88\u{1B}[0m the article: more than 300 people used it daily
                  \u{1B}[2m1 less checkable statement\u{1B}[0m


                """)
    }

    @Test func `of an analysis that found nothing says so`() {
        let article = Article(uri: "urn:test:empty", body: "Nothing.")
        let analysis = Analysis(
            id: "a", article: Analysis.ArticleReference(to: article),
            pipeline: Analysis.Pipeline(name: "extract-en", version: "1.0.0"))
        #expect(
            AnalysisText.render(analysis, layout: Layout(width: 80)) == """
                (no headline)
                  urn:test:empty
                  no quotes, no claims


                """)
    }

    @Test(arguments: [
        (
            "it is in de, and English alone is read",
            "no quotes, no claims\n  note: it is in de, and English alone is read\n"
        ),
        ("", "no quotes, no claims\n\n"),
    ])
    func `tells what an analysis does not tell`(remark: String, words: String) {
        var analysis = Analysis(
            id: "a", article: Analysis.ArticleReference(to: Article(uri: "urn:test:empty", body: "Nichts.")),
            pipeline: Analysis.Pipeline(name: "extract-en", version: "1.0.0"))
        if !remark.isEmpty { analysis.remark(.otherLanguage, remark) }
        #expect(AnalysisText.render(analysis, layout: Layout(width: 80)).contains(words))
    }

    @Test func `of an article is a line with time, number, headline and uri`() throws {
        #expect(
            try MessageText.render(Samples.raw(42), layout: Layout(width: 80))
                == "2024-05-01 08:15:30Z 42 Ferry to reopen in May urn:test:ferry\n")
        #expect(
            try MessageText.render(Samples.raw(42), layout: Layout(width: 50))
                == "2024-05-01 08:15:30Z 42 Ferry to reopen in May\n  urn:test:ferry\n")
    }

    @Test func `of a dead letter tells class, code, reason and uri`() throws {
        #expect(
            try MessageText.render(Samples.deadLetter(2), layout: Layout(width: 90))
                == "2024-05-01 08:15:30Z 2 fatal worker-gone: the worker was killed urn:test:ferry\n")
        #expect(
            try MessageText.render(Samples.deadLetter(2, uri: nil), layout: Layout(width: 120))
                == "2024-05-01 08:15:30Z 2 fatal worker-gone: the worker was killed (no article could be read)\n")
    }

    @Test func `never passes on what a message tries to do to the terminal`() throws {
        let attack = "\u{1B}[2J\u{1B}]0;owned\u{7}\u{202E}\u{9B}31m\r\n\u{0}"
        var article = Samples.article
        article.headline += attack
        article.uri += attack
        article.source = attack
        var analysis = Samples.analysis
        analysis.article = Analysis.ArticleReference(to: article)
        analysis.article.published = attack
        for index in analysis.quotes.indices {
            analysis.quotes[index].content.text += attack
            analysis.quotes[index].source?.text += attack
            analysis.quotes[index].speaker?.name += attack
        }
        for index in analysis.entities.indices { analysis.entities[index].role = attack }
        for index in analysis.claims.indices {
            analysis.claims[index].text += attack
            analysis.claims[index].claimant.name? += attack
        }
        var message = try Samples.results(1, analysis)
        message.position.ts = attack
        let layout = Layout(width: 80)
        let texts = try [
            MessageText.render(message, layout: layout), MessageText.render(Samples.raw(1, article), layout: layout),
            MessageText.render(Samples.deadLetter(1, text: attack, uri: attack), layout: layout),
        ]
        for text in texts {
            #expect(text.contains("\u{FFFD}[2J"))
            #expect(
                text.unicodeScalars.allSatisfy {
                    $0 == "\n" || $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                })
        }
    }

    @Test(arguments: ["res", "raw", "dlq"])
    func `of a body that is something else is an error`(_ stream: String) {
        for body in ["{}", "not json", #"{"specversion":"1.0"}"#] {
            let message = Samples.message(1, stream, Array(body.utf8))
            #expect(throws: WireError.self) { try MessageText.render(message, layout: Layout()) }
        }
    }

    @Test(arguments: [
        ("2024-05-01T08:15:30.250Z", "2024-05-01 08:15:30Z"), ("2024-05-01T08:15:30+02:00", "2024-05-01 06:15:30Z"),
        ("yesterday", "yesterday"),
    ])
    func `gives times in UTC`(_ time: String, _ shown: String) {
        #expect(Clock.text(time) == shown)
    }
}
