internal import CMark
internal import Glibc
internal import Pages

/// Markdown, as CommonMark has it.
enum Markdown {
    /// The headline, which is the heading that the text begins with, and the paragraphs below it.
    static func read(_ text: String) -> (headline: String?, paragraphs: [String]) {
        let bytes = Array(text.utf8).map { CChar(bitPattern: $0) }
        // HTML within is read as HTML.
        guard let html = cmark_markdown_to_html(bytes, bytes.count, Int32(CMARK_OPT_UNSAFE)) else { return (nil, []) }
        defer { free(html) }
        let page = String(cString: html)
        var paragraphs = Page.paragraphs(ofFragment: page)
        let start = page.drop(while: \.isWhitespace)
        guard start.hasPrefix("<h1>") || start.hasPrefix("<h2>"), !paragraphs.isEmpty else { return (nil, paragraphs) }
        return (paragraphs.removeFirst(), paragraphs)
    }
}
