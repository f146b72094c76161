import Testing
import Wire

@testable import Extraction

@Suite("Attributions mended")
struct AttributionRepairTests {
    /// Sentences of ten code points.
    private let repair = AttributionRepair(
        sentences: (0..<10).map { Span($0 * 10, $0 * 10 + 10) }, paragraphs: [Span(0, 20), Span(20, 100)],
        isMark: { $0 == 11 })

    private func repaired(_ attributions: [Attribution]) -> [Attribution] {
        var attributions = attributions
        repair.repair(&attributions)
        return attributions
    }

    @Test("share the source that their sentence names once") func shared() {
        let found = repaired([
            Attribution(content: [Span(4, 5)], cue: [Span(3, 4)], source: [Span(0, 2)], confidence: 1),
            Attribution(content: [Span(8, 9)], cue: [Span(6, 7)], source: [], confidence: 1),
            Attribution(content: [Span(14, 15)], cue: [Span(12, 13)], source: [], confidence: 1),
        ])
        #expect(found.map(\.source) == [[Span(0, 2)], [Span(0, 2)], []])
    }

    @Test("keep of several sources the one beside the cue") func nearest() {
        let found = repaired([
            Attribution(
                content: [Span(26, 29)], cue: [Span(24, 25)], source: [Span(3, 5), Span(21, 23), Span(52, 54)],
                confidence: 1)
        ])
        #expect(found.map(\.source) == [[Span(21, 23)]])
    }

    @Test("keep of a cue in several sentences the part beside the content") func ownCue() {
        let found = repaired([
            Attribution(
                content: [Span(26, 29)], cue: [Span(3, 5), Span(24, 25)], source: [Span(21, 23)], confidence: 1)
        ])
        #expect(found.map(\.cue) == [[Span(24, 25)]])
    }

    @Test("cut a source where its sentence ends, and give each part to the cue beside it") func cut() {
        let found = repaired([
            Attribution(content: [Span(1, 3)], cue: [Span(4, 5)], source: [], confidence: 1),
            Attribution(content: [Span(16, 18)], cue: [Span(13, 15)], source: [Span(6, 12)], confidence: 1),
        ])
        #expect(found.map(\.source) == [[Span(6, 10)], [Span(10, 12)]])
    }

    @Test("let go of a headline, and keep a quotation in another paragraph") func paragraphs() {
        let found = repaired([
            Attribution(content: [Span(12, 15), Span(21, 22)], cue: [Span(24, 25)], source: [], confidence: 1),
            Attribution(content: [Span(11, 15), Span(21, 22)], cue: [Span(24, 25)], source: [], confidence: 1),
            Attribution(content: [Span(12, 15)], cue: [Span(24, 25)], source: [], confidence: 1),
        ])
        #expect(found.map(\.content) == [[Span(21, 22)], [Span(11, 15), Span(21, 22)], [Span(12, 15)]])
    }

    @Test("let go of content that stands elsewhere, and keep what goes on") func torn() {
        let found = repaired([
            Attribution(
                content: [Span(26, 29), Span(31, 39), Span(61, 69)], cue: [Span(24, 25)], source: [], confidence: 1)
        ])
        #expect(found.map(\.content) == [[Span(26, 29), Span(31, 39)]])
    }

    @Test("let go of the headline that runs into the text, and of the sentence behind their cue") func edges() {
        let found = repaired([
            Attribution(content: [Span(2, 28)], cue: [Span(31, 33)], source: [Span(34, 36)], confidence: 1),
            Attribution(
                content: [Span(41, 45), Span(52, 58)], cue: [Span(47, 48)], source: [Span(46, 47)], confidence: 1),
        ])
        #expect(found.map(\.content) == [[Span(20, 28)], [Span(41, 45)]])
    }
}
