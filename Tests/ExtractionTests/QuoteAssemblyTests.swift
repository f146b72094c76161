import Language
import Testing
import Wire

@testable import Extraction

@Suite("Quotes made of attributions")
struct QuoteAssemblyTests {
    /// What is left of a text that is read as: source " " cue " " content.
    private func contents(_ source: String, _ cue: String, _ content: String) -> [[Span]] {
        let text = "\(source) \(cue) \(content)"
        let document = Document(text)
        let start = source.unicodeScalars.count + 1
        let end = start + cue.unicodeScalars.count
        let attribution = Attribution(
            content: [Span(end + 1, text.unicodeScalars.count)], cue: [Span(start, end)], source: [Span(0, start - 1)],
            confidence: 1)
        return QuoteAssembly(document, QuotationFinder.quotations(in: document)).assemble([attribution], sentences: [])
            .map(\.content)
    }

    @Test("are none where something is given a name, however it is wrapped") func named() {
        #expect(contents("The team", "named", "their robot “Robogee.”") == [])
        #expect(contents("The team", "called", "their robot “a clever beast.”") == [[Span(16, 45)]])
        #expect(contents("The team", "named", "as its goal “to be home for supper.”") == [[Span(15, 51)]])
    }

    @Test("are none of an article alone") func article() {
        #expect(contents("The bill", "was introduced by", "the") == [])
    }
}
