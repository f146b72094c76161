internal import CXML
internal import Glibc

/// Addresses of pages and feeds.
public enum Address {
    /// An address with what it lacks from `base` (RFC 3986), or nil where it is none.
    public static func resolved(_ reference: String, against base: String?) -> String? {
        guard reference.utf8.count <= 8_000, !reference.utf8.contains(where: { $0 < 0x20 }) else { return nil }
        guard let base, !base.isEmpty else { return reference }
        let escaped = escaped(reference)
        // Names of hosts in other letters than those of ASCII, which libxml2 does not know.
        if !escaped.utf8.allSatisfy({ $0 < 0x7F }) { return escaped }
        guard let result = xmlBuildURI(escaped, percentEncoded(base)) else { return nil }
        defer { free(result) }
        return String(cString: result)
    }

    /// The address without the name and password that it may have before its host: they are nobody else's business.
    public static func withoutCredentials(_ address: String) -> String {
        guard let slashes = address.firstRange(of: "://") else { return address }
        let authority = address[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return address }
        return String(address[..<slashes.upperBound] + address[address.index(after: at)...])
    }

    /// The address with spaces and what is not ASCII percent-encoded, but for the name of its host.
    public static func escaped(_ address: String) -> String {
        guard let slashes = address.firstRange(of: "://") else { return percentEncoded(address) }
        let authority = address[slashes.upperBound...].prefix { !"/?#".contains($0) && !$0.isWhitespace }
        return address[..<authority.endIndex] + percentEncoded(String(address[authority.endIndex...]))
    }

    /// The text with spaces and what is not ASCII percent-encoded.
    private static func percentEncoded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
        return text.utf8.map { byte in
            if byte > 0x20, byte < 0x7F { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
