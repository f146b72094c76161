import Language
import Wire

/// Words or thoughts that the text attributes to someone, before speakers are resolved.
struct Attribution {
    /// Stretches of what was said, in order; never empty.
    var content: [Span]
    /// The words that attribute it, in order, or empty.
    var cue: [Span]
    /// The mention of whoever said it, in order, or empty.
    var source: [Span]
    /// How the source relates to what was said.
    var act = Reading.Act.statement
    /// Confidence from 0 to 1.
    var confidence: Double
    /// It is a speaker's turn in a debate or an interview; without a source, of the one who is interviewed.
    var isTurn = false

    /// Its words are those of the attribution before it, which cites its source for them.
    var isCited = false
    /// It answers the question before it, which somebody else asks.
    var isReply = false

    var isAnswer: Bool { isTurn && source.isEmpty }

    var start: Int { content.first?.start ?? 0 }
    var end: Int { content.last?.end ?? 0 }
}

extension Attribution {
    /// What the reader found.
    init(_ found: Reading.Attribution) {
        func spans(_ ranges: [Range<Int>]) -> [Span] {
            ranges.sorted { $0.lowerBound < $1.lowerBound }.map { Span($0.lowerBound, $0.upperBound) }
        }
        self.init(
            content: spans(found.content), cue: spans(found.cue), source: spans(found.source),
            act: found.act ?? .statement, confidence: Fitted.quote(Double(found.confidence)))
    }
}
