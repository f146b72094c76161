/// A piece of a word as the encoder reads it.
struct Piece: Hashable, Sendable {
    /// Its number in the vocabulary.
    var id: Int32
    /// Where it begins, in code points of the text.
    var start: Int32
    /// Where it ends, in code points of the text.
    var end: Int32
}
