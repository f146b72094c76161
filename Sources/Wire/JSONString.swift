/// A string in the bytes of JSON or what is nearly that, looked at without decoding it.
struct JSONString {
    /// Offset of the quotation mark that ends it, or the number of bytes where nothing does.
    var end: Int
    var hasEscapes = false
    /// Whether a colon stands behind it.
    var isKey: Bool

    /// Looks at the string that begins with the quotation mark at `start`.
    init(in bytes: [UInt8], at start: Int) {
        var offset = start + 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == UInt8(ascii: "\\") {
                hasEscapes = true
                offset += 1
            }
            offset += 1
        }
        end = min(offset, bytes.count)
        var behind = end + 1
        while behind < bytes.count, bytes[behind] <= 0x20 { behind += 1 }
        isKey = behind < bytes.count && bytes[behind] == UInt8(ascii: ":")
    }
}
