import Testing
import Wire

@testable import Extraction

@Suite("How somebody stands to what a cue reports")
struct StanceTests {
    @Test(
        "is told by the words of the cue",
        arguments: [
            ("said that", Stance.states), ("did not deny that", .states), ("denied", .denies),
            ("rejects as false", .denies),
            ("does not believe", .denies), ("did not say", .leavesOpen), ("never confirmed", .leavesOpen),
            ("declined to", .leavesOpen), ("refuses to say", .leavesOpen), ("doesn't think", .denies),
            ("no longer believes", .denies), ("doubted", .denies), ("left little doubt", .states),
            ("ruled out", .denies), ("have not ruled out", .states), ("stopped short of saying", .leavesOpen),
            ("has yet to say", .leavesOpen), ("was unable to say", .leavesOpen), ("failed to pay", .states),
            ("did not know", .leavesOpen), ("will not talk about", .leavesOpen), ("retracted", .denies),
            ("did not name", .leavesOpen), ("withdrew", .states), ("withdrew his claim", .denies),
        ])
    func words(cue: String, stance: Stance) {
        #expect(Stance(cue.split(separator: " ").map(String.init)) == stance)
    }

    @Test("A quote that is denied, or that nobody wants to say, is told by its act")
    func acts() throws {
        let text = """
            Officials did not say how many people had died in the fire.

            The ministry declined to comment on the cause of the fire.

            Pensions minister Laura Finch has denied that she took money from the company.

            Ann Li did not deny that she knew of it.

            “We will open pier five in May,” engineer Mira Kolar said.
            """
        let analysis = try Reader.analyze(Article(uri: "urn:t", body: text))
        #expect(
            analysis.quotes.map { "\($0.source?.text ?? ""): \($0.act ?? "")" } == [
                "Officials: silence", "The ministry: silence", "Pensions minister Laura Finch: denial",
                "Ann Li: statement", "engineer Mira Kolar: statement",
            ])
        #expect(Stance.act(cue: ["refused"], content: ["to", "pay"]) == "denial")
        #expect(Stance.act(cue: ["refused"], content: ["to", "discuss", "it"]) == "silence")
        #expect(Stance.act(cue: ["did", "not", "show"], content: ["whether", "it", "rained"]) == "silence")
    }

    @Test(
        "A cue has what turns its sense, within somebody's words, too",
        arguments: [
            ("Mayor Ann Li doesn’t think the bridge is safe.", ["doesn’t think: denial"]),
            ("Mayor Ann Li no longer believes that the bridge is safe.", ["no longer believes: denial"]),
            ("Senator Paul Reyes withdrew his claim that the vote was stolen.", ["withdrew his claim: denial"]),
            (
                "Mayor Ann Li said she did not believe that the bridge was safe.",
                ["said: statement", "did not believe: denial"]
            ),
            (
                "The ministry insisted the lifts were safe, but refused to say whether staff were hurt.",
                ["insisted: statement", "refused to say: silence"]
            ),
        ])
    func cues(body: String, expected: [String]) throws {
        #expect(try Reading(body).analysis.quotes.map { "\($0.cue?.text ?? ""): \($0.act ?? "")" } == expected)
    }

    @Test(
        "What somebody does not believe is no claim of theirs without that",
        arguments: [
            "Mayor Ann Li doesn’t think the bridge is safe.", "Police no longer think the driver was drunk.",
            "Mayor Ann Li doubted that the bridge was safe.", "Few residents believe that the bridge is safe.",
        ])
    func unbelieved(body: String) throws {
        let claim = try #require(try Reading(body).analysis.claims.first)
        #expect(claim.text == body)
        #expect(claim.propositions.first?.negated == true || !body.contains("n’t"))
    }

    @Test("A claim tells that it was denied, and what nobody said is the article's")
    func claims() throws {
        let text = """
            Pensions minister Laura Finch has denied that the government is planning to raise the state pension age to 69.

            Police did not say how many people had died in the fire.

            No group has claimed responsibility for the attack on 14 villages.

            The storm has claimed 14 lives in Haiti.

            Finch said that taxes would fall by 3 per cent.
            """
        let analysis = try Reader.analyze(Article(uri: "urn:t", body: text))
        let claims = analysis.claims.map { ($0.claimant.name ?? "", $0.text) }
        let lines = text.split(separator: "\n").map(String.init)
        #expect(claims.map(\.0) == ["Laura Finch", "", "", "", "Laura Finch"])
        #expect(claims.map(\.1) == lines.dropLast() + ["that taxes would fall by 3 per cent"])
        #expect(!analysis.quotes.contains { ["No group", "storm"].contains($0.speaker?.name) })
    }

    @Test(
        "Three words are a claim if something is said of something",
        arguments: ["Nobody was hurt.", "Inflation hit 9.1%."])
    func short(body: String) throws {
        #expect(try Reader.analyze(Article(uri: "urn:t", body: body)).claims.map(\.text) == [body])
    }
}
