/// Whether an article is one that the rules for English read.
enum LanguageCheck {
    /// Decides by the tag; where it is missing or `und`, by how many of the first words are function words of English.
    static func isEnglish(tag: String, _ document: Document) -> Bool {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        if primary == "en" || primary == "eng" { return true }
        guard primary.isEmpty || primary == "und" else { return false }
        var words = 0
        var known = 0
        for token in document.tokens where token.isWord {
            words += 1
            if token.has(.common) { known += 1 }
            if words == 1_000 { break }
        }
        return words >= 5 && known * 4 >= words
    }
}
