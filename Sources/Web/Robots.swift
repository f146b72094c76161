/// What a server's robots.txt asks for (RFC 9309).
struct Robots: Sendable {
    private struct Rule {
        var pattern: [UInt8]
        var allows: Bool
    }

    private static let ruleLimit = 5_000
    private var rules: [Rule] = []

    /// Asks for nothing.
    static let everything = Robots()
    /// Asks to stay away.
    static let nothing = Robots(rules: [Rule(pattern: Array("/".utf8), allows: false)])

    private init(rules: [Rule] = []) {
        self.rules = rules
    }

    /// Reads a robots.txt: the groups of `agent`, or where there are none, those for everybody.
    init(_ bytes: [UInt8], agent: String) {
        var (own, others): ([Rule], [Rule]) = ([], [])
        var agents: [String] = []
        var isInRules = false
        var hasOwn = false
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
        for line in lines.prefix(50_000) {
            let text = String(decoding: line.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":") else { continue }
            let key = text[..<colon].lowercased().filter { !$0.isWhitespace }
            let value = String(text[text.index(after: colon)...]).filter { !$0.isWhitespace }
            switch key {
            case "user-agent":
                if isInRules { agents = [] }
                isInRules = false
                agents.append(value.lowercased())
                hasOwn = hasOwn || value.lowercased() == agent
            case "allow", "disallow":
                isInRules = true
                guard !value.isEmpty else { continue }
                let rule = Rule(pattern: Array(value.utf8), allows: key == "allow")
                if agents.contains(agent), own.count < Self.ruleLimit { own.append(rule) }
                if agents.contains("*"), others.count < Self.ruleLimit { others.append(rule) }
            default: break
            }
        }
        rules = hasOwn ? own : others
    }

    /// Whether an address may be fetched: the longest pattern that fits decides, and of two `allow`.
    func allows(_ address: String) -> Bool {
        let afterScheme = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let path =
            afterScheme.firstIndex(of: "/").map { Array(afterScheme[$0...].prefix { $0 != "#" }.utf8) } ?? [
                UInt8(ascii: "/")
            ]
        let fitting = rules.filter { Self.fits($0.pattern, path) }
        guard let longest = fitting.map(\.pattern.count).max() else { return true }
        return fitting.contains { $0.pattern.count == longest && $0.allows }
    }

    /// Whether a path begins as a pattern says, with `*` for anything and `$` for the end.
    private static func fits(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
        let isAnchored = pattern.last == UInt8(ascii: "$")
        let parts = (isAnchored ? pattern.dropLast() : pattern[...]).split(
            separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        var rest = path[...]
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.starts(with: part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if isAnchored, index == parts.count - 1 {
                return rest.count >= part.count && Array(rest.suffix(part.count)) == Array(part)
            } else {
                guard
                    let start = rest.indices.first(where: { rest[$0...].starts(with: part) })
                        ?? (part.isEmpty ? rest.startIndex : nil)
                else { return false }
                rest = rest[start...].dropFirst(part.count)
            }
        }
        return !isAnchored || rest.isEmpty
    }
}
