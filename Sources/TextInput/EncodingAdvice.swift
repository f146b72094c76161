/// What to do about bytes that are not UTF-8.
public enum EncodingAdvice {
    /// A remedy that works: for text that is UTF-8 but for some bytes, for one byte a character, and for anything else.
    public static func remedy(for bytes: some Collection<UInt8>) -> String {
        var (characters, strays) = (0, 0)
        var isUndefined = false
        var rest = bytes[...]
        var isStray = false
        while let byte = rest.first {
            let length = length(of: byte)
            if length > 1, rest.count >= length,
                String(validating: rest.prefix(length), as: UTF8.self) != nil
            {
                characters += 1
                isStray = false
                rest = rest.dropFirst(length)
            } else {
                // A run counts once: one character of another encoding may take several bytes.
                if byte >= 0x80, !isStray { strays += 1 }
                isStray = byte >= 0x80
                isUndefined = isUndefined || Self.undefined.contains(byte)
                rest = rest.dropFirst()
            }
        }
        if characters >= strays, characters > 0 {
            return "it is UTF-8 but for some bytes: mend them, or leave them out with 'iconv -c -f utf-8 -t utf-8'"
        }
        if isUndefined {
            return "convert it, with 'iconv -f ENCODING -t utf-8' and the encoding that it was written in"
        }
        return "convert it, for instance with 'iconv -f windows-1252 -t utf-8'"
    }

    /// Bytes that stand for nothing in windows-1252, where iconv stops.
    private static let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]

    private static func length(of first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
