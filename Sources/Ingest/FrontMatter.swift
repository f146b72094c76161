internal import TextInput
internal import Wire

/// What stands before a text to describe it: lines of `key: value` between two lines `---` (or `+++` and `key = value`), as
/// Markdown's tools write it; or the same lines, or a JSON object, in a file of its own beside the text.
struct FrontMatter {
    /// Values by the names that articles have for them.
    private(set) var fields: [String: String] = [:]
    private(set) var byline: [String] = []

    private static let lineLimit = 200

    /// Nothing.
    init() {}

    /// The description before a text, and the text without it; nil where there is none.
    static func split(_ text: String) -> (matter: FrontMatter, rest: String)? {
        let lines = text.split(separator: "\n", maxSplits: lineLimit, omittingEmptySubsequences: false)
        guard let first = lines.first, first == "---" || first == "+++",
            let end = lines.dropFirst().firstIndex(where: { $0 == first || first == "---" && $0 == "..." }),
            end < lineLimit
        else { return nil }
        let matter = lines[1..<end]
        let mark: Character = first == "---" ? ":" : "="
        // A rule between paragraphs is none.
        guard matter.contains(where: { $0.contains(mark) }), matter.allSatisfy({ isLine($0, mark) }) else { return nil }
        let read = FrontMatter(lines: matter, mark: mark)
        guard !read.fields.isEmpty || !read.byline.isEmpty else { return nil }
        return (read, lines[(end + 1)...].joined(separator: "\n"))
    }

    private static func isLine(_ line: Substring, _ mark: Character) -> Bool {
        guard let first = line.first, !first.isWhitespace, first != "#", first != "-", first != "[" else { return true }
        guard let key = line.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false).first,
            line.contains(mark)
        else { return false }
        return key.count <= 40 && !trimmed(key).contains(where: \.isWhitespace)
    }

    /// Reads lines.
    init(lines: some Sequence<Substring>, mark: Character) {
        var last = ""
        for line in lines {
            let trimmed = Self.trimmed(line)
            if trimmed.hasPrefix("- "), !last.isEmpty {
                add(last, Self.unquoted(String(trimmed.dropFirst(2))))
                continue
            }
            guard let found = line.firstIndex(of: mark), line.first?.isWhitespace == false, !trimmed.hasPrefix("#")
            else { continue }
            last = Self.trimmed(line[..<found]).lowercased()
            let value = Self.trimmed(line[line.index(after: found)...])
            if value.hasPrefix("["), value.hasSuffix("]") {
                for part in value.dropFirst().dropLast().split(separator: ",") {
                    add(last, Self.unquoted(Self.trimmed(part)))
                }
            } else {
                add(last, Self.unquoted(value))
            }
        }
    }

    /// What is said of a file in the one beside it, `NAME.meta`: lines of `key: value`, or a JSON object.
    init?(beside path: String, within bounds: FolderBounds?) {
        guard FileStatus(link: path + ".meta") != nil,
            let descriptor = try? Descriptor(openingFileAt: path + ".meta", within: bounds)
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        guard let count = try? descriptor.read(into: &bytes) else { return nil }
        let text = TextNormalization.text(of: Array(bytes[..<count]))
        if let item = try? JSON.decode([String: String].self, from: Array(text.utf8)) {
            self.init()
            for (key, value) in item { add(key.lowercased(), value) }
        } else {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(Self.lineLimit)
            self.init(lines: lines.filter { $0 != "---" }, mark: ":")
        }
    }

    private mutating func add(_ key: String, _ value: String) {
        guard !value.isEmpty else { return }
        if ["author", "authors", "byline", "by", "creator"].contains(key) {
            byline.append(value)
        } else if let name = KnownKeys.all.contains(key) ? key : KnownKeys.others[key], name != "body",
            fields[name] == nil
        {
            fields[name] = value
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    private static func unquoted(_ value: String) -> String {
        guard value.count >= 2, let first = value.first, first == value.last, first == "\"" || first == "'" else {
            // A remark behind a value.
            return value.firstRange(of: " #").map { trimmed(value[..<$0.lowerBound]) } ?? value
        }
        return String(value.dropFirst().dropLast())
    }
}
