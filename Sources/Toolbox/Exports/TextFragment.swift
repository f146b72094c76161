import Presentation

/// Addresses that lead a browser to words on a page: `https://…#:~:text=first%20words,last%20words` (WICG, Scroll to Text Fragment).
enum TextFragment {
    /// Words at each end of a passage that is not named whole.
    private static let words = 4

    /// The address of a passage on a page.
    /// - Parameters:
    ///   - text: The passage as the page has it; between pieces may stand " … ".
    ///   - address: The page's address.
    /// - Returns: The page's address where the passage has no words; nil where it is not in the web, so that nothing may link to it.
    static func address(of text: String, on address: String) -> String? {
        guard var page = Markup.link(address) else { return nil }
        // One that leads to other words already leads to these.
        if let other = page.firstRange(of: ":~:") { page = String(page[..<other.lowerBound]) }
        let pieces = text.split(separator: " … ").map { $0.split(whereSeparator: \.isWhitespace) }.filter {
            !$0.isEmpty
        }
        guard let first = pieces.first, let last = pieces.last else { return page }
        let isWhole = pieces.count == 1 && first.count <= 2 * Self.words
        let parts = (isWhole ? [first[...]] : [first.prefix(Self.words), last.suffix(Self.words)])
            .map { $0.joined(separator: " ") }
        return page + (page.contains("#") ? "" : "#") + ":~:text=" + parts.map(encoded).joined(separator: ",")
    }

    /// All but letters, digits and what no reader of addresses takes for anything else is escaped; `-` and `,` have a meaning here.
    private static func encoded(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
