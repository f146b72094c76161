public import Wire

/// Article in, analysis out: a pure function that any thread may call.
public protocol Extractor: Sendable {
    /// Name, version and model: the same article and pipeline give the same analysis.
    var pipeline: Analysis.Pipeline { get }

    /// The languages it reads, as BCP 47 primary subtags such as `en`.
    var languages: Set<String> { get }

    /// Extracts quotes, speakers and claims.
    ///
    /// Takes time linear in the length of the body. An article in another language gives an analysis without guesses.
    /// - Throws: `ExtractionError` for an article that cannot be read; trying again does not help.
    func analyze(_ article: Article) throws(ExtractionError) -> Analysis
}

/// Why an article cannot be analysed.
public struct ExtractionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// The body is longer than the extraction takes.
        case tooLong
    }

    /// The kind of failure.
    public var code: Code
    /// What is wrong with the article and what can be done.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
