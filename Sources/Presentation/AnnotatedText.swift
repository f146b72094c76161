import Wire

/// The text of an article with what is found in it, as runs in which nothing begins or ends.
struct AnnotatedText {
    /// A stretch of text between two places where something begins or ends.
    struct Run: Equatable {
        var text: Range<Int>
        /// The claim that it belongs to, by number, or nil.
        var claim: Int?
        /// The innermost quote, by number, or nil.
        var quote: Int?
        /// Whether it belongs to a number or a date.
        var isValue: Bool
    }

    /// The code points.
    let scalars: [Unicode.Scalar]
    /// The lines that are not empty.
    let paragraphs: [Range<Int>]
    private var claims: [Int32]
    private var quotes: [Int32]
    private var values: [Bool]
    private var leftOut: [Bool]

    /// - Parameters:
    ///   - body: The text that the analysis is of.
    ///   - analysis: What was found; what lies outside the text is passed over.
    ///   - isShown: Whether a claim is.
    init(_ body: String, _ analysis: Analysis, showing isShown: (Analysis.Claim) -> Bool) {
        let scalars = Array(body.unicodeScalars)
        self.scalars = scalars
        paragraphs = scalars.indices.split { scalars[$0] == "\n" || scalars[$0] == "\r" }
            .map { $0.startIndex..<$0.endIndex }
            .filter { scalars[$0].contains { !$0.properties.isWhitespace } }
        claims = [Int32](repeating: -1, count: scalars.count)
        quotes = claims
        values = [Bool](repeating: false, count: scalars.count)
        leftOut = values
        for (index, claim) in analysis.claims.enumerated() where isShown(claim) {
            Self.paint(&claims, claim.spans, Int32(index))
            for quantity in claim.quantities { Self.paint(&values, quantity.spans, true) }
            for date in claim.dates { Self.paint(&values, date.spans, true) }
        }
        // What lies within another is painted over it.
        let sizes = analysis.quotes.map { $0.content.spans.reduce(0) { $0 + $1.count } }
        for index in sizes.indices.sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) }) {
            Self.paint(&quotes, analysis.quotes[index].content.spans, Int32(index))
        }
        Self.paint(&leftOut, analysis.boilerplate, true)
    }

    private static func paint<Colour>(_ layer: inout [Colour], _ spans: [Span], _ colour: Colour) {
        for span in spans {
            let end = min(span.end, layer.count)
            for index in min(span.start, end)..<end { layer[index] = colour }
        }
    }

    /// The runs of a paragraph, in order.
    func runs(of paragraph: Range<Int>) -> [Run] {
        var runs: [Run] = []
        for index in paragraph {
            let claim = claims[index] < 0 ? nil : Int(claims[index])
            let quote = quotes[index] < 0 ? nil : Int(quotes[index])
            if let last = runs.last, last.claim == claim, last.quote == quote, last.isValue == values[index] {
                runs[runs.count - 1].text = last.text.lowerBound..<index + 1
            } else {
                runs.append(Run(text: index..<index + 1, claim: claim, quote: quote, isValue: values[index]))
            }
        }
        return runs
    }

    /// Whether a paragraph is no part of the article.
    func isLeftOut(_ paragraph: Range<Int>) -> Bool {
        paragraph.allSatisfy { leftOut[$0] || scalars[$0].properties.isWhitespace }
    }

    /// The text of a stretch.
    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}
