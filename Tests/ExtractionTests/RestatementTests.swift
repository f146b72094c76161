import Testing
import Wire

@testable import Extraction

/// Claims of whole articles, read by the reader: what states the same is linked, and what only looks alike is not.
@Suite struct `Claims that are made again` {
    /// Pairs of a claim and the first one that states the same.
    private func links(_ text: String) throws -> [(String, String)] {
        let claims = try Reader.analyze(Article(uri: "urn:t", body: text)).claims
        return claims.compactMap { claim in
            claim.repeats.flatMap { id in claims.first { $0.id == id } }.map { (claim.text, $0.text) }
        }
    }

    @Test(
        arguments: [
            """
            Ferry sinks off Harbour Town with 300 on board

            HARBOUR TOWN — A ferry with 300 people on board sank off Harbour Town on Monday night, the coast guard said.

            The harbour was closed until the morning.
            """,
            """
            Council votes to close the Marlow library

            The council of Eastmere voted on Tuesday to close the Marlow library in spring, after two years of debate.

            Readers had collected signatures for months.
            """,
            """
            Kolar denies taking bribes from builders

            Mayor Mira Kolar on Friday denied taking bribes from two builders, in her first words on the case since June.

            The court in Brenn hears witnesses in May.
            """,
            """
            The plant will close in June with the loss of 300 jobs, Mr Gardner said.

            The plant will close in June with the loss of 300 jobs.
            """,
        ]) func `by headline and lead are one`(text: String) throws
    {
        let links = try links(text)
        #expect(links.count == 1)
        #expect(links.first.map { text.prefix { !$0.isNewline }.contains($0.1) } == true)
    }

    @Test(
        arguments: [
            // Another name, another number, another unit, the opposite, another subject.
            "Ann Li won the award for the best young player of the cup.\n\nTom Berg won the award for the best young player of the cup.",
            "The first match in Brenn ended 2 – 0 after a late goal.\n\nThe first match in Brenn ended 3 – 1 after a late goal.",
            "The rent of the hall rose by 12 percent over the year.\n\nThe lease of the hall ended after 12 months of the year.",
            "The council approved the plan for a bridge at Marlow.\n\nThe council never approved the plan for a bridge at Marlow.",
            "Police arrested two men in the harbour after the fire.\n\nFirefighters searched the harbour after the fire for two men.",
        ]) func `are not those that only look alike`(text: String) throws
    {
        #expect(try links(text).isEmpty)
    }

    @Test func `name the first of all`() throws {
        let text = """
            Mayor resigns over harbour contract

            The mayor of Brenn resigned over a harbour contract on Friday.

            The weather was fine, and the market was open all day.

            She told the council of Brenn that she resigned over the harbour contract.
            """
        let claims = try Reader.analyze(Article(uri: "urn:t", body: text)).claims
        let linked = claims.filter { $0.repeats != nil }
        #expect(!linked.isEmpty && linked.allSatisfy { $0.repeats == claims[0].id })
    }

    @Test(arguments: [
        ("resigned", "resignation"), ("closes", "closing"), ("iodised", "iodisation"), ("city's", "city"),
        ("votes", "voted"),
    ])
    func `share stems`(a: String, b: String) {
        #expect(Restatements.stem(a) == Restatements.stem(b))
    }

    @Test func `are found in time that grows with the text`() {
        // A word leads to eight claims at most, however many hold it.
        let claims = (0..<20_000).map { number in
            Analysis.Claim(
                id: "\(number)", text: "The harbour council closed bridge number \(number) in Brenn.",
                spans: [Span(0, 1)],
                claimant: Analysis.Claimant(kind: .article), checkWorthiness: 1)
        }
        #expect(Restatements(claims).first().count == claims.count)
    }
}
