import Language
import Testing
import Wire

@testable import Extraction

@Suite("Quotations that narration breaks off")
struct BrokenQuotationTests {
    /// The contents after mending, for a speech in two halves of which the second was read as part of what is asked.
    private func mended(_ first: String, _ narration: String, _ asked: String, _ second: String) -> [[Span]] {
        let text = first + narration + asked + second
        let starts = [first, narration, asked].reduce(into: [0]) {
            $0.append($0[$0.count - 1] + $1.unicodeScalars.count)
        }
        let document = Document(text)
        let broken = BrokenQuotations(document: document, quotations: QuotationFinder.quotations(in: document))
        return broken.mend([
            Attribution(content: [Span(0, starts[1])], cue: [], source: [], confidence: 1),
            Attribution(content: [Span(starts[2], text.unicodeScalars.count)], cue: [], source: [], confidence: 1),
        ]).map(\.content)
    }

    @Test("go on behind what their speaker asks for") func goesOn() {
        let found = mended(
            "“You cannot defend the rules,”", " one of them said, asking ", "not to be named, ",
            "“by tearing out the page.”")
        #expect(found == [[Span(0, 30), Span(73, 99)], [Span(56, 71)]])
    }

    @Test("are left alone where a sentence ends, or where another begins") func leftAlone() {
        let apart = mended("“It is late,”", " she said. He asked ", "them, ", "“by the bridge.”")
        #expect(apart == [[Span(0, 13)], [Span(33, 55)]])
        let another = mended("“It is late,”", " she said, and he asked ", "them, ", "“Where is the bridge?”")
        #expect(another == [[Span(0, 13)], [Span(37, 65)]])
    }
}
