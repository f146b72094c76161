internal import CXML

/// HTML's references to characters, `&ldquo;` `&#8217;` `&#x2019;`, that are left in what should be plain text.
public enum CharacterReferences {
    /// Bytes between `&` and `;` at most.
    private static let limit = 32

    /// The text with each reference that is closed by `;` replaced by its character.
    ///
    /// One pass: what a reference gives is not read again. Unknown names and numbers that are no character stay as they are.
    public static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "&"),
                let end = bytes[index...].prefix(limit + 2).firstIndex(of: UInt8(ascii: ";")),
                let scalars = scalars(of: bytes[(index + 1)..<end])
            {
                decoded += scalars.utf8
                index = end + 1
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The text with what markup would read as its own replaced by references; in an attribute, quotation marks are.
    ///
    /// By code points, as a parser reads it: with an accent behind it a quotation mark is part of another character.
    public static func escaped(_ text: String, inQuotationMarks: Bool = false) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;".unicodeScalars
            case "<": escaped += "&lt;".unicodeScalars
            case ">": escaped += "&gt;".unicodeScalars
            case "\"" where inQuotationMarks: escaped += "&quot;".unicodeScalars
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    private static func scalars(of name: ArraySlice<UInt8>) -> String? {
        guard name.first == UInt8(ascii: "#") else {
            let name = String(decoding: name, as: UTF8.self)
            guard let first = name.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return nil }
            if let other = later[name] { return other }
            guard let entity = htmlEntityLookup(name) else { return nil }
            return Unicode.Scalar(entity.pointee.value).map { String(Character($0)) }
        }
        let digits = name.dropFirst()
        let isHex = digits.first.map { $0 | 0x20 } == UInt8(ascii: "x")
        guard
            let number = UInt32(
                String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self), radix: isHex ? 16 : 10)
        else { return nil }
        if (0x80..<0xA0).contains(number) {
            // What browsers do: such numbers were written for Windows.
            return Windows1252.upper[Int(number - 0x80)].map { String(Character($0)) }
        }
        guard number >= 0x20 || number == 9 || number == 10, number != 0x7F, let scalar = Unicode.Scalar(number) else {
            return nil
        }
        return String(Character(scalar))
    }

    /// Names that HTML 5 has and HTML 4, which libxml2 knows, has not.
    private static let later: [String: String] = [
        "apos": "'", "comma": ",", "period": ".", "colon": ":", "semi": ";", "excl": "!", "quest": "?", "lpar": "(",
        "rpar": ")", "lsqb": "[", "rsqb": "]", "lbrack": "[", "rbrack": "]", "lcub": "{", "rcub": "}", "sol": "/",
        "bsol": "\\", "num": "#", "dollar": "$", "percnt": "%", "ast": "*", "plus": "+", "equals": "=", "commat": "@",
        "lowbar": "_", "verbar": "|", "vert": "|", "grave": "`", "Hat": "^", "NewLine": "\n", "Tab": "\t",
        "hyphen": "‐", "dash": "‐", "horbar": "―", "rdquor": "”", "ldquor": "„", "rsquor": "’", "lsquor": "‚",
        "nldr": "‥", "mldr": "…", "ShortDash": "-", "QUOT": "\"", "AMP": "&", "LT": "<", "GT": ">", "COPY": "©",
        "REG": "®",
        "TRADE": "™", "NonBreakingSpace": "\u{A0}", "ZeroWidthSpace": "\u{200B}", "numsp": "\u{2007}",
        "puncsp": "\u{2008}", "emsp13": "\u{2004}", "emsp14": "\u{2005}", "hairsp": "\u{200A}", "OpenCurlyQuote": "‘",
        "CloseCurlyQuote": "’", "OpenCurlyDoubleQuote": "“", "CloseCurlyDoubleQuote": "”", "scaron": "š", "Scaron": "Š",
        "zcaron": "ž", "Zcaron": "Ž", "ccaron": "č", "Ccaron": "Č", "cacute": "ć", "Cacute": "Ć", "dstrok": "đ",
        "Dstrok": "Đ", "lstrok": "ł", "Lstrok": "Ł", "nacute": "ń", "Nacute": "Ń", "sacute": "ś", "Sacute": "Ś",
        "zacute": "ź", "Zacute": "Ź", "zdot": "ż", "Zdot": "Ż", "aogon": "ą", "Aogon": "Ą", "eogon": "ę", "Eogon": "Ę",
        "ecaron": "ě", "Ecaron": "Ě", "rcaron": "ř", "Rcaron": "Ř", "uring": "ů", "Uring": "Ů", "odblac": "ő",
        "Odblac": "Ő", "udblac": "ű", "Udblac": "Ű", "abreve": "ă", "Abreve": "Ă", "gbreve": "ğ", "Gbreve": "Ğ",
        "scedil": "ş", "Scedil": "Ş", "Idot": "İ", "imath": "ı", "inodot": "ı", "amacr": "ā", "emacr": "ē",
        "imacr": "ī", "omacr": "ō", "umacr": "ū",
    ]
}
