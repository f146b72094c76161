internal import CCharset

/// What encoding bytes seem to be in, by the frequencies of characters in many languages that uchardet knows.
struct CharsetGuess {
    /// The name under which iconv knows the encoding.
    let name: String
    /// Bytes beyond ASCII that it was told from.
    let evidence: Int
    /// Of the bytes of words, the share beyond ASCII.
    let share: Double

    /// Looks at so much text.
    private static let limit = 64 << 10

    /// A guess, or nil where there is no telling.
    /// - Parameter bytes: A page or a text that is not UTF-8.
    init?(_ bytes: [UInt8]) {
        let sample = Self.sample(of: bytes)
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        sample.withUnsafeBytes { raw in
            _ = uchardet_handle_data(detector, raw.bindMemory(to: CChar.self).baseAddress, raw.count)
        }
        uchardet_data_end(detector)
        let name = uchardet_get_charset(detector).map { String(cString: $0) } ?? ""
        guard !name.isEmpty, name != "ASCII", name != "UTF-8" else { return nil }
        let high = sample.count { $0 >= 0x80 }
        let letters = sample.count { (0x61...0x7A).contains($0 | 0x20) }
        evidence = high
        share = Double(high) / Double(max(1, high + letters))
        self.name = Self.web(name, sample)
    }

    /// Whether no text of a Latin script is taken for this by chance.
    var isStrong: Bool { !Self.latin.contains(name) && evidence >= 24 && share > 0.5 }

    /// Whether it is of a Latin script with few letters of its own, and so hardly more than a guess.
    var isWeak: Bool { Self.latin.contains(name) && evidence < 8 }

    /// Whether another encoding is nearly the same, so that only whoever wrote the text can know which it is.
    func isKin(of other: String) -> Bool {
        Self.kin.contains { $0.contains(name) && $0.contains(other) } || name == other
    }

    private static let kin: [Set<String>] = [
        ["WINDOWS-1253", "ISO-8859-7"], ["WINDOWS-1255", "ISO-8859-8"], ["KOI8-U", "KOI8-R"], ["GB18030", "GBK"],
    ]

    /// Encodings of which a text may have more letters of ASCII than others.
    private static let latin: Set<String> = [
        "WINDOWS-1252", "WINDOWS-1250", "WINDOWS-1254", "WINDOWS-1257", "WINDOWS-1258", "ISO-8859-2", "ISO-8859-3",
        "ISO-8859-4",
        "ISO-8859-10", "ISO-8859-15", "ISO-8859-16", "VISCII", "MACINTOSH",
    ]

    /// What the web has for an encoding: mostly the one of Windows, which has all of its letters.
    private static func web(_ name: String, _ sample: [UInt8]) -> String {
        let isWindows = sample.contains { (0x80..<0xA0).contains($0) }
        switch name {
        case "ISO-8859-1": return "WINDOWS-1252"
        case "ISO-8859-2": return isWindows ? "WINDOWS-1250" : name
        // Of the two for Greek, one has a capital letter with an accent where the other has a quotation mark.
        case "ISO-8859-7":
            let isOld = zip(sample, sample.dropFirst()).contains {
                $0 == 0xB6 && $1 >= 0xC1 || $0 >= 0xC1 && $1 == 0xA2
            }
            return isOld && !isWindows ? name : "WINDOWS-1253"
        case "ISO-8859-8": return "WINDOWS-1255"
        case "ISO-8859-9": return "WINDOWS-1254"
        case "ISO-8859-13": return "WINDOWS-1257"
        // Lines of boxes became letters of Ukrainian.
        case "KOI8-R": return "KOI8-U"
        case "UHC": return "CP949"
        case "SHIFT_JIS": return "CP932"
        case "BIG5": return "BIG5-HKSCS"
        case "ISO-8859-11", "TIS-620": return "CP874"
        default: return name
        }
    }

    /// The text between the tags, of which markup would say that it is English.
    private static func sample(of bytes: [UInt8]) -> [UInt8] {
        var sample: [UInt8] = []
        // Runs of text as far as they have anything that is not ASCII.
        var (run, isTelling, isTag) = ([UInt8](), false, false)
        for byte in bytes {
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "\n") && !isTag || run.count >= 4_096 {
                if isTelling { sample += run + [0x0A] }
                (run, isTelling) = ([], false)
                if sample.count >= limit { break }
                isTag = byte == UInt8(ascii: "<") || isTag
            } else if byte == UInt8(ascii: ">"), isTag {
                isTag = false
                continue
            }
            guard !isTag else { continue }
            run.append(byte)
            isTelling = isTelling || byte >= 0x80
        }
        if isTelling { sample += run }
        return sample
    }
}
