/// Doubts bytes that nobody would call text, or that are a document of another kind.
public struct TextDoubt: Sendable, Hashable {
    /// What they seem to be, such as `it seems to be UTF-16 without a byte order mark`.
    public let message: String
    /// What can be done about it.
    public let remedy: String

    /// A doubt about bytes, or nil for text.
    ///
    /// Text has hardly a control character in any encoding, but for the escapes of those of seven bits; UTF-16 read as UTF-8 has one for
    /// nearly each letter, a program's file many, and of anything that is compressed each ninth byte is one.
    public init?(_ bytes: [UInt8]) {
        if let doubt = TextDoubt(kindOf: bytes) {
            self = doubt
            return
        }
        // Control characters by their place in units of four bytes; not those that frame a message of a wire service.
        var controls = [0, 0, 0, 0]
        var isSevenBit = true
        let text = Self.unframed(bytes)
        for offset in text.indices {
            let byte = bytes[offset]
            if byte < 0x20 && !(9...13).contains(byte) { controls[offset & 3] += 1 }
            if byte >= 0x80 { isSevenBit = false }
        }
        let all = controls.reduce(0, +)
        guard all * 4 > text.count else {
            guard !isSevenBit, all * 20 > text.count || Self.isIllegible(bytes) else { return nil }
            self.init(
                "it is no text in any known encoding", remedy: "leave it out, or save the text that it has as UTF-8")
            return
        }
        if [[0xC3, 0xBF, 0xC3, 0xBE], [0xC3, 0xBE, 0xC3, 0xBF]].contains(where: { bytes.starts(with: $0) }) {
            self.init(
                "it seems to be UTF-16 that was converted as something else",
                remedy: "convert the original again, with 'iconv -f utf-16 -t utf-8'")
            return
        }
        // The upper half of a unit is what repeats. Of 4 bytes, three are zero for nearly all that is written.
        let most = (all * 9 + 9) / 10
        let name: String? =
            switch true {
            case all * 8 > bytes.count * 5 && controls[0] * 10 < all: "utf-32le"
            case all * 8 > bytes.count * 5 && controls[3] * 10 < all: "utf-32be"
            case controls[1] + controls[3] >= most: "utf-16le"
            case controls[0] + controls[2] >= most: "utf-16be"
            default: nil
            }
        if let name {
            self.init(
                "it seems to be \(name.uppercased()) without a byte order mark",
                remedy: "convert it, with 'iconv -f \(name) -t utf-8'")
        } else {
            self.init("it is no text: every fourth byte or more is a control character", remedy: "leave it out")
        }
    }

    /// A doubt about bytes that begin as a file of another kind does, or nil for any others, in whatever encoding.
    public init?(kindOf bytes: [UInt8]) {
        guard let kind = FileKind(bytes) else { return nil }
        self.init("it is \(kind.name), no text", remedy: kind.remedy)
    }

    /// The bytes without control characters and space at their ends, such as SYN, STX and ETX of IPTC 7901; NUL is none of these.
    private static func unframed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        func frames(_ byte: UInt8) -> Bool { byte <= 0x20 && byte != 0 }
        let text = bytes.drop(while: frames)
        return text.lastIndex { !frames($0) }.map { text[...$0] } ?? []
    }

    private init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }

    /// Such characters in a text of a few words tell nothing.
    private static let few = 8

    /// Whether more than a twelfth of the characters of UTF-8 stand for nothing: what was no text became those when it was decoded.
    private static func isIllegible(_ bytes: [UInt8]) -> Bool {
        var (all, nothing) = (0, 0)
        for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            all += 1
            guard byte == 0xC2 || byte == 0xEE || byte == 0xEF, index + 2 < bytes.count else { continue }
            switch (byte, bytes[index + 1], bytes[index + 2]) {
            // Control characters, private use, and U+FFFD.
            case (0xC2, 0x80..<0xA0, _), (0xEE, 0x80..<0xC0, _), (0xEF, 0x80...0xA3, _), (0xEF, 0xBF, 0xBD):
                nothing += 1
            default: break
            }
        }
        return nothing > few && nothing * 12 > all
    }
}
