/// An embargo that front matter tells in several lines: `embargo:` and, indented, `until: 2030-01-01`; or `[embargo]` in TOML.
struct EmbargoMapping {
    /// What its end is called.
    private static let ends = ["until", "end", "ends", "date", "time", "expires", "lifts"]

    /// How far the line is indented that opened the embargo, nil outside of one.
    private var indent: Int?
    /// Whether its lines have no indentation of their own, as in a table of TOML.
    private var isTable = false
    /// Whether it holds something, but no end yet.
    private var isOpen = false

    /// The value that tells the end, of a mapping's keys.
    static func end<Value>(of values: [String: Value]) -> Value? {
        ends.lazy.compactMap { values[$0] }.first
    }

    /// Looks at the next line.
    /// - Returns: An embargo that it tells or completes, or none.
    mutating func take(_ line: Substring, _ mark: Character) -> [Embargo] {
        let text = FrontMatter.trimmed(line)
        guard !text.isEmpty, !text.hasPrefix("#") else { return [] }
        let depth = line.prefix(while: \.isWhitespace).count
        var found: [Embargo] = []
        if text.hasPrefix("["), text.hasSuffix("]"), mark == "=" {
            found = end()
            isTable = Embargo.isNamed(text.filter { !"[] ".contains($0) })
            indent = isTable ? depth : nil
            return found
        }
        if let indent, !isTable, depth <= indent { found = end() }
        guard let at = text.firstIndex(of: mark) else { return found }
        let key = FrontMatter.trimmed(text[..<at])
        let value = FrontMatter.unquoted(FrontMatter.trimmed(text[text.index(after: at)...]))
        if indent != nil {
            guard Self.ends.contains(key.lowercased()) else {
                isOpen = true
                return found
            }
            (indent, isOpen, isTable) = (nil, false, false)
            return found + [Embargo(value)].compactMap(\.self)
        }
        guard Embargo.isNamed(key) else { return found }
        if value.isEmpty || value.hasPrefix("#") {
            indent = depth
        } else if depth > 0 {
            // It belongs to something else: `release:` and, indented, `embargo: 2030-01-01`.
            found += [Embargo(value)].compactMap(\.self)
        }
        return found
    }

    /// Ends the mapping: one that tells no end has none.
    mutating func end() -> [Embargo] {
        defer { (indent, isOpen, isTable) = (nil, false, false) }
        return isOpen ? [Embargo(until: "")] : []
    }
}
