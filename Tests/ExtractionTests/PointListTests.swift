import Extraction
import Testing
import Wire

@Suite("Lists of points")
struct PointListTests {
    private func quotes(_ body: String) throws -> [(content: String, source: String?)] {
        try Reading(body).analysis.quotes.map { ($0.content.text, $0.source?.text) }
    }

    private let opening = "Nurses walked off the job on Monday, after contract talks collapsed over pensions.\n\n"

    @Test("belong to whoever the line before them says states them") func said() throws {
        let list =
            "The hospital said:\n\n• Its last offer included raises of 14% over three years.\n\n• The lights are on a timer."
        let found = try quotes(opening + list + "\n\nThe strike goes on.")
        #expect(found.contains { $0.source == "The hospital" && $0.content.hasPrefix("Its last offer") })
        #expect(found.contains { $0.content.hasSuffix("• The lights are on a timer.") })
    }

    @Test("belong to the survey whose findings they are") func findings() throws {
        let list = """
            Other findings from the survey of 1,204 owners in nine states:

            • 61% have no written plan.

            • Women are less likely than men to have named a successor.
            """
        let found = try quotes("Half of the owners would delay retirement, a bank says.\n\n" + list)
        #expect(found.contains { $0.source?.hasPrefix("the survey") ?? false && $0.content.hasPrefix("61% have") })
    }

    @Test("end before the next speaker's words") func end() throws {
        let list = """
            People who were at these places may have been exposed, the department said:

            - Westgate Dental, Monday, March 4, 8 to 11 a.m.

            - St. Casimir Hospital, Thursday, March 7, 9:30 p.m. to 1 a.m.

            Measles is among the most contagious viruses known, according to the Centers for Disease Control.
            """
        let found = try quotes("A child has measles, officials say.\n\n" + list)
        #expect(found.contains { $0.content.hasPrefix("Measles is") && $0.source == "the Centers for Disease Control" })
        #expect(found.contains { $0.source == "the department" && $0.content.hasSuffix("9:30 p.m. to 1 a.m.") })
    }

    @Test("keep whom each of them quotes") func quoted() throws {
        let list = """
            What they said:

            • “The talks have been a waste of everybody’s time,” said Ann Li, a nurse.

            • “Nobody has walked away from the table,” said Bo Ek, who speaks for the hospital.
            """
        #expect(try quotes(opening + list).map(\.source) == ["Ann Li, a nurse", "Bo Ek, who speaks for the hospital"])
    }

    @Test("are nobody's where nobody states them", arguments: ["What we know:", "Points of the plan:"])
    func nobody(lead: String) throws {
        let list = "\n\n• The bridge was closed on Monday.\n\n• A survey of the piers begins in May."
        #expect(try quotes(opening + lead + list).isEmpty)
    }
}
