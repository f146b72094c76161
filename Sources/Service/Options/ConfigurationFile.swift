internal import Glibc

/// A configuration file: `key = value` lines, where a key is a flag's name; `#` starts a comment line.
///
/// A key may stand several times for an option that takes several values. Read at most 1 MiB.
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
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
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
            let (key, value) = (line[..<equals].trimmed, line[line.index(after: equals)...].trimmed)
            if value.count > 1, let mark = value.first, "\"'".contains(mark), value.last == mark {
                throw UsageError("\(place): \(key): write the value without quotation marks", exitCode: .config)
            }
            entries.append(Entry(key: String(key), value: String(value), place: place))
        }
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
