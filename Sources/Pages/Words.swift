/// Words and lines of a page's text.
enum Words {
    /// The words in lower case.
    static func of(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }

    /// What two sets of words share, of the smaller; 0 where one is empty.
    static func overlap(_ first: Set<String>, _ second: Set<String>) -> Double {
        guard !first.isEmpty, !second.isEmpty else { return 0 }
        return Double(first.intersection(second).count) / Double(max(first.count, second.count))
    }

    /// The text in one line, without what is not seen: soft hyphens, zero-width spaces, marks of direction.
    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var isSpaceDue = false
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value <= 0x20 || value == 0xA0 || value == 0x7F || value >= 0x2000 && value <= 0x200A || value == 0x2028
                || value == 0x2029
                || value == 0x202F || value == 0x205F || value == 0x3000 || value >= 0x80 && value < 0xA0
            {
                isSpaceDue = !line.isEmpty
            } else if isHidden(value) {
                continue
            } else {
                if isSpaceDue { line.append(" ") }
                isSpaceDue = false
                line.append(scalar)
            }
        }
        return String(line)
    }

    private static func isHidden(_ value: UInt32) -> Bool {
        switch value {
        case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF, 0xFFFC: true
        default: false
        }
    }
}
