internal import Glibc

/// A configuration file: `key = value` lines, where a key is a flag's name.
///
/// `#` begins a comment, at the start of a line or behind white space. A value may stand in quotation marks, double or single, between
/// which everything is meant as it stands, white space at the ends and `#` too. A key may stand several times for an option that takes
/// several values. Read at most 1 MiB.
struct ConfigurationFile {
    /// A line of the file.
    struct Entry: Equatable {
        var key: String
        var value: String
        /// File and line for messages, such as `producer.conf:3`.
        var place: String
    }

    static let sizeLimit = 1 << 20

    var entries: [Entry] = []

    init(readingFileAt path: String) throws(UsageError) {
        guard let file = fopen(path, "re") else {
            throw UsageError(
                "--config: cannot read '\(path)': \(String(cString: strerror(errno)))", exitCode: .config)
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else {
            throw UsageError("--config: cannot read '\(path)': it is no readable file", exitCode: .config)
        }
        guard count <= Self.sizeLimit else {
            throw UsageError("--config: '\(path)' is larger than 1 MiB", exitCode: .config)
        }
        guard let text = String(ofFile: bytes[..<count]) else {
            throw UsageError("--config: '\(path)' is not UTF-8 text", exitCode: .config)
        }
        try self.init(parsing: text, named: path)
    }

    init(parsing text: String, named name: String) throws(UsageError) {
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let place = "\(name):\(index + 1)"
            guard let equals = line.firstIndex(of: "=") else {
                throw UsageError("\(place): '\(line)' is not of the form 'key = value'", exitCode: .config)
            }
            let key = line[..<equals].trimmed
            let value = try Self.value(line[line.index(after: equals)...].trimmed, of: "\(place): \(key)")
            entries.append(Entry(key: String(key), value: value, place: place))
        }
    }

    /// What stands behind the equals sign, without its quotation marks or the comment behind it.
    private static func value(_ text: Substring, of entry: String) throws(UsageError) -> String {
        guard let mark = text.first, isMark(mark) else {
            let end = text.indices.first { index in
                text[index] == "#" && (index == text.startIndex || text[text.index(before: index)].isWhitespace)
            }
            let value = text[..<(end ?? text.endIndex)].trimmed
            guard value.last.map(isMark) != true else {
                throw UsageError(
                    "\(entry): a quotation mark ends the value and none begins it", remedy: remedy, exitCode: .config)
            }
            return String(value)
        }
        let inner = text.dropFirst()
        guard let end = inner.firstIndex(of: mark) else {
            throw UsageError(
                "\(entry): a quotation mark begins the value and none ends it", remedy: remedy, exitCode: .config)
        }
        let rest = inner[inner.index(after: end)...]
        guard rest.isEmpty || (rest.first?.isWhitespace == true && rest.trimmed.hasPrefix("#")) else {
            throw UsageError(
                "\(entry): '\(rest.trimmed)' stands behind the quotation marks", remedy: remedy, exitCode: .config)
        }
        return String(inner[..<end])
    }

    private static func isMark(_ character: Character) -> Bool { character == "\"" || character == "'" }

    private static let remedy = "put the whole value between two of the same kind, or leave them out"
}

extension String {
    /// The UTF-8 text of a file, without the mark that some editors begin it with; nil where it is none.
    package init?(ofFile bytes: some Sequence<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}

extension Substring {
    /// Without white space at either end.
    fileprivate var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
