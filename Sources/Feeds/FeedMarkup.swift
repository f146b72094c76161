internal import CXML
internal import TextInput

/// An element of XML.
final class Element {
    /// Its name without prefix.
    let name: String
    /// The address of its namespace, or "".
    let namespace: String
    /// Its attributes by name without prefix; those of XML's own namespace as `xml:base` and `xml:lang`.
    private(set) var attributes: [String: String] = [:]
    private(set) var children: [Child] = []

    enum Child {
        case element(Element)
        case text(String)
    }

    var elements: [Element] { children.compactMap { if case .element(let element) = $0 { element } else { nil } } }

    /// All text within.
    var text: String {
        children.map { child in
            switch child {
            case .text(let text): text
            case .element(let element): element.text
            }
        }.joined()
    }

    /// The content as HTML.
    var markup: String {
        children.map { child in
            switch child {
            case .text(let text): CharacterReferences.escaped(text)
            case .element(let element):
                "<\(element.name)\(element.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\"\(CharacterReferences.escaped($0.value, inQuotationMarks: true))\"" }.joined())>"
                    + element.markup + "</\(element.name)>"
            }
        }.joined()
    }

    /// Copies an element of libxml2's tree, which is never deeper than 256.
    init(_ node: UnsafeMutablePointer<xmlNode>) {
        name = node.pointee.name.map { String(cString: $0) } ?? ""
        namespace = node.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } ?? ""
        var attribute = node.pointee.properties
        while let one = attribute {
            if let key = one.pointee.name {
                let prefix = one.pointee.ns.flatMap { $0.pointee.prefix }.map { String(cString: $0) }
                let value = one.pointee.children.flatMap { $0.pointee.content }.map { String(cString: $0) } ?? ""
                let key = (prefix == "xml" ? "xml:" : "") + String(cString: key).lowercased()
                if attributes[key] == nil { attributes[key] = value }
            }
            attribute = one.pointee.next
        }
        var child = node.pointee.children
        while let one = child {
            switch one.pointee.type {
            case XML_ELEMENT_NODE: children.append(.element(Element(one)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                children.append(.text(one.pointee.content.map { String(cString: $0) } ?? ""))
            default: break
            }
            child = one.pointee.next
        }
    }
}

/// Reads the markup of a feed, of which much is not well-formed.
enum FeedMarkup {
    /// A document that was read as far as it goes.
    struct Document {
        var root: Element
        /// What is not well-formed in it, with the line; nil where nothing is.
        var fault: String?
        /// Whether its end is missing.
        var isCut = false
    }

    /// The root element, or nil where there is none.
    static func root(of bytes: [UInt8], charset: String?) -> Element? { document(of: bytes, charset: charset)?.root }

    /// The document, or nil where there is none.
    static func document(of bytes: [UInt8], charset: String?) -> Document? {
        let clean = MarkupGuard.withoutFlood(mended(Charset.utf8(bytes, charset: charset)))
        return clean.withUnsafeBytes { raw -> Document? in
            guard let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count <= 64 << 20,
                let context = xmlNewParserCtxt()
            else { return nil }
            defer { xmlFreeParserCtxt(context) }
            // Never an entity of the document's own, never anything from elsewhere.
            let options =
                XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
                | XML_PARSE_NOWARNING.rawValue
                | XML_PARSE_NOCDATA.rawValue
            let tree = xmlCtxtReadMemory(context, start, Int32(raw.count), nil, "UTF-8", Int32(options))
            defer { xmlFreeDoc(tree) }
            guard let tree, let node = xmlDocGetRootElement(tree) else { return nil }
            var document = Document(root: Element(node))
            guard context.pointee.wellFormed == 0 else { return document }
            let words = context.pointee.lastError.message.map { Words.trimmed(String(cString: $0)) }
            document.fault = "line \(context.pointee.lastError.line): \(words ?? "not well-formed")"
            // Feeds that are not well-formed mostly have their end.
            let end = String(decoding: clean.suffix(1_000), as: UTF8.self).lowercased()
            let name = document.root.name.lowercased()
            document.isCut = !["</\(name)", ":\(name)>"].contains { end.contains($0) }
            return document
        }
    }

    /// Where a feed begins behind something else, such as what its program complains of; nil where none does, or in a page.
    static func lateStart(in bytes: [UInt8]) -> Int? {
        let head = String(decoding: bytes.prefix(32 << 10).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
        let start = ["<?xml", "<rss", "<feed", "<rdf:rdf"].compactMap { head.firstRange(of: $0)?.lowerBound }.min()
        guard let start, start > head.startIndex else { return nil }
        let before = head[..<start]
        return ["<html", "<head", "<body", "<!doctype html"].contains { before.contains($0) } ? nil : before.utf8.count
    }

    /// The text without declaration and document type, with HTML's references as characters and loose ampersands escaped.
    static func mended(_ bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var index = bytes.firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        var isInside = false
        func starts(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard index + count <= bytes.count else { return false }
            return text.withUTF8Buffer { wanted in (0..<count).allSatisfy { bytes[index + $0] == wanted[$0] } }
        }
        func end(_ text: StaticString) -> Int {
            let first = text.withUTF8Buffer { $0[0] }
            let rest = index
            defer { index = rest }
            while index < bytes.count {
                if bytes[index] == first, starts(text) { return index + text.utf8CodeUnitCount }
                index += 1
            }
            return bytes.count
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "<") {
                if starts("<![CDATA[") {
                    let stop = end("]]>")
                    clean += bytes[index..<stop]
                    index = stop
                    continue
                }
                if starts("<!--") {
                    index = end("-->")
                    continue
                }
                if !isInside, starts("<?xml") {
                    index = end("?>")
                    continue
                }
                if starts("<!DOCTYPE") || starts("<!doctype") || starts("<!Doctype") {
                    // With its own declarations, which nobody needs to read a feed.
                    var depth = 0
                    while index < bytes.count {
                        let next = bytes[index]
                        index += 1
                        if next == UInt8(ascii: "[") { depth += 1 } else if next == UInt8(ascii: "]") { depth -= 1 }
                        if next == UInt8(ascii: ">"), depth <= 0 { break }
                    }
                    continue
                }
                isInside = true
            } else if byte == UInt8(ascii: "&") {
                let reference = bytes[index...].prefix(12)
                if let stop = reference.firstIndex(of: UInt8(ascii: ";")) {
                    let text = String(decoding: bytes[index...stop], as: UTF8.self)
                    if ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"].contains(text) {
                        clean += text.utf8
                        index = stop + 1
                        continue
                    }
                    let character = CharacterReferences.decoded(text)
                    if character != text, !["&", "<", ">"].contains(character) {
                        clean += character.utf8
                        index = stop + 1
                        continue
                    }
                    if text.hasPrefix("&#"), character != text {
                        clean += text.utf8
                        index = stop + 1
                        continue
                    }
                }
                clean += "&amp;".utf8
                index += 1
                continue
            } else if byte < 0x20, byte != 9, byte != 10, byte != 13 {
                clean.append(0x20)
                index += 1
                continue
            }
            clean.append(byte)
            index += 1
        }
        return clean
    }
}
