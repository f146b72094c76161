/// HTML that is being written: the only way for text from elsewhere into a page.
///
/// Names of elements and attributes are literals; every value is escaped.
package struct Markup {
    /// What is written so far.
    package private(set) var html = ""
    private var open: [String] = []

    /// Nothing yet.
    package init() {}

    /// Writes what the program itself says.
    package mutating func literal(_ html: StaticString) { self.html += html.description }

    /// Writes text, escaped.
    package mutating func text(_ text: String) { html += Self.escaped(text) }

    /// Begins an element, which `end` closes; attributes without a value are left out.
    package mutating func begin(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) {
        void(name, attributes)
        open.append(name.description)
    }

    /// Closes the element that was begun last.
    package mutating func end() {
        if let name = open.popLast() { html += "</\(name)>" }
    }

    /// Writes a start tag that nothing closes.
    package mutating func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:]) {
        html += "<\(name)"
        for case (let key, let value?) in attributes { html += " \(key)=\"\(Self.escaped(value))\"" }
        html += ">"
    }

    /// Writes an element with text alone.
    package mutating func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>, _ text: String
    ) {
        begin(name, attributes)
        self.text(text)
        end()
    }

    /// Writes an element with text alone.
    package mutating func element(_ name: StaticString, _ text: String) { element(name, [:], text) }

    /// Text without anything that HTML would read as markup, that no file may hold, or that turns the direction of what follows.
    package static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;".unicodeScalars
            case "<": result += "&lt;".unicodeScalars
            case ">": result += "&gt;".unicodeScalars
            case "\"": result += "&quot;".unicodeScalars
            case "'": result += "&#39;".unicodeScalars
            case "\n", "\t": result.append(scalar)
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
            default:
                let isWritten =
                    scalar.properties.generalCategory != .control && !scalar.properties.isNoncharacterCodePoint
                result.append(isWritten ? scalar : "\u{FFFD}")
            }
        }
        return String(result)
    }

    /// An address that a page may link to: http and https alone.
    package static func link(_ address: String) -> String? {
        let lower = address.prefix(8).lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
        return isHost(address.unicodeScalars.dropFirst(scheme.count).prefix { !"/?#\\".unicodeScalars.contains($0) })
            ? address : nil
    }

    /// Whether an address leads to a host and, perhaps, a port there; with a name and password before it, it would pass for another.
    private static func isHost(_ authority: String.UnicodeScalarView.SubSequence) -> Bool {
        var (host, port) = (authority, Substring.UnicodeScalarView())
        // Colons stand within an address of IPv6, too, in brackets.
        if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
            (host, port) = (authority[..<colon], authority[authority.index(after: colon)...])
        }
        let isBracketed = host.first == "[" && host.last == "]"
        func isPart(_ scalar: Unicode.Scalar) -> Bool {
            if isBracketed { return scalar.properties.isASCIIHexDigit || ":.".unicodeScalars.contains(scalar) }
            guard scalar.isASCII else { return !scalar.properties.isWhitespace }
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-._".unicodeScalars.contains(scalar)
        }
        let name = isBracketed ? host.dropFirst().dropLast() : host
        return name.contains { $0 != "." } && name.allSatisfy(isPart)
            && port.allSatisfy { ("0"..."9").contains($0) } && port.count <= 5
    }

    /// An address, as a link where a page may link to it.
    package mutating func address(_ address: String) {
        if let link = Self.link(address) {
            element("a", ["href": link, "rel": "noopener noreferrer"], address)
        } else {
            element("bdi", address)
        }
    }
}
