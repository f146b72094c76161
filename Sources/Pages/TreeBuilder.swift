internal import CXML

/// Makes a tree of what libxml2's HTML parser tells as it goes through a page.
///
/// Elements without text, and without attributes that say something, are left out once they end, so that a page of millions of them
/// takes no more memory than its text. Deeper than any page is nested, elements stand beside each other rather than within.
final class TreeBuilder {
    private var nodes: [HTMLTree.Node] = []
    /// The elements that are open.
    private var open: [Open] = []
    /// Open elements that are too deep to be within others: whether they are blocks.
    private var tooDeep: [Bool] = []
    /// Elements without text that were kept for their attributes.
    private var bare = 0
    private var names: [UnsafePointer<xmlChar>: Name] = [:]
    private var work: Int
    private let context: UnsafeMutablePointer<htmlParserCtxt>

    private struct Open {
        let node: Int
        let isBlock: Bool
        /// Whether its text is left out.
        let isScript: Bool
        /// Whether there is anything in it, or it says something by itself.
        var isNeeded: Bool
        /// Whether a paragraph has ended where it has come to.
        var isAtBlock: Bool
    }

    private struct Name {
        let text: String
        let isBlock: Bool
        /// Whether it says something without any text.
        let isTelling: Bool

        init(_ text: String) {
            self.text = text
            isBlock = !BlockReader.inline.contains(text)
            isTelling = ["meta", "link", "base"].contains(text)
        }
    }

    private static let depthLimit = 20_000
    private static let bareLimit = 200_000
    /// Work that the parser may do at each byte before a page is taken for an attack on it; the rest of the page is left out.
    private static let workPerByte = 40
    /// Attributes for which an element is kept though it holds nothing.
    private static let telling: Set<String> = [
        "content", "datetime", "title", "alt", "itemprop", "property", "data-timestamp", "data-time", "data-date",
        "data-published", "data-datetime", "data-publish-date", "data-epoch", "data-source",
    ]

    private init(_ context: UnsafeMutablePointer<htmlParserCtxt>, work: Int) {
        (self.context, self.work) = (context, work)
    }

    /// The nodes of a page in UTF-8.
    static func nodes(of bytes: [UInt8]) -> [HTMLTree.Node] {
        bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count < Int(Int32.max),
                let context = htmlCreateMemoryParserCtxt(start, Int32(raw.count))
            else { return [] }
            defer { htmlFreeParserCtxt(context) }
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
                | HTML_PARSE_IGNORE_ENC.rawValue
            htmlCtxtUseOptions(context, Int32(options))
            // Without it, libxml2 stops at a depth of 256.
            context.pointee.options |= Int32(bitPattern: XML_PARSE_HUGE.rawValue)
            let builder = TreeBuilder(context, work: bytes.count * workPerByte + 10_000_000)
            context.pointee.userData = Unmanaged.passUnretained(builder).toOpaque()
            listen(&context.pointee.sax.pointee)
            xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
            return withExtendedLifetime(builder) {
                _ = htmlParseDocument(context)
                // A parser that was stopped ends no elements.
                while !builder.open.isEmpty { builder.close() }
                return builder.nodes
            }
        }
    }

    private static func listen(_ sax: inout xmlSAXHandler) {
        sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startElement = { TreeBuilder.of($0)?.start($1, $2) }
        sax.endElement = { builder, _ in TreeBuilder.of(builder)?.end() }
        sax.characters = { TreeBuilder.of($0)?.take($1, $2) }
        sax.ignorableWhitespace = { TreeBuilder.of($0)?.take($1, $2) }
        sax.cdataBlock = { TreeBuilder.of($0)?.take($1, $2) }
        sax.serror = { builder, _ in TreeBuilder.of(builder)?.foundFault() }
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> TreeBuilder? {
        pointer.map { Unmanaged<TreeBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    private func foundFault() {
        // An end tag that nothing fits has been compared with all that is open.
        work -= Int(context.pointee.nameNr)
        if work < 0 { xmlStopParser(context) }
    }

    private func name(_ pointer: UnsafePointer<xmlChar>) -> Name {
        if let known = names[pointer] { return known }
        let name = Name(String(cString: pointer).lowercased())
        // Names are the document's own, and may be as many as its bytes allow.
        if names.count < 10_000 { names[pointer] = name }
        return name
    }

    private func start(_ pointer: UnsafePointer<xmlChar>?, _ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        guard let pointer else { return }
        let name = name(pointer)
        if open.count >= Self.depthLimit {
            tooDeep.append(name.isBlock)
            guard name.isBlock else { return }
            close()
        }
        var node = HTMLTree.Node(tag: name.text, parent: -1)
        var pair = pairs
        while let one = pair, let key = one[0] {
            let key = self.name(key).text
            if HTMLTree.keeps(key, of: node.tag), node.attributes[key] == nil {
                node.attributes[key] = one[1].map { String(cString: $0) } ?? ""
            }
            pair = one + 2
        }
        push(node, name)
    }

    private func push(_ node: HTMLTree.Node, _ name: Name) {
        var node = node
        node.parent = open.last?.node ?? -1
        var isNeeded =
            name.isTelling
            || !node.attributes.isEmpty
                && node.attributes.contains {
                    Self.telling.contains($0.key) && !$0.value.isEmpty
                }
        if isNeeded {
            bare += 1
            isNeeded = bare < Self.bareLimit
        }
        if node.tag == "br" { isNeeded = !isBroken(in: node.parent) }
        let isScript =
            (node.tag == "script" || node.tag == "style")
            && node.attributes["type"]?.lowercased().contains("json") != true
        open.append(
            Open(
                node: nodes.count, isBlock: name.isBlock, isScript: isScript, isNeeded: isNeeded,
                isAtBlock: name.isBlock || open.last?.isAtBlock ?? true))
        nodes.append(node)
    }

    /// Whether a paragraph has just been ended by two line breaks, so that a third one says nothing.
    private func isBroken(in parent: Int) -> Bool {
        let last = nodes.suffix(4).reversed().filter {
            !($0.tag.isEmpty && Self.isSpace($0.text)) || $0.parent != parent
        }.prefix(2)
        return last.count == 2 && last.allSatisfy { $0.tag == "br" && $0.parent == parent }
    }

    private func end() {
        guard let isBlock = tooDeep.popLast() else { return close() }
        guard isBlock else { return }
        close()
        push(HTMLTree.Node(tag: "div", parent: -1), Name("div"))
    }

    /// Ends the last element, and leaves it out where it was needless.
    private func close() {
        guard let last = open.popLast() else { return }
        let parent = open.indices.last
        if last.isNeeded {
            nodes[last.node].end = nodes.count
            guard let parent else { return }
            open[parent].isNeeded = true
            open[parent].isAtBlock = last.isBlock || last.isAtBlock
            return
        }
        let hasSpace = nodes.count > last.node + 1
        nodes.removeLast(nodes.count - last.node)
        if last.isBlock, let parent, !open[parent].isAtBlock {
            // Between two pieces of text it parts them, though it is empty.
            open[parent].isAtBlock = true
            nodes.append(HTMLTree.Node(tag: "div", parent: open[parent].node, end: nodes.count + 1))
        } else if hasSpace {
            append(" ")
        }
    }

    private func take(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
        // Of scripts only structured data is read.
        guard let bytes, count > 0, open.last?.isScript != true else { return }
        append(String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self))
    }

    private func append(_ text: String) {
        let isSpace = Self.isSpace(text)
        if !isSpace, let last = open.indices.last {
            open[last].isNeeded = true
            open[last].isAtBlock = false
        }
        let parent = open.last?.node ?? -1
        if let last = nodes.indices.last, nodes[last].tag.isEmpty, nodes[last].parent == parent {
            if isSpace, nodes[last].text.utf8.last.map({ $0 <= 0x20 }) == true { return }
            nodes[last].text += text
            return
        }
        nodes.append(HTMLTree.Node(tag: "", text: text, parent: parent, end: nodes.count + 1))
    }

    private static func isSpace(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= 0x20 } }
}
