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
        return lower.hasPrefix("https://") || lower.hasPrefix("http://") ? address : nil
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
