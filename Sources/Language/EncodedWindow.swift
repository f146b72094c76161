/// A window whose rows lie in a `Workspace`; row 0 is [CLS], piece `i` of the window is row `i + 1`.
struct EncodedWindow {
    let pieces: ArraySlice<Piece>

    /// [CLS], the pieces and [SEP].
    var rows: Int { pieces.count + 2 }

    /// Encodes the pieces into `work`.
    init(
        _ pieces: ArraySlice<Piece>, _ features: ArraySlice<PieceFeatures>, _ encoder: Encoder,
        _ work: Workspace
    ) {
        self.pieces = pieces
        encoder.encode([101] + pieces.map(\.id) + [102], [.none] + features + [.none], in: work)
    }

    /// The code points of a range of pieces, counted from the window's first.
    func place(_ range: Range<Int>) -> Range<Int> {
        let first = pieces.startIndex
        return Int(pieces[first + range.lowerBound].start)..<Int(pieces[first + range.upperBound - 1].end)
    }
}
