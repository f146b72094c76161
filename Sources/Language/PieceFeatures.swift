/// What the encoder sees besides the piece itself; the numbers are those of `features.py`.
struct PieceFeatures: Hashable, Sendable {
    /// 0 lower or caseless, 1 capitalised, 2 all capitals, 3 mixed.
    var letterCase: Int32
    /// 0 after white space, 1 glued to the piece before, 2 first of a paragraph.
    var space: Int32
    /// The raw value of a `QuoteState`.
    var quote: Int32

    /// [CLS] and [SEP] have none.
    static let none = PieceFeatures(letterCase: 0, space: 0, quote: 0)
}

extension PieceFeatures {
    /// The features of every piece of a text.
    static func of(_ pieces: [Piece], in text: [Unicode.Scalar]) -> [PieceFeatures] {
        let states = quoteStates(text)
        var last = 0
        return pieces.enumerated().map { number, piece in
            let (start, end) = (Int(piece.start), Int(piece.end))
            defer { last = end }
            let glued = last >= start
            let opensParagraph = number == 0 || (!glued && text[last..<start].contains("\n"))
            return PieceFeatures(
                letterCase: letterCase(text[start..<end]), space: opensParagraph ? 2 : glued ? 1 : 0,
                quote: states[start].rawValue)
        }
    }

    private static func letterCase(_ surface: ArraySlice<Unicode.Scalar>) -> Int32 {
        var (upper, letters) = (0, 0)
        for scalar in surface {
            if scalar.value < 0x80 {
                let isUpper = (0x41...0x5A).contains(scalar.value)
                upper += isUpper ? 1 : 0
                letters += isUpper || (0x61...0x7A).contains(scalar.value) ? 1 : 0
            } else {
                upper += scalar.properties.isUppercase ? 1 : 0
                letters += scalar.isAlphanumeric && scalar.properties.numericType == nil ? 1 : 0
            }
        }
        guard upper > 0, let first = surface.first else { return 0 }
        if upper == letters { return letters > 1 ? 2 : 1 }
        return upper == 1 && first.properties.isUppercase ? 1 : 3
    }
}
