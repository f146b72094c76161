import Testing
import Wire

@testable import Extraction

@Suite("What nobody says")
struct UnsaidTests {
    @Test(
        "is no quote, and no claim of theirs",
        arguments: [
            "Contrary to what Paul Reyes said, the vote was not stolen.",
            "Despite what Paul Reyes said, the bridge was inspected in May.",
            "Paul Reyes provided no evidence that the vote was stolen.",
            "Senator Paul Reyes offered no proof that the vote was stolen.",
            "Police have not charged Paul Reyes with murder.",
        ])
    func unsaid(body: String) throws {
        let analysis = try Reading(body).analysis
        #expect(analysis.quotes.isEmpty)
        #expect(analysis.claims.map(\.claimant.kind) == [.article])
    }

    @Test(
        "but others do is rejected",
        arguments: [
            (
                "Mayor Ann Li dismissed as “nonsense” claims that the bridge was unsafe.",
                "dismissed | claims that the bridge was unsafe"
            ),
            (
                "Senator Paul Reyes dismissed as nonsense reports that the vote was stolen.",
                "dismissed | as nonsense reports that the vote was stolen"
            ),
            (
                "Senator Paul Reyes played down fears that the dam would fail.",
                "played down | fears that the dam would fail"
            ),
        ])
    func rejected(body: String, expected: String) throws {
        let analysis = try Reading(body).analysis
        let denials = analysis.quotes.filter { $0.act == "denial" }.map { "\($0.cue?.text ?? "") | \($0.content.text)" }
        #expect(denials == [expected])
        #expect(analysis.claims.map(\.text) == [body])
    }

    @Test(
        "where somebody asks is a silence",
        arguments: [
            (
                "Senator Paul Reyes did not respond to a request for comment.",
                "did not respond | to a request for comment"
            ),
            ("Calder Water could not be reached for comment.", "could not be reached | for comment"),
            ("The ministry has not commented on the report.", "has not commented | on the report"),
        ])
    func silence(body: String, expected: String) throws {
        let analysis = try Reading(body).analysis
        #expect(analysis.quotes.map { "\($0.cue?.text ?? "") | \($0.content.text)" } == [expected])
        #expect(analysis.quotes.map(\.act) == ["silence"])
        #expect(analysis.claims.map(\.claimant.kind) == [.article])
    }
}
