/// What a client asks for.
package struct HTTPRequest: Sendable {
    /// Such as `GET`.
    package var method: String
    /// The path, decoded.
    package var path: String
    /// The names and values of the query, decoded, in order.
    package var query: [(name: String, value: String)] = []
    /// The header `Host`, nil where there is none.
    package var host: String?

    /// A request for `target`, as it stands in the request line.
    ///
    /// Nil where that cannot be decoded: an escape without two hexadecimal digits, or what is no UTF-8.
    package init?(_ method: String, _ target: String, host: String? = nil) {
        func split(_ text: Substring.UTF8View, _ mark: Unicode.Scalar) -> [Substring.UTF8View] {
            text.split(separator: UInt8(ascii: mark), maxSplits: 1, omittingEmptySubsequences: false)
        }
        let parts = split(target.utf8[...], "?")
        guard let path = Self.decoded(parts[0], plusIsSpace: false) else { return nil }
        for pair in parts.count > 1 ? parts[1].split(separator: UInt8(ascii: "&")) : [] {
            let sides = split(pair, "=")
            guard let name = Self.decoded(sides[0], plusIsSpace: true),
                let value = Self.decoded(sides.count > 1 ? sides[1] : "".utf8[...], plusIsSpace: true)
            else { return nil }
            query.append((name, value))
        }
        self.method = method
        self.path = path
        self.host = host
    }

    private static func decoded(_ text: Substring.UTF8View, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        UnicodeScalar(byte).properties.isASCIIHexDigit ? UInt8(String(UnicodeScalar(byte)), radix: 16) : nil
    }

    /// Text as it stands in a query: all but letters, digits and `-._~` is escaped.
    package static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || (0x30...0x39).contains(byte) || "-._~".utf8.contains(byte)
            {
                result.append(scalar)
            } else {
                result.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return String(result)
    }
}
