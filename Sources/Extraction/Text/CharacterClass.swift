/// What a code point is to the tokenizer.
enum CharacterClass {
    case letter
    case digit
    case space
    case lineEnd
    case other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x30...0x39: self = .digit
        case 0x41...0x5A, 0x61...0x7A: self = .letter
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: self = .lineEnd
        case 0x20, 0x09, 0xA0, 0xAD, 0xFEFF, 0x200B, 0x200E, 0x200F: self = .space
        case ..<0x80: self = .other
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark:
                self = .letter
            case .decimalNumber: self = .digit
            case .spaceSeparator, .control, .format: self = .space
            default: self = .other
            }
        }
    }
}

extension String {
    /// Code points as text.
    init(_ scalars: some Collection<Unicode.Scalar>) {
        let count = scalars.reduce(0) { $0 + UTF8.width($1) }
        self.init(unsafeUninitializedCapacity: count) { bytes in
            var at = 0
            for scalar in scalars {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    bytes[at] = byte
                    at += 1
                }
            }
            return at
        }
    }
}

extension Unicode.Scalar {
    var isLetter: Bool { CharacterClass(self) == .letter }
    var isDigit: Bool { CharacterClass(self) == .digit }
    var isLetterOrDigit: Bool { isLetter || isDigit }
    var isUppercase: Bool {
        value < 0x80
            ? (0x41...0x5A).contains(value) : properties.isUppercase || properties.generalCategory == .titlecaseLetter
    }
    var isApostrophe: Bool { self == "'" || self == "’" }
    var isHyphen: Bool { self == "-" || self == "\u{2010}" || self == "\u{2011}" }
}
