extension String {
    /// Columns that a terminal needs to show the string: two for each wide character of East Asia and each emoji.
    var columns: Int {
        // Most text is ASCII, where a byte is a character.
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + ($1.isWide ? 2 : 1) }
    }
}

extension Character {
    /// Whether it takes two columns: what Unicode calls wide or full-width (UAX 11), by blocks, flags, and what is shown as an emoji.
    fileprivate var isWide: Bool {
        guard let first = unicodeScalars.first else { return false }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return true
        // A flag is two letters in one character.
        case 0x1F1E6...0x1F1FF: return unicodeScalars.count > 1
        default:
            return first.properties.isEmojiPresentation
                || first.properties.isEmoji && unicodeScalars.contains("\u{FE0F}")
        }
    }
}
