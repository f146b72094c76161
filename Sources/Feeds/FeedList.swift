internal import TextInput

/// A list of feeds: an address a line, with `#` before remarks, or OPML.
public struct FeedList: Sendable, Hashable {
    /// The addresses, in their order: the lines, or the `xmlUrl` of each outline of OPML.
    public var addresses: [String] = []
    /// What is wrong with OPML, of which then only a part may have been read; nil where nothing is.
    public var fault: String?

    /// Reads a list, as far as that goes.
    public init(_ bytes: [UInt8]) {
        let text = Charset.utf8(bytes, charset: nil)
        guard text.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "<") else {
            addresses = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap(
                Self.address)
            return
        }
        guard let document = FeedMarkup.document(of: text, charset: nil) else {
            fault = "no element of XML is in it"
            return
        }
        fault = document.fault
        if fault == nil, document.root.name.lowercased() != "opml" {
            fault = "it is no OPML, but <\(TextNormalization.line(document.root.name, limit: 40))>"
        }
        var waiting = [document.root]
        while let element = waiting.popLast() {
            if let address = element.attributes["xmlurl"], !address.isEmpty { addresses.append(Words.trimmed(address)) }
            waiting += element.elements.reversed()
        }
    }

    /// The address of a line, before a remark; nil for a line without.
    private static func address(of line: Substring) -> String? {
        let words = line.split(whereSeparator: { $0.isWhitespace || $0 == "\u{FEFF}" })
        let remark = words.firstIndex { $0.hasPrefix("#") } ?? words.endIndex
        return remark == 0 ? nil : words[..<remark].joined(separator: " ")
    }
}
