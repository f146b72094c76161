import Evaluation
import Foundation
import Testing
import Wire

/// Figures of made-up analyses, each small enough to count by hand.
@Suite struct `Figures` {
    private static let text = """
        “We will win,” said Mr. Smith. “Nobody can stop us.”
        The mayor of Oslo, Ann Li, said that the bridge was "a total disaster" for the town.
        Officials believe that taxes will rise next year.

        """

    private func span(_ piece: String) throws -> Span {
        let range = try #require(Self.text.firstRange(of: piece))
        let scalars = Self.text.unicodeScalars
        return Span(
            scalars.distance(from: scalars.startIndex, to: range.lowerBound),
            scalars.distance(from: scalars.startIndex, to: range.upperBound))
    }

    private func passage(_ pieces: String...) throws -> Analysis.Passage {
        Analysis.Passage(text: pieces.joined(separator: " … "), spans: try pieces.map(span))
    }

    private func gold(_ more: String = "") throws -> Gold {
        func spans(_ pieces: String...) throws -> String {
            "[\(try pieces.map { try span($0) }.map { "[\($0.start),\($0.end)]" }.joined(separator: ","))]"
        }
        let text = String(decoding: try JSONEncoder().encode(Self.text), as: UTF8.self)
        return try JSON.decode(
            Gold.self,
            from: Array(
                """
                {"doc":"x","text":\(text),"people":[{"name":"Joe Smith","role":"the coach"}],"quotes":[
                {"content":\(try spans("“We will win,”", "“Nobody can stop us.”")),"source":\(try spans("Mr. Smith")),"speaker":"Joe Smith",
                 "speaker_type":"person"},
                {"content":\(try spans("that the bridge was \"a total disaster\" for the town")),
                 "source":\(try spans("The mayor of Oslo, Ann Li")),"speaker":"Ann Li","speaker_type":"person"},
                {"content":\(try spans("that taxes will rise next year")),"source":\(try spans("Officials")),"nested":false},
                {"content":\(try spans("taxes")),"nested":true}]\(more)}
                """.utf8))
    }

    private func quote(_ content: Analysis.Passage, _ source: String?, speaker: String? = nil) throws -> Analysis.Quote
    {
        let entity = speaker.map { Analysis.Entity(id: $0, name: $0, type: .person) }
        return Analysis.Quote(
            id: "q", kind: .direct, content: content, source: try source.map { try passage($0) },
            speaker: entity.map { Analysis.Speaker($0) }, confidence: 0.75)
    }

    private func perfect() throws -> [Analysis.Quote] {
        [
            try quote(passage("“We will win,”", "“Nobody can stop us.”"), "Mr. Smith", speaker: "Joe Smith"),
            try quote(
                passage("that the bridge was \"a total disaster\" for the town"), "The mayor of Oslo, Ann Li",
                speaker: "Ann Li"), try quote(passage("that taxes will rise next year"), "Officials"),
        ]
    }

    private func figures(
        _ quotes: [Analysis.Quote], claims: [Analysis.Claim] = [], boilerplate: [Span] = [],
        entities: [Analysis.Entity] = [], _ more: String = ""
    ) throws -> Figure {
        let gold = try gold(more)
        let analysis = Analysis(
            id: "a", article: Analysis.ArticleReference(to: gold.article),
            pipeline: Analysis.Pipeline(name: "t", version: "1"), entities: entities, quotes: quotes, claims: claims,
            boilerplate: boilerplate)
        return .group(Evaluation.figures(of: [gold], analyses: ["x": analysis]))
    }

    @Test func `of a perfect analysis are 1`() throws {
        let figures = try figures(perfect())
        for group in ["ALL", "DIRECT", "MIXED", "INDIRECT", "QUOTED"] {
            for way in ["partial", "exact"] {
                #expect(figures["content", "\(group).\(way)", "F1"]?.number == 1)
                #expect(figures["source", "\(group).\(way)", "F1"]?.number == 1)
            }
            #expect(figures["source", "\(group).acc"]?.number == 1)
        }
        #expect(figures["tokens", "F1"]?.number == 1 && figures["content", "ALL.exact", "n_gold"]?.number == 3)
        #expect(figures["speaker", "R.full"]?.number == 1 && figures["speaker", "n_gold"]?.number == 2)
    }

    @Test func `of nothing are 0`() throws {
        let figures = Figure.group(Evaluation.figures(of: [try gold()], analyses: [:]))
        #expect(figures["content", "ALL.partial", "F1"]?.number == 0)
        #expect(figures["missing_docs"]?.number == 1)
        #expect(figures["calibration"] == nil && figures["claims"] == nil)
    }

    @Test func `do not mind marks and stops at the edges, nor count a quote twice`() throws {
        var quotes = try perfect()
        quotes[0].content = try passage("We will win", "Nobody can stop us")
        #expect(try figures(quotes)["content", "ALL.exact", "F1"]?.number == 1)
        let doubled = try figures(quotes + quotes)
        #expect(doubled["content", "ALL.partial", "P"]?.number == 0.5)
        #expect(doubled["content", "ALL.partial", "R"]?.number == 1)
        // Half of the pieces is more than half of the words.
        quotes[0].content = try passage("Nobody can stop us")
        let halved = try figures(quotes)
        #expect(halved["content", "DIRECT.partial", "R"]?.number == 1)
        #expect(halved["content", "DIRECT.exact", "R"]?.number == 0)
    }

    @Test func `know a source by its last or head word, in its place`() throws {
        for (piece, isRight) in [("mayor", true), ("Li", true), ("Oslo", false), ("Smith", false)] {
            var quotes = try perfect()
            quotes[1].source = try passage(piece)
            let figures = try figures(quotes)
            #expect(figures["source", "MIXED.partial", "R"]?.number == (isRight ? 1 : 0), "\(piece)")
            #expect(figures["source", "MIXED.exact", "R"]?.number == 0)
        }
    }

    @Test func `of speakers tell full names from alike ones, and people from others`() throws {
        var quotes = try perfect()
        quotes[0] = try quote(quotes[0].content, "Mr. Smith", speaker: "Smith")
        let entity = Analysis.Entity(id: "Smith", name: "Smith", type: .person, role: "coach")
        let figures = try figures(quotes, entities: [entity])
        #expect(figures["speaker", "full"]?.number == 0.5 && figures["speaker", "person.loose"]?.number == 1)
        #expect(figures["entity", "role"]?.number == 1 && figures["entity", "n_roles"]?.number == 1)
        // Of the two speakers that are alike, Ann Li has no entity.
        #expect(figures["entity", "type"]?.number == 0.5)
        #expect(figures["calibration", "quotes"]?.number == 0.25)
    }

    @Test func `of claims rank sentences, and ties count against them`() throws {
        let lines = Self.text.split(separator: "\n").map { "\"\($0)\"" }.count
        #expect(lines == 3)
        let sentences = [
            try span("“We will win,” said Mr. Smith. “Nobody can stop us.”"),
            try span("The mayor of Oslo, Ann Li, said that the bridge was \"a total disaster\" for the town."),
            try span("Officials believe that taxes will rise next year."),
        ]
        let more =
            ",\"sentences\":[{\"span\":[\(sentences[0].start),\(sentences[0].end)],\"label\":0,\"boilerplate\":true},"
            + "{\"span\":[\(sentences[1].start),\(sentences[1].end)],\"label\":2,\"claimant\":\"Ann Li\",\"boilerplate\":false},"
            + "{\"span\":[\(sentences[2].start),\(sentences[2].end)],\"label\":2,\"claimant\":\"article\",\"boilerplate\":false}]"
        func claim(_ span: Span, _ worth: Double, _ name: String?) -> Analysis.Claim {
            Analysis.Claim(
                id: "c", text: "", spans: [span],
                claimant: Analysis.Claimant(kind: name == nil ? .article : .speaker, name: name), checkWorthiness: worth
            )
        }
        let figures = try figures(
            [], claims: [claim(sentences[0], 0.6, nil), claim(sentences[1], 0.9, "Li")],
            boilerplate: [sentences[0], sentences[1]], more)
        #expect(figures["claims", "P"]?.number == 0.5 && figures["claims", "R"]?.number == 0.5)
        let precision = try #require(figures["claims", "AP"]?.number)
        // The first of the two is the first of all, the second the last of three.
        #expect(abs(precision - 5.0 / 6.0) < 1e-9)
        #expect(figures["claims", "claimant"]?.number == 1)
        #expect(figures["furniture", "P"]?.number == 0.5 && figures["furniture", "R"]?.number == 1)
        let tied = try self.figures([], claims: sentences.map { claim($0, 0.6, nil) }, more)
        let tiedPrecision = try #require(tied["claims", "AP"]?.number)
        #expect(abs(tiedPrecision - 7.0 / 12.0) < 1e-9)
    }

    @Test func `of details count each stretch once, and see value, unit, polarity and modality apart`() throws {
        let text = "Mayor Li said more than 20 buses would not run on 3 May."
        func span(_ piece: String) throws -> Span {
            let range = try #require(text.firstRange(of: piece))
            let start = text.distance(from: text.startIndex, to: range.lowerBound)
            return Span(start, start + piece.count)
        }
        func json(_ piece: String) throws -> String { "[\(try span(piece).start),\(try span(piece).end)]" }
        let gold = try JSON.decode(
            Gold.self,
            from: Array(
                """
                {"doc":"x","text":"\(text)","published":"2024-05-01","quantities":[{"sentence":0,"span":\(try json("more than 20 buses")),
                 "value":20,"unit":"buses","comparison":"more"}],"dates":[{"span":\(try json("3 May")),"date":"2024-05-03"}],
                 "propositions":[{"subject":\(try json("more than 20 buses")),"predicate":\(try json("would not run")),"objects":[],
                 "negated":true,"modality":"conditional"}]}
                """.utf8))
        #expect(gold.article.published == "2024-05-01T12:00:00Z")
        func passage(_ piece: String) throws -> Analysis.Passage {
            Analysis.Passage(text: piece, spans: [try span(piece)])
        }
        let claim = Analysis.Claim(
            id: "c", text: text, spans: [Span(0, text.count)], claimant: Analysis.Claimant(kind: .article),
            propositions: [
                Analysis.Proposition(
                    subject: try passage("20 buses"), predicate: try passage("would not run"), negated: true)
            ],
            quantities: [
                Analysis.Quantity(
                    text: "20 buses", spans: [try span("20 buses")], value: 20, unit: "bus", comparison: "equal")
            ], dates: [Analysis.DateMention(text: "3 May", spans: [try span("3 May")], date: "2024-05")],
            checkWorthiness: 1)
        let analysis = Analysis(
            id: "a", article: Analysis.ArticleReference(to: gold.article),
            pipeline: Analysis.Pipeline(name: "t", version: "1"), claims: [claim, claim])
        let figures = Figure.group(Evaluation.figures(of: [gold], analyses: ["x": analysis]))
        #expect(figures["quantities", "F1"]?.number == 1 && figures["quantities", "unit"]?.number == 1)
        #expect(figures["quantities", "comparison"]?.number == 0 && figures["dates", "F1"]?.number == 0)
        #expect(figures["propositions", "F1"]?.number == 1 && figures["propositions", "negated"]?.number == 1)
        #expect(figures["propositions", "modality"]?.number == 0 && figures["modal", "R"]?.number == 0)
        #expect(figures["content"] == nil)
    }
}
