import Wire

/// A stretch of text between quotation marks, within one paragraph.
struct Quotation {
    /// Its tokens, the marks included.
    var tokens: Range<Int>
    /// From the opening mark up to and including the closing one.
    var span: Span
    /// It has no closing mark, and its paragraph ends with it.
    var isOpen: Bool
    /// Number of words in it.
    var words: Int
    /// A sign that ends a sentence or a clause of speech stands before its closing mark.
    var isPunctuated: Bool
    /// It ends a sentence: a full stop, question or exclamation mark stands before its closing mark.
    var isTerminated: Bool
    /// Index of its paragraph.
    var paragraph: Int
}
