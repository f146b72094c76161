extension Topic {
    /// The segment of a publisher: its name in Latin letters, and where those do not suffice, a digest that is its own.
    ///
    /// An ASCII name is what `segment` makes of it. Latin letters with marks, Cyrillic and Greek are written in ASCII; a name with
    /// letters of other scripts, or of nothing that a segment can hold, ends with `x-` and 12 hexadecimal digits of its SHA-256.
    /// - Returns: At most 80 bytes; "-" for an empty name.
    static func source(_ name: String) -> String {
        guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return segment(name) }
        var isWhole = true
        var latin = ""
        for character in name.lowercased() {
            if character.isASCII {
                latin.append(character)
            } else if let letters = Latin.letters[character] {
                latin += letters
            } else {
                for scalar in character.unicodeScalars where !scalar.properties.generalCategory.isMark {
                    if scalar.isASCII {
                        latin.unicodeScalars.append(scalar)
                    } else if let base = Latin.base(of: scalar) {
                        latin += base
                    } else {
                        isWhole = isWhole && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
                        latin += " "
                    }
                }
            }
        }
        let readable = segment(latin, otherwise: "")
        if isWhole, !readable.isEmpty { return readable }
        let digest = "x-" + Digest.sha256(Array(name.lowercased().utf8)).prefix(12)
        return readable.isEmpty ? digest : segment(String(readable.prefix(80 - digest.utf8.count - 1))) + "-" + digest
    }
}
