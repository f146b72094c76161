import Testing
import Wire

@testable import Extraction

@Suite("What somebody says and denies in one breath")
struct CounterstatementTests {
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
