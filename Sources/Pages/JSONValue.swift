internal import FoundationEssentials

/// JSON of any shape, as pages carry it: read leniently, and never deeper than it should be.
indirect enum JSONValue: Decodable {
    case object([String: JSONValue])
    case array([JSONValue])
    case text(String)
    case other

    private static let depthLimit = 40

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.depthLimit else {
            self = .other
            return
        }
        if let object = try? decoder.container(keyedBy: Key.self) {
            var values: [String: JSONValue] = [:]
            for key in object.allKeys { values[key.stringValue] = try? object.decode(JSONValue.self, forKey: key) }
            self = .object(values)
        } else if var array = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !array.isAtEnd { values.append(try array.decode(JSONValue.self)) }
            self = .array(values)
        } else {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else {
                let number = (try? value.decode(Double.self)).map { JSONValue.text($0.formattedNumber) }
                self = number ?? (try? value.decode(Bool.self)).map { .text($0 ? "true" : "false") } ?? .other
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads JSON with what publishers leave in it: line feeds within strings, comments, a comma too many, HTML around it.
    static func lenient(_ text: String) -> JSONValue? {
        let limit = 4 << 20
        guard text.utf8.count <= limit else { return nil }
        let text = withoutWrapping(text)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var (depth, deepest, inString, isEscaped) = (0, 0, false, false)
        for byte in text.utf8 {
            if inString {
                bytes.append(byte < 0x20 ? 0x20 : byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                }
                continue
            }
            if byte == UInt8(ascii: "\"") { inString = true }
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
            deepest = max(deepest, depth)
            if depth > 0 || !bytes.isEmpty && depth == 0 && (byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")) {
                bytes.append(byte)
            }
            if depth == 0, !bytes.isEmpty { break }
        }
        guard deepest <= depthLimit, !bytes.isEmpty else { return nil }
        let decoder = JSONDecoder()
        if let value = try? decoder.decode(JSONValue.self, from: Data(bytes)) { return value }
        decoder.allowsJSON5 = true
        return try? decoder.decode(JSONValue.self, from: Data(bytes))
    }

    /// What stands behind marks of CDATA and comments before the first brace.
    private static func withoutWrapping(_ text: String) -> Substring {
        var rest = text[...]
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == ";" }
            if rest.hasPrefix("<![CDATA[") {
                rest = rest.dropFirst(9)
            } else if rest.hasPrefix("<!--") {
                rest = rest.dropFirst(4)
            } else if rest.hasPrefix("//") {
                rest = rest.dropFirst(2)
                // The rest of the line, unless it is such a mark.
                let line = rest.drop { $0 == " " || $0 == "\t" }
                rest = line.hasPrefix("<!") ? line : rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                guard let end = rest.firstRange(of: "*/") else { return rest }
                rest = rest[end.upperBound...]
            } else {
                return rest
            }
        }
    }

    subscript(key: String) -> JSONValue? {
        if case .object(let values) = self { return values[key] }
        return nil
    }

    /// The text, of an array the first one.
    var text: String? {
        switch self {
        case .text(let text): text
        case .array(let values): values.lazy.compactMap(\.text).first
        case .object(let values):
            values["@value"]?.text ?? values["name"]?.text ?? values["@id"]?.text ?? values["url"]?.text
        case .other: nil
        }
    }

    /// The elements of an array, or the value alone.
    var elements: [JSONValue] {
        if case .array(let values) = self { return values }
        return [self]
    }
}

extension Double {
    fileprivate var formattedNumber: String {
        self == rounded() && magnitude < 1e15 ? String(Int64(self)) : String(self)
    }
}
