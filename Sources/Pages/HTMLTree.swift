internal import CXML
internal import TextInput

/// A page's elements and texts in the order of the page, as libxml2's HTML parser made them of its bytes.
///
/// A node's descendants are those from the one behind it to its `end`, so that a stretch of the array is a subtree.
struct HTMLTree {
    struct Node {
        /// The element's name in lower case, or empty for text.
        var tag: String
        var text = ""
        var attributes: [String: String] = [:]
        /// The element around it, or -1.
        var parent: Int
        /// The node behind its last descendant.
        var end = 0
    }

    private(set) var nodes: [Node] = []

    /// The attributes that are kept; of a link only the first two.
    private static let attributes: Set<String> = [
        "rel", "class", "id", "role", "style", "itemprop", "hidden", "aria-modal", "href", "content", "name",
        "property", "http-equiv", "datetime", "title", "type",
        "lang", "xml:lang", "alt", "data-timestamp", "data-time", "data-date", "data-published", "data-datetime",
        "data-publish-date", "data-epoch", "data-source",
    ]

    /// Work that the parser may do at each byte before a page is taken for an attack on it; the rest of the page is left out.
    private static let workPerByte = 40

    /// Parses a page in UTF-8, whatever is wrong with it.
    init(_ bytes: [UInt8]) {
        let bytes = MarkupGuard.withoutFlood(bytes)
        let work = Work(limit: bytes.count * Self.workPerByte + 10_000_000)
        bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count < Int(Int32.max),
                let context = htmlCreateMemoryParserCtxt(start, Int32(raw.count))
            else { return }
            defer { htmlFreeParserCtxt(context) }
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
                | HTML_PARSE_IGNORE_ENC.rawValue
            htmlCtxtUseOptions(context, Int32(options))
            // Without it, libxml2 stops at a depth of 256.
            context.pointee.options |= Int32(bitPattern: XML_PARSE_HUGE.rawValue)
            context.pointee.userData = UnsafeMutableRawPointer(context)
            context.pointee._private = Unmanaged.passUnretained(work).toOpaque()
            context.pointee.sax.pointee.initialized = UInt32(XML_SAX2_MAGIC)
            context.pointee.sax.pointee.error = nil
            context.pointee.sax.pointee.warning = nil
            context.pointee.sax.pointee.fatalError = nil
            context.pointee.sax.pointee.serror = { context, _ in
                guard let context = context?.assumingMemoryBound(to: htmlParserCtxt.self) else { return }
                guard let work = context.pointee._private else { return }
                // An end tag that nothing fits has been compared with all that is open.
                Unmanaged<Work>.fromOpaque(work).takeUnretainedValue().add(Int(context.pointee.nameNr), context)
            }
            xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
            withExtendedLifetime(work) { _ = htmlParseDocument(context) }
            guard let document = context.pointee.myDoc else { return }
            defer { xmlFreeDoc(document) }
            take(xmlDocGetRootElement(document))
        }
    }

    private final class Work {
        private var left: Int

        init(limit: Int) {
            left = limit
        }

        func add(_ amount: Int, _ context: UnsafeMutablePointer<htmlParserCtxt>) {
            left -= amount
            if left < 0 { xmlStopParser(context) }
        }
    }

    /// Copies the tree; without recursion, since pages may be nested as deep as they are long.
    private mutating func take(_ root: UnsafeMutablePointer<xmlNode>?) {
        var names: [UnsafePointer<xmlChar>: String] = [:]
        func name(_ pointer: UnsafePointer<xmlChar>) -> String {
            if let known = names[pointer] { return known }
            let name = String(cString: pointer).lowercased()
            names[pointer] = name
            return name
        }
        var next = root
        var parent = -1
        while let node = next {
            let index = nodes.count
            var descends = false
            switch node.pointee.type {
            case XML_ELEMENT_NODE:
                var element = Node(tag: node.pointee.name.map(name) ?? "?", parent: parent)
                var attribute = node.pointee.properties
                while let one = attribute {
                    if let key = one.pointee.name.map(name), Self.attributes.contains(key),
                        element.tag != "a" || key == "rel" || key == "class" || key == "href"
                    {
                        let value =
                            one.pointee.children.flatMap { $0.pointee.content }.map { String(cString: $0) } ?? ""
                        element.attributes[key] = value
                    }
                    attribute = one.pointee.next
                }
                nodes.append(element)
                descends = node.pointee.children != nil
                if !descends { nodes[index].end = index + 1 }
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                nodes.append(
                    Node(
                        tag: "", text: node.pointee.content.map { String(cString: $0) } ?? "", parent: parent,
                        end: index + 1))
            default: break
            }
            if descends {
                parent = index
                next = node.pointee.children
                continue
            }
            var last = node
            while last.pointee.next == nil {
                guard parent >= 0, let up = last.pointee.parent else { return }
                nodes[parent].end = nodes.count
                parent = nodes[parent].parent
                last = up
            }
            next = last.pointee.next
        }
    }

    /// The first element of a name, from a node on.
    func first(_ tag: String, from start: Int = 0) -> Int? {
        (start..<max(start, nodes.count)).first { nodes[$0].tag == tag }
    }

    /// The text below a node, white space as it is, cut behind so many bytes.
    func text(of index: Int, besides skipped: Set<String> = [], limit: Int = 4_000) -> String {
        var text = ""
        var at = index
        while at < nodes[index].end, text.utf8.count < limit, at - index < limit {
            if skipped.contains(nodes[at].tag) {
                at = nodes[at].end
                continue
            }
            text += nodes[at].tag == "br" ? "\n" : nodes[at].text
            at += 1
        }
        return text
    }
}
