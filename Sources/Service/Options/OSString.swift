/// Names and arguments as the system has them, which may be any bytes, in strings.
///
/// A byte that is not part of UTF-8 becomes one of the 128 last characters of the last private plane, U+10FF80 to U+10FFFF, as
/// in Python's `surrogateescape`; so a name goes through the program and reaches the system as it came.
public enum OSString {
    private static let escapes = Unicode.Scalar(0x10FF80 as UInt32).map { $0.value...0x10FFFF } ?? 0...0

    /// The string for bytes.
    public static func string(of bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        // What begins with F4 8F may be an escape itself, and is then escaped byte by byte.
        if !bytes.contains(0xF4), let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        var index = 0
        while index < bytes.count {
            let character = (1...4).lazy.compactMap { length -> (Unicode.Scalar, Int)? in
                guard index + length <= bytes.count,
                    let scalar = String(validating: bytes[index..<(index + length)], as: UTF8.self)?.unicodeScalars
                        .first
                else { return nil }
                return (scalar, length)
            }.first
            if let (scalar, length) = character, !escapes.contains(scalar.value) {
                text.append(scalar)
                index += length
            } else {
                text.append(Unicode.Scalar(0x10FF00 + UInt32(bytes[index])) ?? "?")
                index += 1
            }
        }
        return String(text)
    }

    /// The bytes that a string stands for.
    public static func bytes(of string: String) -> [UInt8] {
        guard string.utf8.contains(0xF4) else { return Array(string.utf8) }
        return string.unicodeScalars.flatMap { scalar in
            escapes.contains(scalar.value) ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
        }
    }

    /// Whether the string stands for bytes that are not UTF-8.
    static func holdsOddBytes(_ string: String) -> Bool {
        string.utf8.contains(0xF4) && string.unicodeScalars.contains { escapes.contains($0.value) }
    }

    /// The string as a person can read it: bytes that are no character, and control characters, as `\xE9`.
    public static func shown(_ string: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in string.unicodeScalars {
            let isEscape = escapes.contains(scalar.value)
            guard isEscape || scalar.properties.generalCategory == .control else {
                shown.append(scalar)
                continue
            }
            let digits = String(isEscape ? scalar.value & 0xFF : scalar.value, radix: 16, uppercase: true)
            shown.append(contentsOf: "\\x\(digits.count == 1 ? "0" : "")\(digits)".unicodeScalars)
        }
        return String(shown)
    }

    /// Runs `body` with the bytes as a string of C.
    public static func withCString<Result>(_ string: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (bytes(of: string) + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { chars in
                guard let start = chars.baseAddress else { return "".withCString(body) }
                return body(start)
            }
        }
    }
}
