/// A kind of file that is no text, told by its first bytes, whatever the file is called.
struct FileKind {
    /// Such as `a PDF document`.
    let name: String
    /// What can be done about it.
    let remedy: String

    /// The kind of bytes, or nil for any that are not known.
    init?(_ bytes: [UInt8]) {
        // What was converted to UTF-8 may have got a mark.
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let kind = Self.kinds.first(where: { start.dropFirst($0.offset).starts(with: $0.start) }),
            !Self.mayBeginText(kind.start) || start.prefix(Self.head).contains(0)
        else { return nil }
        (name, remedy) = (kind.name, kind.remedy)
    }

    /// Bytes within which a file whose mark is a word has zeros, as no text has.
    private static let head = 512

    /// Whether a text may have a mark as a word, such as one about GIF89a.
    private static func mayBeginText(_ mark: [UInt8]) -> Bool {
        mark.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
    }

    private static let kinds: [(offset: Int, start: [UInt8], name: String, remedy: String)] = [
        (0, Array("%PDF-".utf8), "a PDF document", "take the text out of it, for instance with pdftotext"),
        (0, Array("%!PS-".utf8), "a PostScript document", "take the text out of it, for instance with ps2ascii"),
        (0, Array("{\\rtf".utf8), "a document in RTF", "save it as plain text"),
        (0, [0x50, 0x4B, 3, 4], "an archive or an office document", "unpack it, or save it as plain text"),
        (0, [0x50, 0x4B, 5, 6], "an empty archive", "leave it out"),
        (0, [0xD0, 0xCF, 0x11, 0xE0], "an office document", "save it as plain text"),
        (0, [0x1F, 0x8B], "compressed", "unpack it, for instance with gunzip"),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "compressed", "unpack it, for instance with unzstd"),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "compressed", "unpack it, for instance with unxz"),
        (4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], "compressed", "unpack it, for instance with bunzip2"),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "an archive", "unpack it"),
        (0, [0x52, 0x61, 0x72, 0x21, 0x1A, 7], "an archive", "unpack it"),
        (257, Array("ustar".utf8), "an archive", "unpack it, for instance with tar"),
        (0, [0x89, 0x50, 0x4E, 0x47], "an image", picture), (0, [0xFF, 0xD8, 0xFF], "an image", picture),
        (0, Array("GIF87a".utf8), "an image", picture), (0, Array("GIF89a".utf8), "an image", picture),
        (8, Array("WEBP".utf8), "an image", picture), (0, [0x49, 0x49, 0x2A, 0], "an image", picture),
        (0, [0x4D, 0x4D, 0, 0x2A], "an image", picture), (6, [0, 0, 0, 0, 0x36, 0, 0, 0], "an image", picture),
        (4, Array("ftyp".utf8), "a film, a recording or an image", leaving),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "a film", leaving), (8, Array("WAVEfmt".utf8), "a recording", leaving),
        (0, Array("OggS\0".utf8), "a recording", leaving), (0, Array("ID3\u{3}\0".utf8), "a recording", leaving),
        (0, Array("fLaC\0".utf8), "a recording", leaving), (0, [0x7F, 0x45, 0x4C, 0x46], "a program", leaving),
        (0, Array("SQLite format 3\0".utf8), "a database", leaving),
    ]

    private static let leaving = "leave it out"
    private static let picture = "leave it out, or give the text that it shows"
}
