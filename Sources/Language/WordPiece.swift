/// Cuts text into the pieces of an uncased BERT vocabulary, each with its place in the text.
struct WordPiece: Sendable {
    let vocabulary: Vocabulary

    /// Words of more code points are one unknown piece.
    private static let longestWord = 100

    /// The pieces of a text, in time linear in its length.
    func pieces(of text: [Unicode.Scalar]) -> [Piece] {
        var out: [Piece] = []
        out.reserveCapacity(text.count / 3)
        var word = Word()
        for (at, scalar) in text.enumerated() {
            switch CharacterKind(scalar) {
            case .letter(let byte): word.append(byte, at)
            case .other: word.append(lowercasing: scalar, at)
            case .space: close(&word, &out)
            case .nothing: break
            case .alone:
                close(&word, &out)
                word.append(lowercasing: scalar, at)
                close(&word, &out)
            }
        }
        close(&word, &out)
        return out
    }

    /// Takes the longest piece again and again; a word with a rest that is no piece is unknown as a whole.
    private func close(_ word: inout Word, _ out: inout [Piece]) {
        defer { word.removeAll() }
        guard !word.bytes.isEmpty else { return }
        let first = out.count
        var at = 0
        while at < word.bytes.count {
            guard word.length <= Self.longestWord,
                let (id, length) = vocabulary.longestPiece(in: word.bytes, at: at)
            else {
                out.removeSubrange(first...)
                let last = word.places[word.places.count - 1]
                out.append(Piece(id: vocabulary.unknown, start: word.places[0], end: last + 1))
                return
            }
            out.append(Piece(id: id, start: word.places[at], end: word.places[at + length - 1] + 1))
            at += length
        }
    }
}

/// A word as it is collected: lower-case UTF-8 without accents, and the code point of the text behind each byte.
private struct Word {
    var bytes: [UInt8] = []
    var places: [Int32] = []
    var length = 0

    mutating func append(_ byte: UInt8, _ at: Int) {
        bytes.append(byte)
        places.append(Int32(truncatingIfNeeded: at))
        length += 1
    }

    mutating func append(lowercasing scalar: Unicode.Scalar, _ at: Int) {
        for part in String(scalar).scalarsWithoutAccents {
            for lower in part.properties.lowercaseMapping.unicodeScalars {
                length += 1
                for byte in UTF8.encode(lower) ?? .init() {
                    bytes.append(byte)
                    places.append(Int32(truncatingIfNeeded: at))
                }
            }
        }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        length = 0
    }
}

/// What a code point means for where words begin and end.
private enum CharacterKind {
    /// An ASCII letter or digit, as its lower-case byte.
    case letter(UInt8)
    /// Another part of a word.
    case other
    case space
    /// Left out: controls and formats.
    case nothing
    /// A word of its own: punctuation and CJK ideographs.
    case alone

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: self = .letter(UInt8(truncatingIfNeeded: scalar.value))
        case 0x41...0x5A: self = .letter(UInt8(truncatingIfNeeded: scalar.value | 0x20))
        case 0x20, 0x09, 0x0A, 0x0D: self = .space
        case 0x00...0x1F, 0x7F, 0xFFFD: self = .nothing
        case 0x21...0x7E: self = .alone
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2CEAF, 0xF900...0xFAFF,
            0x2F800...0x2FA1F:
            self = .alone
        default: self.init(category: scalar.properties)
        }
    }

    private init(category properties: Unicode.Scalar.Properties) {
        switch properties.generalCategory {
        case .control, .format, .unassigned, .privateUse, .surrogate: self = .nothing
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            self = .alone
        default: self = properties.isWhitespace ? .space : .other
        }
    }
}
