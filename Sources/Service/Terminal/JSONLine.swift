/// JSON as one line of a file that a terminal may show too.
public enum JSONLine {
    /// `json` in one line, closed by a line feed, with the same meaning.
    ///
    /// What JSON allows raw but a terminal obeys (control characters, line separators, direction marks) is written as a
    /// `\u` escape; line feeds and tabs between values become spaces.
    public static func line(of json: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(json.count + 1)
        var isInString = false
        var isEscaped = false
        var index = json.startIndex
        while index < json.endIndex {
            let byte = json[index]
            if byte >= 0xC2, let (scalar, length) = dangerous(json[index...]) {
                line += escape(scalar)
                index += length
                isEscaped = false
                continue
            }
            if byte < 0x20 || byte == 0x7F {
                line += isInString ? escape(UInt32(byte)) : [UInt8(ascii: " ")]
            } else {
                line.append(byte)
            }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isInString
            }
            index += 1
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The character of two or three bytes at the start of `bytes`, if a terminal could obey it.
    private static func dangerous(_ bytes: ArraySlice<UInt8>) -> (scalar: UInt32, length: Int)? {
        let head = bytes.prefix(3).map { UInt32($0) }
        switch head.first {
        case 0xC2 where head.count > 1 && head[1] < 0xA0: return (head[1], 2)
        case 0xD8 where head.count > 1 && head[1] == 0x9C: return (0x061C, 2)
        case 0xE2 where head.count > 2 && (head[1] == 0x80 || head[1] == 0x81):
            let scalar = 0x2000 | (head[1] & 0x3F) << 6 | head[2] & 0x3F
            let isDangerous =
                switch scalar {
                // Direction marks, line and paragraph separators, embeddings, overrides and isolates.
                case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
                default: false
                }
            return isDangerous ? (scalar, 3) : nil
        default: return nil
        }
    }

    private static func escape(_ scalar: UInt32) -> [UInt8] {
        let digits = String(scalar, radix: 16)
        return Array("\\u\(String(repeating: "0", count: max(4 - digits.count, 0)))\(digits)".utf8)
    }
}
