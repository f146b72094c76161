/// Lists of feeds.
public enum FeedList {
    /// The addresses in a list: one a line, with `#` before remarks, or the `xmlUrl` of each outline of OPML, in their order.
    public static func addresses(in bytes: [UInt8]) -> [String] {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard start.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") else {
            return String(decoding: start, as: UTF8.self).split(whereSeparator: \.isNewline).map {
                Words.trimmed(String($0))
            }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        }
        guard let root = FeedMarkup.root(of: bytes, charset: nil) else { return [] }
        var found: [String] = []
        func look(_ element: Element) {
            if let address = element.attributes["xmlurl"], !address.isEmpty { found.append(address) }
            element.elements.forEach(look)
        }
        look(root)
        return found
    }
}
