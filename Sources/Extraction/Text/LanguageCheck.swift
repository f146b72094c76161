import English
import Wire

/// Whether an article is one that the rules for English read.
enum LanguageCheck {
    /// Why an article is not read; nil for English.
    ///
    /// A tag for another language is believed. One for English, and none, and `und`, are believed unless the words are another's.
    static func refusal(of article: Article) -> String? {
        let tag = article.language
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        guard ["en", "eng", "und", ""].contains(primary) else { return "it is in \(tag), and English alone is read" }
        return English.isLikely(article.body, under: article.headline)
            ? nil : "its words are not English, and English alone is read"
    }
}
