internal import TextInput
internal import Wire

/// What stands before a text to describe it: lines of `key: value` between two lines `---` (or `+++` and `key = value`), as
/// Markdown's tools write it; or the same lines, or a JSON object, in a file of its own beside the text.
struct FrontMatter {
    /// Values by the names that articles have for them.
    private(set) var fields: [String: String] = [:]
    private(set) var byline: [String] = []

    /// Why it is not to be published yet.
    private(set) var embargoes: [Embargo] = []

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
        guard !read.fields.isEmpty || !read.byline.isEmpty || !read.embargoes.isEmpty else { return nil }
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
        // A value over several lines, of which YAML's `|` and `>` say that it follows.
        var block: [String]?
        var nested = EmbargoMapping()
        for line in lines {
            let trimmed = Self.trimmed(line)
            if block == nil { embargoes += nested.take(line, mark) }
            if block != nil, line.first?.isWhitespace != false {
                if !trimmed.isEmpty { block?.append(trimmed) }
                continue
            }
            if let lines = block { add(last, lines.joined(separator: " ")) }
            block = nil
            if trimmed.hasPrefix("- "), !last.isEmpty {
                let value = String(trimmed.dropFirst(2))
                add(last, Self.unquoted(Self.value(of: "name", in: value, mark) ?? value))
                continue
            }
            if line.first?.isWhitespace == true, Self.bylines.contains(last),
                let name = Self.value(of: "name", in: trimmed, mark)
            {
                add(last, Self.unquoted(name))
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
            } else if mark == ":", ["|", ">", "|-", ">-", "|+", ">+"].contains(value) {
                block = []
            } else {
                add(last, Self.unquoted(value))
            }
        }
        if let lines = block { add(last, lines.joined(separator: " ")) }
        embargoes += nested.end()
    }

    /// `Ann Lee` of `name: Ann Lee`.
    private static func value(of key: String, in line: String, _ mark: Character) -> String? {
        guard line.hasPrefix(key) else { return nil }
        let rest = trimmed(line.dropFirst(key.count))
        return rest.first == mark ? trimmed(rest.dropFirst()) : nil
    }

    private struct Values: Decodable {
        var texts: [String] = []

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                texts = [text]
            } else if let number = try? value.decode(Int64.self) {
                texts = [String(number)]
            } else if let many = try? value.decode([Values].self) {
                texts = many.flatMap(\.texts)
            } else if let named = try? value.decode([String: Values].self) {
                texts = named["name"]?.texts ?? EmbargoMapping.end(of: named)?.texts ?? []
            }
        }
    }

    /// What is said of a file in the one beside it, `NAME.txt.meta` or `NAME.meta`: lines of `key: value`, or a JSON object.
    init?(beside path: String, within bounds: FolderBounds?) {
        let bare = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(decoding: path.utf8[..<$0], as: UTF8.self) }
        guard
            let name = [path, bare].compactMap({ $0.map { $0 + ".meta" } }).first(where: { FileStatus(link: $0) != nil }
            ),
            let descriptor = try? Descriptor(openingFileAt: name, within: bounds)
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        guard let count = try? descriptor.read(into: &bytes) else { return nil }
        let text = TextNormalization.text(of: Charset.utf8(Array(bytes[..<count]), charset: nil))
        if let item = try? JSON.decode([String: Values].self, from: Array(text.utf8)) {
            self.init()
            for (key, value) in item { for text in value.texts { add(key.lowercased(), text) } }
        } else {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(Self.lineLimit)
            self.init(lines: lines.filter { $0 != "---" }, mark: ":")
        }
    }

    private static let bylines = ["author", "authors", "byline", "by", "creator"]

    private mutating func add(_ key: String, _ value: String) {
        guard !value.isEmpty else { return }
        if Self.bylines.contains(key) {
            byline.append(value)
        } else if Embargo.isNamed(key) {
            if let embargo = Embargo(value) { embargoes.append(embargo) }
        } else if Embargo.isDraft(key, value) {
            embargoes.append(.draft)
        } else if let name = KnownKeys.all.contains(key) ? key : KnownKeys.others[key], name != "body",
            fields[name] == nil
        {
            fields[name] = value
        }
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    static func unquoted(_ value: String) -> String {
        guard value.count >= 2, let first = value.first, first == value.last, first == "\"" || first == "'" else {
            // A remark behind a value.
            return value.firstRange(of: " #").map { trimmed(value[..<$0.lowerBound]) } ?? value
        }
        return String(value.dropFirst().dropLast())
    }
}
