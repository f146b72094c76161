/// A window whose rows lie in a `Workspace`; row 0 is [CLS], piece `i` of the window is row `i + 1`.
struct EncodedWindow {
    let pieces: ArraySlice<Piece>
    let features: ArraySlice<PieceFeatures>
    /// For each piece whether a letter or digit stands on both sides of its beginning.
    private let isGlued: [Bool]

    /// [CLS], the pieces and [SEP].
    var rows: Int { pieces.count + 2 }

    /// Encodes the pieces into `work`.
    init(
        _ pieces: ArraySlice<Piece>, _ features: ArraySlice<PieceFeatures>, of text: [Unicode.Scalar],
        _ encoder: Encoder,
        _ work: Workspace
    ) {
        self.pieces = pieces
        self.features = features
        isGlued = pieces.map { piece in
            let start = Int(piece.start)
            return start > 0 && text[start].isAlphanumeric && text[start - 1].isAlphanumeric
        }
        encoder.encode([101] + pieces.map(\.id) + [102], [.none] + features + [.none], in: work)
    }

    /// Whether a piece goes on the word of the piece before.
    func isWithinWord(_ piece: Int) -> Bool { isGlued[piece] }

    /// The code points of a range of pieces, counted from the window's first.
    func place(_ range: Range<Int>) -> Range<Int> {
        let first = pieces.startIndex
        return Int(pieces[first + range.lowerBound].start)..<Int(pieces[first + range.upperBound - 1].end)
    }
}
