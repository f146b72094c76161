/// What a file's name says of its contents.
enum FileFormat {
    /// Plain text: one article.
    case text
    /// One article in JSON.
    case json
    /// One article in JSON a line.
    case jsonLines

    /// The format of `.txt`, `.json` and `.jsonl` in any case of letters, else nil.
    init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
        case "txt": self = .text
        case "json": self = .json
        case "jsonl": self = .jsonLines
        default: return nil
        }
    }
}
