import Wire

/// Words or thoughts that the text attributes to someone: what a finder yields, before speakers are resolved.
struct Attribution {
    /// Stretches of what was said, in order; never empty.
    var content: [Span]
    /// The words that attribute it, or nil.
    var cue: Span?
    /// The mention of whoever said it, or nil.
    var source: Span?
    /// Confidence from 0 to 1.
    var confidence: Double

    var start: Int { content.first?.start ?? 0 }
    var end: Int { content.last?.end ?? 0 }
}
