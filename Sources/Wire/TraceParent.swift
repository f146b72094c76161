/// The W3C trace context's `traceparent`.
public enum TraceParent {
    /// The text, or nil where it is none of version 00: `00-` trace `-` parent `-` flags, in lower-case hexadecimal digits.
    public static func checked(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isWhole =
            parts.count == 4 && parts.map(\.utf8.count) == [2, 32, 16, 2] && parts[0] == "00"
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
        // All zeros stand for none.
        guard isWhole, parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }) else {
            return nil
        }
        return text
    }
}
