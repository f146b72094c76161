import Testing
import Wire

@testable import Extraction

@Suite("Propositions")
struct PropositionTests {
    /// "subject | predicate | objects" of each proposition of the first claim.
    private func propositions(_ body: String) throws -> [Analysis.Proposition] {
        try #require(try Reading(body).analysis.claims.first).propositions
    }

    private func line(_ proposition: Analysis.Proposition) -> String {
        ([proposition.subject?.text ?? "-", proposition.predicate.text] + proposition.objects.map(\.text))
            .joined(separator: " | ")
    }

    @Test(
        "have subject, predicate and objects",
        arguments: [
            ("The council closed the bridge in May.", "The council | closed | the bridge | in May"),
            ("The bridge was built by the army.", "The bridge | was built by | the army"),
            (
                "The army moved to the harbour of Bergen on Monday.",
                "The army | moved to | the harbour of Bergen | on Monday"
            ),
            ("The firm plans to sell the ferry.", "The firm | plans to sell | the ferry"),
            ("Ann Li, who leads the city, opened the bridge.", "Ann Li | leads | the city"),
            ("The council bought the ferry and sold the bridge.", "The council | sold | the bridge"),
        ])
    func parts(body: String, wanted: String) throws {
        let found = try propositions(body).map(line)
        #expect(found.contains(wanted))
    }

    @Test(
        "tell whether they are negated and how they are put forward",
        arguments: [
            ("The council has not closed the bridge.", true, Analysis.Modality.asserted),
            ("The council failed to close the bridge.", true, .asserted),
            ("The council may close the bridge.", false, .possible),
            ("The council will close the bridge.", false, .intended),
            ("The council closed the bridge.", false, .asserted),
        ])
    func modality(body: String, isNegated: Bool, modality: Analysis.Modality) throws {
        let proposition = try #require(try propositions(body).first)
        #expect(proposition.negated == isNegated)
        #expect(proposition.modality == modality)
    }

    @Test(
        "are all of a sentence that says no more",
        arguments: [
            ("The bill was not passed.", "The bill | was not passed", true),
            ("He was arrested.", "He | was arrested", false),
            ("Two people were injured.", "Two people | were injured", false),
        ])
    func whole(body: String, wanted: String, isNegated: Bool) throws {
        let found = try propositions(body)
        #expect(found.map(line) == [wanted])
        #expect(found.first?.negated == isNegated)
    }

    @Test(
        "are denied where the sentence says that they are not so",
        arguments: [
            ("It is not true that the bridge cost 40 million kroner.", "cost"),
            ("There is no evidence that the firm paid bribes.", "paid"),
            ("That the bridge is unsafe is false, the mayor said.", "is"),
            ("The claim that the bridge is unsafe is false, the mayor said.", "is"),
            ("No evidence exists that the vaccine harms children.", "harms"),
        ])
    func untrue(body: String, predicate: String) throws {
        let found = try propositions(body).first { $0.predicate.text == predicate }
        #expect(found?.modality == .denied)
    }

    @Test("leave out what somebody is, which is the role of the entity") func appositions() throws {
        let found = try propositions("Ann Li, the mayor of Oslo, opened the city’s bridge on Monday.")
        #expect(found.map(\.predicate.text) == ["opened"])
    }

    @Test("stand where their spans say") func spans() throws {
        let body = "Ann Li, the mayor of Oslo, opened the city’s bridge on Monday, and the army closed it again."
        let scalars = Array(body.unicodeScalars)
        for proposition in try propositions(body) {
            for passage in [proposition.subject, .some(proposition.predicate)].compactMap({ $0 }) + proposition.objects
            {
                #expect(!passage.spans.isEmpty)
                for span in passage.spans {
                    #expect(span.end <= scalars.count)
                    let text = String(String.UnicodeScalarView(scalars[span.start..<span.end]))
                    #expect(passage.text.contains(text))
                }
            }
            #expect((0...1).contains(try #require(proposition.confidence)))
        }
    }

    @Test(
        "that somebody finds nothing are negated",
        arguments: [
            "The study had found no link between the vaccine and autism.",
            "The ministry made no comment on the report.",
        ])
    func found(body: String) throws {
        let claim = try #require(try Reading(body).analysis.claims.first)
        #expect(claim.propositions.map(\.negated) == [true])
    }
}
