/// Whether an article is one that the rules for English read.
enum LanguageCheck {
    /// Words from which a text tells its language whatever its tag says.
    private static let telling = 12

    /// Whether a text is English: by how many of its first words are function words of English, and by its tag.
    ///
    /// A tag for English is believed of a short text; a longer one in another language gives it the lie. Where the tag is missing
    /// or `und`, the text alone decides.
    static func isEnglish(tag: String, _ document: Document) -> Bool {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        let isTagged = primary == "en" || primary == "eng"
        guard isTagged || primary.isEmpty || primary == "und" else { return false }
        var words = 0
        var known = 0
        for token in document.tokens where token.isWord {
            words += 1
            if token.has(.common) { known += 1 }
            if words == 1_000 { break }
        }
        if isTagged { return words < telling || known * 7 >= words }
        return words >= 5 && known * 4 >= words
    }
}
