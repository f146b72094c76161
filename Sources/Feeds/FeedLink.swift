internal import CXML
internal import Glibc
internal import TextInput

/// Feeds that pages name.
public enum FeedLink {
    private static let types: Set<String> = [
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    ]

    /// Looks for the first feed that a page names in a `link` of its head.
    /// - Parameters:
    ///   - bytes: The page as it came.
    ///   - charset: The encoding that a server names, or nil.
    ///   - address: Where it came from.
    /// - Returns: The feed's address, or nil where none is named.
    public static func first(in bytes: [UInt8], charset: String?, address: String) -> String? {
        // Heads are at the front; whatever comes behind is the page's own.
        let start = MarkupGuard.withoutFlood(Array(Charset.utf8(bytes, charset: charset).prefix(512 << 10)))
        return start.withUnsafeBytes { raw -> String? in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue
            guard let document = htmlReadMemory(base, Int32(raw.count), nil, "UTF-8", Int32(options)) else {
                return nil
            }
            defer { xmlFreeDoc(document) }
            guard let root = xmlDocGetRootElement(document) else { return nil }
            var found: String?
            var site: String?
            each(in: root) { element, attribute in
                if element == "base", site == nil { site = attribute("href") }
                guard element == "link", found == nil, let href = attribute("href"), !href.isEmpty,
                    types.contains(attribute("type")?.lowercased() ?? ""),
                    attribute("rel")?.lowercased().split(whereSeparator: \.isWhitespace).contains("alternate") == true
                else { return }
                found = href
            }
            let place = Address.resolved(site ?? "", against: address) ?? address
            return found.flatMap { Address.resolved(Words.trimmed($0), against: place) }
        }
    }

    private static func each(
        in root: UnsafeMutablePointer<xmlNode>, _ body: (String, (String) -> String?) -> Void
    ) {
        var next: UnsafeMutablePointer<xmlNode>? = root
        while let node = next {
            if node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name {
                body(String(cString: name)) { attribute in
                    guard let value = xmlGetProp(node, attribute) else { return nil }
                    defer { free(value) }
                    return String(cString: value)
                }
            }
            // In the order of the page, without recursion.
            if let child = node.pointee.children {
                next = child
                continue
            }
            var behind = node
            while behind != root, behind.pointee.next == nil, let parent = behind.pointee.parent { behind = parent }
            next = behind == root ? nil : behind.pointee.next
        }
    }
}
