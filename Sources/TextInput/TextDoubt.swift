/// Doubts bytes that pass for UTF-8 though nobody would call them text, or that are a document of another kind.
public struct TextDoubt: Sendable, Hashable {
    /// What they seem to be, such as `it seems to be UTF-16 without a byte order mark`.
    public let message: String
    /// What can be done about it.
    public let remedy: String

    /// A doubt about bytes, or nil for text.
    ///
    /// Text has hardly a control character; UTF-16 read as UTF-8 has one for nearly each letter, and a program's file many.
    public init?(_ bytes: [UInt8]) {
        if let kind = Self.kinds.first(where: { bytes.starts(with: $0.start) }) {
            self.init("it is \(kind.name), no text", remedy: kind.remedy)
            return
        }
        // Control characters by their place in units of four bytes.
        var controls = [0, 0, 0, 0]
        for (offset, byte) in bytes.enumerated() where byte < 0x20 && !(9...13).contains(byte) {
            controls[offset & 3] += 1
        }
        let all = controls.reduce(0, +)
        guard all * 4 > bytes.count else { return nil }
        if [[0xC3, 0xBF, 0xC3, 0xBE], [0xC3, 0xBE, 0xC3, 0xBF]].contains(where: { bytes.starts(with: $0) }) {
            self.init(
                "it seems to be UTF-16 that was converted as something else",
                remedy: "convert the original again, with 'iconv -f utf-16 -t utf-8'")
            return
        }
        // The upper half of a unit is what repeats. Of 4 bytes, three are zero for nearly all that is written.
        let most = (all * 9 + 9) / 10
        let name: String? =
            switch true {
            case all * 8 > bytes.count * 5 && controls[0] * 10 < all: "utf-32le"
            case all * 8 > bytes.count * 5 && controls[3] * 10 < all: "utf-32be"
            case controls[1] + controls[3] >= most: "utf-16le"
            case controls[0] + controls[2] >= most: "utf-16be"
            default: nil
            }
        if let name {
            self.init(
                "it seems to be \(name.uppercased()) without a byte order mark",
                remedy: "convert it, with 'iconv -f \(name) -t utf-8'")
        } else {
            self.init("it is no text: every fourth byte or more is a control character", remedy: "leave it out")
        }
    }

    private init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }

    /// Documents that are taken for text by their name.
    private static let kinds: [(start: [UInt8], name: String, remedy: String)] = [
        (Array("%PDF-".utf8), "a PDF document", "take the text out of it, for instance with pdftotext"),
        (Array("{\\rtf".utf8), "a document in RTF", "save it as plain text"),
        ([0x50, 0x4B, 3, 4], "an archive or an office document", "unpack it, or save it as plain text"),
        ([0x1F, 0x8B], "compressed", "unpack it, for instance with gunzip"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an office document", "save it as plain text"),
    ]
}
