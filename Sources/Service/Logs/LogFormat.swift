/// How a log line is written: for a person at a terminal, or in JSON for everything else.
///
/// Whatever a value holds, a line stays one line and no terminal obeys it: control characters, line separators and
/// direction marks are escaped, and a value is cut at 1,000 code points.
public enum LogFormat: Sendable {
    /// `08:15:30.250 warning  message key=value`, in UTC, with or without colour.
    case terminal(color: Bool)
    /// `{"ts":"2025-01-31T08:15:30.250Z","level":"warning","msg":"message","key":"value","n":5}`.
    case json

    static let valueLimit = 1000
    /// Bytes of a line in JSON at most, its line feed included: values are cut until it is JSON within that.
    static let lineLimit = 4096

    /// The line for an entry, with its line feed.
    public func line(for entry: LogEntry) -> String {
        switch self {
        case .json:
            var limit = Self.valueLimit
            while true {
                let line = Self.object(for: entry, valueLimit: limit)
                if line.utf8.count < Self.lineLimit || limit == 0 { return line + "\n" }
                limit /= 2
            }
        case .terminal(let color):
            let (start, end) = color ? (Self.color(of: entry.level), "\u{1b}[0m") : ("", "")
            let level = entry.level.rawValue
            let gap = String(repeating: " ", count: max(0, 7 - level.count))
            var line =
                "\(Moment(milliseconds: entry.milliseconds).clock) \(start)\(level)\(end)\(gap) \(Self.escaped(entry.message))"
            for field in entry.fields { line += " \(Self.key(field.key))=\(Self.value(field.value))" }
            return line + "\n"
        }
    }

    private static func object(for entry: LogEntry, valueLimit: Int) -> String {
        var line =
            "{\"ts\":\"\(Moment(milliseconds: entry.milliseconds).rfc3339)\",\"level\":\"\(entry.level.rawValue)\""
        line += ",\"msg\":\(jsonString(entry.message, limit: valueLimit))"
        var names: Set = ["ts", "level", "msg"]
        for field in entry.fields.prefix(30) {
            var name = key(field.key)
            while !names.insert(name).inserted { name += "_" }
            line += ",\"\(name)\":" + (field.isNumber ? field.value : jsonString(field.value, limit: valueLimit))
        }
        return line + "}"
    }

    /// `text` as a string of JSON, with everything escaped that a terminal might obey.
    private static func jsonString(_ text: String, limit: Int) -> String {
        let inside = escaped(text, quotes: true, limit: limit) { scalar in
            String(scalar).utf16.map { code(UInt32($0)) }.joined()
        }
        return "\"\(inside)\""
    }

    private static func color(of level: LogLevel) -> String {
        switch level {
        case .debug: "\u{1b}[2m"
        case .info: "\u{1b}[32m"
        case .warning: "\u{1b}[33m"
        case .error: "\u{1b}[31m"
        }
    }

    /// A field's name: letters, digits, `_`, `.` and `-`; anything else becomes `_`.
    private static func key(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isPlain($0) && $0 != "/" && $0 != ":" ? $0 : "_" }))
    }

    private static func value(_ text: String) -> String {
        !text.isEmpty && text.utf8.count <= valueLimit && text.unicodeScalars.allSatisfy(isPlain) ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text, quotes: true))\"" }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-", "/", ":", "@", "+", "%", "#", "*", ",": true
        default: false
        }
    }

    /// `text` with everything escaped that could end the line or command a terminal.
    static func escaped(
        _ text: String, quotes: Bool = false, limit: Int = valueLimit,
        by escape: (Unicode.Scalar) -> String = { code($0.value) }
    ) -> String {
        var result = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index == limit {
                result += "…"
                break
            }
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\\": result += "\\\\"
            case "\"" where quotes: result += "\\\""
            case _ where isDangerous(scalar): result += escape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// `\u0085`, with as many digits as it takes, four at least.
    private static func code(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
