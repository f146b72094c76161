import Testing
import Wire

@testable import Extraction

@Suite("What somebody says and denies in one breath")
struct CounterstatementTests {
    /// Act, source and text of each quote.
    private func quotes(_ body: String) throws -> [String] {
        try Reading(body).analysis.quotes.map { "\($0.act ?? "") | \($0.source?.text ?? "") | \($0.content.text)" }
    }

    @Test(
        "is two quotes",
        arguments: [
            (
                "The ministry said the leak was small but denied hiding the letters.",
                ["statement | The ministry | the leak was small", "denial | The ministry | hiding the letters"]
            ),
            (
                "Harbour master Ida Boe told reporters that the trains ran late yet would not say who paid for the yacht.",
                [
                    "statement | Harbour master Ida Boe | that the trains ran late",
                    "silence | Harbour master Ida Boe | who paid for the yacht",
                ]
            ),
            (
                "Calder Water confirmed the leak yet denied any cover-up of the spill.",
                ["statement | Calder Water | the leak", "denial | Calder Water | any cover-up of the spill"]
            ),
            (
                "Harbour master Ida Boe confirmed that a report was filed but denied taking bribes.",
                [
                    "statement | Harbour master Ida Boe | that a report was filed",
                    "denial | Harbour master Ida Boe | taking bribes",
                ]
            ),
            (
                "The study found that coffee helps but did not find that tea does.",
                ["evidence | The study | that coffee helps", "denial | The study | that tea does"]
            ),
            (
                "The Courier reported that the dam was cracked but did not name its source.",
                ["statement | The Courier | that the dam was cracked", "silence | The Courier | its source"]
            ),
            (
                "The ministry denied that warnings were ignored and said that the tunnel was flooded.",
                [
                    "denial | The ministry | that warnings were ignored",
                    "statement | The ministry | that the tunnel was flooded",
                ]
            ),
        ])
    func parted(body: String, expected: [String]) throws { #expect(try quotes(body) == expected) }

    @Test(
        "is one of whoever is told of in the first half",
        arguments: [
            "Police said the driver was questioned and denied the charges.",
            "Police say he held a knife and refused to drop it.",
            "Police said Hart knew the men but denied meeting them.",
        ])
    func others(body: String) throws {
        #expect(try !Reading(body).analysis.quotes.contains { $0.source?.text == "Police" && !$0.isSaid })
    }

    @Test("keeps the denial in the claim, and leaves out what nobody says")
    func claims() throws {
        let denied = "Mayor Ann Li confirmed that the valve had failed but denied that warnings were ignored."
        let claim = try #require(try Reading(denied).analysis.claims.first)
        #expect(claim.text == denied)
        #expect(claim.claimant.name == "Ann Li")
        let silent = "Mayor Ann Li declined to say how many divers had died but acknowledged that the pumps were old."
        let said = try #require(try Reading(silent).analysis.claims.first)
        #expect(said.text == "that the pumps were old")
        #expect(said.claimant.name == "Ann Li")
    }
}
