internal import Glibc

/// Makes UTF-8 of the bytes of a page or feed, in whatever encoding they are, whatever they say of it.
public enum Charset {
    /// Bytes from the start in which a page declares its encoding; HTML says 1,024, and pages need more.
    private static let head = 8_192

    /// The page or feed in UTF-8.
    /// - Parameters:
    ///   - bytes: The page as it came.
    ///   - charset: What the server said of it, or nil.
    /// - Returns: UTF-8 without zero bytes.
    public static func utf8(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        var mark = UnicodeDecoder()
        let marked = mark.decode(bytes, isLast: true)
        if marked.count != bytes.count || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return cleaned(repaired(marked)) }
        if looksWide(bytes) { return cleaned(UnicodeDecoder.utf16(bytes, isBigEndian: bytes[0] == 0)) }
        // UTF-8 is hardly ever by chance what it is: where all is valid, it is UTF-8, whatever is declared.
        let isUTF8 = (try? UTF8Span(validating: bytes.span)) != nil
        let told = [charset, declared(in: bytes[..<min(bytes.count, head)])].compactMap { $0.flatMap(canonical) }
        if isUTF8 {
            let escaped = told.first { $0.hasPrefix("ISO-2022") || $0 == "HZ" || $0 == "UTF-7" }
            guard let name = escaped ?? (isJapanese(bytes) ? "ISO-2022-JP" : nil) else { return cleaned(bytes) }
            return cleaned(converted(bytes, from: name) ?? bytes)
        }
        // Declared as UTF-8, or nothing that is known: a page with a few odd bytes is mended.
        let declared = told.first { $0 != "UTF-8" && !$0.hasPrefix("ISO-2022") && $0 != "HZ" && $0 != "UTF-7" }
        if oddShare(bytes) < 0.2, told.first == "UTF-8" || declared == nil { return cleaned(repaired(bytes)) }
        return cleaned(sniffed(bytes, declared: declared).utf8)
    }

    /// A plain text that is not UTF-8, and the encoding that it is in by all appearances; nil where there is no telling.
    public static func guess(_ bytes: [UInt8]) -> (utf8: [UInt8], name: String)? {
        if isJapanese(bytes), let utf8 = converted(bytes, from: "ISO-2022-JP") { return (utf8, "iso-2022-jp") }
        guard oddShare(bytes) >= 0.5, let guess = CharsetGuess(bytes), guess.evidence >= 8 else { return nil }
        let (utf8, name) = sniffed(bytes, declared: nil)
        return Legibility.faults(in: utf8) < legible ? (utf8, name.lowercased()) : nil
    }

    /// Faults of a text that was read rightly, at most.
    private static let legible = 0.15

    /// Text in the encoding that is declared, unless it cannot have been written so; else in the one that it seems to be in.
    private static func sniffed(_ bytes: [UInt8], declared: String?) -> (utf8: [UInt8], name: String) {
        let guess = CharsetGuess(bytes)
        let western = "WINDOWS-1252"
        var names = [declared, guess?.isWeak == true ? western : nil, guess?.name, western].compactMap { $0 }
        if let guess, guess.isStrong, declared.map({ !guess.isKin(of: $0) }) ?? true { names.insert(guess.name, at: 0) }
        var best: (utf8: [UInt8], name: String, faults: Double)?
        for name in names {
            guard let utf8 = converted(bytes, from: name) else { continue }
            let faults = Legibility.faults(in: utf8)
            if faults < legible { return (utf8, name) }
            if faults < best?.faults ?? .infinity { best = (utf8, name, faults) }
        }
        return best.map { ($0.utf8, $0.name) } ?? (repaired(bytes), "UTF-8")
    }

    /// Whether there are the escape sequences of ISO-2022-JP, which begin Japanese characters.
    private static func isJapanese(_ bytes: [UInt8]) -> Bool {
        guard let escape = bytes.firstIndex(of: 0x1B) else { return false }
        let sequence = bytes[escape...].dropFirst().prefix(2)
        return sequence.elementsEqual("$B".utf8) || sequence.elementsEqual("$@".utf8)
    }

    private static func repaired(_ bytes: [UInt8]) -> [UInt8] { Array(String(decoding: bytes, as: UTF8.self).utf8) }

    /// Without zero bytes, which would end the page for the parser, and with what was meant by the control characters that stand
    /// where Windows-1252 has quotation marks.
    private static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0) || bytes.contains(0xC2) else { return bytes }
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0xC2, index + 1 < bytes.count, (0x80..<0xA0).contains(bytes[index + 1]),
                let character = Windows1252.upper[Int(bytes[index + 1]) - 0x80]
            {
                clean += UTF8.encode(character).map(Array.init) ?? []
                index += 2
            } else {
                if bytes[index] != 0 { clean.append(bytes[index]) }
                index += 1
            }
        }
        return clean
    }

    private static func looksWide(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(64)
        guard start.count >= 4, (start[0] == 0) != (start[1] == 0) else { return false }
        let zeros = start.enumerated().count { $1 == 0 && $0 % 2 == (start[0] == 0 ? 0 : 1) }
        return zeros * 10 > start.count * 4
    }

    /// Of the bytes beyond ASCII, the share that is no UTF-8.
    private static func oddShare(_ bytes: [UInt8]) -> Double {
        var (odd, all, index) = (0, 0, 0)
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= 0x80 else {
                index += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1
            let rest = bytes[(index + 1)..<min(bytes.count, index + length)]
            let isValid = length > 1 && rest.count == length - 1 && rest.allSatisfy { $0 & 0xC0 == 0x80 }
            all += 1
            odd += isValid ? 0 : 1
            index += isValid ? length : 1
        }
        return all == 0 ? 0 : Double(odd) / Double(all)
    }

    /// What a `meta` element or an XML declaration says, looked for as HTML's own "prescan" does.
    static func declared(in head: ArraySlice<UInt8>) -> String? {
        let text = String(
            decoding: head.map { $0 < 0x80 ? $0 | ($0 >= 0x41 && $0 <= 0x5A ? 0x20 : 0) : 0x3F }, as: UTF8.self)
        for key in ["charset", "encoding"] {
            var rest = text[...]
            while let found = rest.firstRange(of: key) {
                rest = rest[found.upperBound...]
                let value = rest.drop { $0.isWhitespace }
                guard value.first == "=" else { continue }
                let name = value.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
                    .prefix { $0.isLetter || $0.isNumber || "-_:.".contains($0) }
                // `encoding=` is in XML declarations only, and `charset=` of a script is that of the script.
                let tag = text[..<found.lowerBound].lastIndex(of: "<").map { text[$0...] } ?? ""
                let isOwn =
                    key == "charset" ? tag.hasPrefix("<meta") : tag.hasPrefix("<?xml") && text.hasPrefix("<?xml")
                if !name.isEmpty, isOwn { return String(name) }
            }
        }
        return nil
    }

    /// The name under which iconv knows an encoding, with what browsers take a name for.
    private static func canonical(_ name: String) -> String? {
        let upper = name.uppercased().filter { !$0.isWhitespace }
        switch upper {
        case "UTF8", "UTF-8", "UNICODE-1-1-UTF-8": return "UTF-8"
        // Their bytes were read as ASCII, or nobody could have read the declaration.
        case "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UCS-2": return "UTF-8"
        case "ISO-8859-1", "ISO8859-1", "ISO_8859-1", "LATIN1", "LATIN-1", "US-ASCII", "ASCII", "WINDOWS-1252",
            "CP1252", "X-ANSI":
            return "WINDOWS-1252"
        case "GB2312", "GBK", "GB_2312-80", "X-GBK", "GB18030", "CHINESE": return "GB18030"
        case "SHIFT_JIS", "SHIFT-JIS", "SJIS", "X-SJIS", "WINDOWS-31J", "MS_KANJI": return "CP932"
        case "EUC-JP", "X-EUC-JP", "EUCJP": return "EUC-JP"
        case "ISO-8859-8-I", "LOGICAL", "VISUAL": return "ISO-8859-8"
        case "KOI8", "KOI", "KOI8_R": return "KOI8-R"
        case "WIN-1251", "WIN1251": return "WINDOWS-1251"
        case let name where name.hasPrefix("CP125") || name.hasPrefix("X-CP125"): return "WINDOWS-\(name.suffix(4))"
        case "EUC-KR", "KS_C_5601-1987", "KSC5601", "KOREAN": return "CP949"
        case "BIG5", "BIG-5", "X-X-BIG5": return "BIG5-HKSCS"
        case "ISO-8859-9", "LATIN5": return "WINDOWS-1254"
        case "ISO-8859-11", "TIS-620": return "CP874"
        case "X-MAC-ROMAN", "MACINTOSH", "MACROMAN": return "MACINTOSH"
        default: return upper
        }
    }

    /// The bytes in UTF-8, U+FFFD for what is none of the encoding's, or nil where the encoding is not known.
    static func converted(_ bytes: [UInt8], from name: String) -> [UInt8]? {
        guard let handle = iconv_open("UTF-8", name), Int(bitPattern: handle) != -1 else { return nil }
        defer { iconv_close(handle) }
        var input = bytes
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count * 3 / 2)
        var output = [UInt8](repeating: 0, count: 64 << 10)
        input.withUnsafeMutableBytes { raw in
            var source = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = raw.count
            while left > 0 {
                let (written, failure) = output.withUnsafeMutableBytes { target -> (Int, Int32) in
                    var place = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var room = target.count
                    let outcome = iconv(handle, &source, &left, &place, &room)
                    return (target.count - room, outcome == Int.max || outcome == -1 ? errno : 0)
                }
                result += output[..<written]
                guard failure == EILSEQ || failure == EINVAL, left > 0 else {
                    if failure == 0 || failure == E2BIG { continue }
                    break
                }
                // Windows-1252 as browsers have it: the five bytes that stand for nothing are control characters.
                result += [0xEF, 0xBF, 0xBD]
                source = source?.advanced(by: 1)
                left -= 1
            }
        }
        return result
    }
}
