import Wire

/// A word, a number, a quotation mark or another single sign of the text.
struct Token {
    enum Kind: UInt8 {
        case word
        case number
        /// A quotation mark, see `Mark`.
        case mark
        /// `.`, `!`, `?` or `…`: it can end a sentence.
        case terminal
        /// Any other punctuation or symbol.
        case punctuation
    }

    var start: Int32
    var end: Int32
    var kind: Kind
    var shape: Shape
    /// The sign itself where the token is one sign, otherwise its first.
    var sign: Unicode.Scalar
    var classes: WordClass

    var span: Span { Span(Int(start), Int(end)) }

    func has(_ classes: WordClass) -> Bool { !self.classes.isDisjoint(with: classes) }
    func isSign(_ sign: Unicode.Scalar) -> Bool { kind != .word && kind != .number && self.sign == sign }

    var isComma: Bool { isSign(",") }
    var isDash: Bool { isSign("–") || isSign("—") || isSign("―") || isSign("-") }
    var isColon: Bool { isSign(":") }
    var isWord: Bool { kind == .word }
    var isCapitalized: Bool { shape.contains(.capitalized) }
    var isPossessive: Bool { shape.contains(.possessive) }

    /// How a word is written.
    struct Shape: OptionSet {
        let rawValue: UInt8
        static let capitalized = Shape(rawValue: 1)
        static let allCapitals = Shape(rawValue: 2)
        /// Ends in `'s` or `’s`.
        static let possessive = Shape(rawValue: 4)
        static let spaceBefore = Shape(rawValue: 8)
        static let spaceAfter = Shape(rawValue: 16)
        /// An abbreviation with its own full stop, such as "Mr." and "U.S.".
        static let dotted = Shape(rawValue: 32)
        /// Ends in -s, without an apostrophe.
        static let plural = Shape(rawValue: 64)
    }
}
