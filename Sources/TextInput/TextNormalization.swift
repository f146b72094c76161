/// Makes text fit to be published: what every consumer counts offsets in.
///
/// A byte order mark at the start goes, CR LF and CR become LF, and every other control character but tab becomes a space.
/// Nothing else changes; the text is not brought into a Unicode normal form.
public enum TextNormalization {
    /// The text of bytes that are known to be UTF-8, normalised.
    public static func text(of bytes: [UInt8]) -> String {
        let isClean = bytes.allSatisfy {
            $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xEF || $0 == 0x0A || $0 == 0x09
        }
        if isClean { return String(decoding: bytes, as: UTF8.self) }
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.formIndex(&index, offsetBy: 3) }
        while index < bytes.endIndex {
            let byte = bytes[index]
            bytes.formIndex(after: &index)
            switch byte {
            case UInt8(ascii: "\r"):
                if index < bytes.endIndex, bytes[index] == UInt8(ascii: "\n") { bytes.formIndex(after: &index) }
                clean.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "\n"), UInt8(ascii: "\t"), 0x20..<0x7F:
                clean.append(byte)
            case 0xC2 where index < bytes.endIndex && bytes[index] < 0xA0:
                // U+0080 to U+009F: the second set of control characters.
                bytes.formIndex(after: &index)
                clean.append(UInt8(ascii: " "))
            case 0x80...:
                clean.append(byte)
            default:
                clean.append(UInt8(ascii: " "))
            }
        }
        return String(decoding: clean, as: UTF8.self)
    }

    /// A text, normalised.
    public static func text(_ text: String) -> String { self.text(of: Array(text.utf8)) }

    /// A text in one line, without white space at its ends, cut to so many code points.
    public static func line(_ text: String, limit: Int) -> String {
        let words = self.text(text).split(whereSeparator: \.isWhitespace).joined(separator: " ").unicodeScalars
        guard words.count > limit else { return String(words) }
        return String(words.prefix(limit - 1)) + "…"
    }
}
