/// Keeps markup from a parser that would take far longer for it than its size allows.
public enum MarkupGuard {
    /// The markup up to the first element with more than a thousand attributes.
    public static func withoutFlood(_ bytes: [UInt8]) -> [UInt8] {
        flood(in: bytes).map { Array(bytes[..<$0]) } ?? bytes
    }

    /// Where an element has more attributes than any page needs, or nil: the parser compares each with all before it.
    private static func flood(in bytes: [UInt8]) -> Int? {
        let limit = 1_000
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count, bytes[index + 1] | 0x20 >= 0x61,
                bytes[index + 1] | 0x20 <= 0x7A
            else {
                index += 1
                continue
            }
            let start = index
            let isScript = ["script", "style"].contains { name in
                bytes[(start + 1)...].prefix(name.utf8.count).map { $0 | 0x20 } == Array(name.utf8)
            }
            var (count, quote): (Int, UInt8?) = (0, nil)
            index += 1
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                    count += 1
                } else if (byte <= 0x20 || byte == UInt8(ascii: "/")) && bytes[index - 2] > 0x20 {
                    count += 1
                } else if byte == UInt8(ascii: ">") {
                    break
                }
                if count > 2 * limit { return start }
            }
            guard isScript else { continue }
            // What looks like a tag in a script is none.
            while index + 1 < bytes.count, bytes[index] != UInt8(ascii: "<") || bytes[index + 1] != UInt8(ascii: "/") {
                index += 1
            }
        }
        return nil
    }
}
