internal import TextInput

/// A page's elements and texts in the order of the page, as libxml2's HTML parser told them: without elements that hold nothing.
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

    static func keeps(_ key: String, of tag: String) -> Bool {
        attributes.contains(key) && (tag != "a" || key == "rel" || key == "class" || key == "href")
    }

    /// Parses a page in UTF-8, whatever is wrong with it.
    init(_ bytes: [UInt8]) {
        nodes = TreeBuilder.nodes(of: MarkupGuard.withoutFlood(bytes))
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
