import Testing
import Wire

@Suite struct `What an analysis leaves out` {
    private func analysis(quotes count: Int) -> Analysis {
        var analysis = Analysis(
            id: "a", article: Analysis.ArticleReference(to: Sample.article),
            pipeline: Analysis.Pipeline(name: "x", version: "1"))
        analysis.entities = ["e1", "e2"].map { Analysis.Entity(id: $0, name: "Ann Li", type: .person) }
        for number in 0..<count {
            let place = Span(100 * number, 100 * number + 50)
            let passage = Analysis.Passage(text: "It sank.", spans: [place])
            analysis.entities[0].mentions.append(place)
            analysis.quotes.append(
                Analysis.Quote(
                    id: "q\(number)", kind: .direct, content: passage,
                    speaker: Analysis.Speaker(analysis.entities[number < count - 1 ? 0 : 1]), confidence: 1,
                    nested: "q\(count - 1 - number)"))
            analysis.claims.append(
                Analysis.Claim(
                    id: "c\(number)", text: "It sank.", spans: [place], claimant: .init(kind: .speaker, entity: "e1"),
                    quote: "q\(number % 2 == 0 ? number : count - 1 - number)", origin: "q\(count - 1)",
                    repeats: "c\(count - 1)",
                    checkWorthiness: 1))
        }
        return analysis
    }

    @Test func `nothing where it fits`() throws {
        var analysis = analysis(quotes: 2_000)
        let whole = analysis
        analysis.fit(into: try JSON.encode(whole).count)
        #expect(analysis == whole && analysis.remarks == nil)
    }

    @Test(arguments: [100, 50, 10, 1]) func `the end, and all that refers to it, where it does not`(percent: Int) throws
    {
        var analysis = analysis(quotes: 2_000)
        let size = try JSON.encode(analysis).count
        let limit = size * percent / 100 - 100
        analysis.fit(into: limit)
        let fitted = try JSON.encode(analysis).count
        #expect(fitted <= limit && (percent < 10 || fitted > limit / 2))
        let remark = try #require(analysis.remarks?.first)
        #expect(remark.code == "left-out" && remark.text.contains("would take \(size) bytes, and \(limit) are carried"))
        let (quotes, claims) = (Set(analysis.quotes.map(\.id)), Set(analysis.claims.map(\.id)))
        #expect(!quotes.isEmpty && analysis.quotes.map(\.id) == (0..<quotes.count).map { "q\($0)" })
        #expect(analysis.quotes.allSatisfy { $0.nested.map(quotes.contains) ?? true })
        #expect(
            analysis.claims.allSatisfy {
                ($0.quote.map(quotes.contains) ?? true) && ($0.origin.map(quotes.contains) ?? true)
                    && ($0.repeats.map(claims.contains) ?? true)
            })
        #expect(analysis.entities.map(\.id) == ["e1"] && analysis.entities[0].mentions.count <= quotes.count + 1)
    }
}
