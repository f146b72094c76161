/// What a file's name says of its contents.
enum FileFormat {
    /// Plain text: one article.
    case text
    /// One article in JSON.
    case json
    /// One article in JSON a line.
    case jsonLines
    /// Markdown: one article.
    case markdown
    /// A feed: an article an entry.
    case feed
    /// A page of the web: one article.
    case page

    /// The format of `.txt`, `.json`, `.jsonl` (`.ndjson`), `.html` (`.htm`, `.xhtml`), `.md` (`.markdown`) and `.xml` (`.rss`, `.atom`, `.rdf`) in any case of letters, else nil.
    init?(path: String) {
        // By bytes: a slash and a mark that combines with it would be one character.
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? ""[...].utf8
        let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        switch parts.dropFirst().last.map({ String(decoding: $0, as: UTF8.self).lowercased() }) {
        case "txt": self = .text
        case "json": self = .json
        case "jsonl", "ndjson": self = .jsonLines
        case "md", "markdown": self = .markdown
        case "xml", "rss", "atom", "rdf": self = .feed
        case "html", "htm", "xhtml": self = .page
        default: return nil
        }
    }

    /// Why a file in a folder is not read, or nil where it is: nobody means a README, which is about the folder, to be published.
    static func reasonToIgnore(_ path: String) -> String? {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? ""[...].utf8
        if String(decoding: name.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self).lowercased() == "readme" {
            return "a README, which is read only where it is named itself"
        }
        return FileFormat(path: path) == nil ? "not .txt, .md, .html, .xml, .json or .jsonl" : nil
    }
}
