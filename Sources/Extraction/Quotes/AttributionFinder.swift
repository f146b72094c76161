/// Finds who is said to say what: the stage that a trained tagger replaces.
///
/// What follows it (`QuoteAssembly`, speakers, claims) takes attributions wherever they come from.
protocol AttributionFinder: Sendable {
    /// The attributions of the sentences that are no web furniture, in the order of the text and without overlap.
    func attributions(in document: Document, sentences: [Sentence], quotations: [Quotation]) -> [Attribution]
}
