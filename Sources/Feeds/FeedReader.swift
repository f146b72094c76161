internal import FoundationEssentials
internal import TextInput

/// Makes a feed of its markup, whichever of the formats it is.
struct FeedReader {
    private let root: Element
    private let address: String?
    /// The namespaces whose elements are the feed's own.
    private let own: Set<String>

    private static let known: Set<String> = [
        "", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2", "http://blogs.law.harvard.edu/tech/rss", "http://backend.userland.com/rss",
        "http://backend.userland.com/rss191",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd", "http://www.w3.org/2005/atom",
        "http://purl.org/atom/ns#", "http://example.com/newformat#", "http://example.com/necho",
        "http://purl.org/echo/", "uri/of/echo/namespace#", "http://purl.org/pie/", "http://hackers.org/xss/",
        "http://purl.org/net/rss1.1#",
    ]

    init(_ root: Element, address: String?) {
        self.root = root
        self.address = address
        var own = Self.known
        // A feed in a namespace of its own invention.
        if ["rss", "feed", "channel"].contains(root.name.lowercased()) { own.insert(root.namespace.lowercased()) }
        for element in root.elements where ["channel", "item"].contains(element.name.lowercased()) {
            own.insert(element.namespace.lowercased())
        }
        self.own = own
    }

    var feed: Feed? {
        let kind = root.name.lowercased()
        guard ["rss", "rdf", "feed", "channel"].contains(kind) else { return nil }
        let channel =
            kind == "feed" || kind == "channel"
            ? root : root.elements.first { $0.name.lowercased() == "channel" && isOwn($0) } ?? root
        var feed = Feed()
        let base = Address.resolved(root.attributes["xml:base"] ?? "", against: address) ?? address
        let parts = fields(of: channel, base: base)
        feed.title = parts.title
        feed.subtitle = parts.summary
        feed.link = parts.link
        feed.id = parts.id
        feed.author = parts.author
        feed.published = parts.published
        feed.updated = parts.updated
        feed.language = (parts.language ?? root.attributes["xml:lang"] ?? root.attributes["lang"]).map {
            $0.replacing("_", with: "-")
        }
        let items = channel === root ? [root] : [channel, root]
        // A feed in a file has no address: its links are those of its site.
        let own = Address.resolved(channel.attributes["xml:base"] ?? "", against: base) ?? base
        let site = own?.isEmpty == false ? own : parts.link
        for item in items.flatMap(\.elements)
        where ["item", "entry"].contains(item.name.lowercased()) && isOwn(item) && !isDraft(item) {
            guard feed.entries.count < Feed.entryLimit else { break }
            feed.entries.append(fields(of: item, base: site))
        }
        for item in root.elements
        where item.name == "deleted-entry" && item.namespace == "http://purl.org/atompub/tombstones/1.0" {
            guard feed.entries.count < Feed.entryLimit, let id = item.attributes["ref"] else { continue }
            var entry = Feed.Entry()
            entry.id = id
            entry.deleted = item.attributes["when"] ?? ""
            feed.entries.append(entry)
        }
        return feed
    }

    /// Whether it says that it is not to be seen yet (RFC 5023).
    private func isDraft(_ item: Element) -> Bool {
        item.elements.contains { control in
            control.name == "control"
                && control.elements.contains { $0.name == "draft" && Words.trimmed($0.text) == "yes" }
        }
    }

    private func isOwn(_ element: Element) -> Bool { own.contains(element.namespace.lowercased()) }

    /// What an element is, told by its namespace and name.
    private func key(of element: Element) -> String {
        let name = element.name.lowercased()
        if isOwn(element) { return name }
        let namespace = element.namespace.lowercased()
        if namespace.hasPrefix("http://purl.org/dc/elements") { return "dc:\(name)" }
        if namespace.hasPrefix("http://purl.org/dc/terms") { return "dcterms:\(name)" }
        if namespace.hasPrefix("http://purl.org/rss/1.0/modules/content") { return "content:\(name)" }
        if namespace.hasPrefix("http://search.yahoo.com/mrss") { return "media:\(name)" }
        if namespace == "http://www.itunes.com/dtds/podcast-1.0.dtd" { return "itunes:\(name)" }
        if namespace == "http://www.w3.org/1999/xhtml" { return "xhtml:\(name)" }
        return "other:\(name)"
    }

    /// What a channel or item says of itself.
    private func fields(of parent: Element, base: String?) -> Feed.Entry {
        var entry = Feed.Entry()
        let base = Address.resolved(parent.attributes["xml:base"] ?? "", against: base) ?? base
        var (links, guid, secondTitle, summary, date): ([(String, Int)], String?, String?, String?, String?) = (
            [], nil, nil, nil, nil
        )
        // What is said of a recording, where nothing else is.
        var recording: String?
        entry.language = parent.attributes["xml:lang"]?.replacing("_", with: "-")
        entry.updated = parent.attributes["lastmod"]
        if let href = parent.attributes["href"] { links.append((href, 3)) }
        if let about = parent.attributes["about"] { entry.id = about }
        for element in parent.elements {
            let inner = Address.resolved(element.attributes["xml:base"] ?? "", against: base) ?? base
            let plain = Words.trimmed(element.text)
            switch key(of: element) {
            case "title": if entry.title == nil { entry.title = value(of: element) }
            case "dc:title", "dcterms:title": secondTitle = secondTitle ?? value(of: element)
            case "link":
                if let href = element.attributes["href"], !href.isEmpty {
                    let relation = element.attributes["rel"]?.lowercased() ?? "alternate"
                    let isPage = element.attributes["type"].map { $0.contains("html") } ?? true
                    if relation == "alternate" {
                        links.append((Address.resolved(href, against: inner) ?? href, isPage ? 0 : 1))
                    }
                } else if !plain.isEmpty {
                    links.append((Address.resolved(plain, against: inner) ?? plain, 0))
                }
            case "guid":
                guid = plain
                if element.attributes["ispermalink"] != "false", plain.contains("://") { links.append((plain, 2)) }
            case "id": entry.id = plain
            case "description", "abstract", "subtitle", "tagline": entry.summary = entry.summary ?? value(of: element)
            case "dc:description": summary = summary ?? value(of: element)
            case "summary": summary = value(of: element)
            case "content":
                entry.content = entry.content ?? (element.attributes["src"] == nil ? value(of: element) : nil)
            case "content:encoded", "fullitem": entry.content = value(of: element)
            case "xhtml:body", "xhtml:div", "body": entry.content = entry.content ?? element.markup
            case "pubdate", "published", "issued", "dcterms:issued", "created", "dcterms:created":
                entry.published = entry.published ?? plain
            case "lastbuilddate", "updated", "modified", "dcterms:modified": entry.updated = plain
            case "dc:date": date = plain
            case "author", "managingeditor", "dc:creator", "dc:author": entry.author = entry.author ?? author(element)
            case "language", "dc:language": entry.language = plain
            case "media:group":
                let description = element.elements.first { key(of: $0) == "media:description" }
                recording = recording ?? description.map { value(of: $0) }
            case "media:description", "itunes:summary": recording = recording ?? value(of: element)
            default: break
            }
        }
        entry.title = entry.title ?? secondTitle
        // A channel's own link comes before one that is an identifier.
        entry.link = links.min { $0.1 < $1.1 }?.0
        entry.id = entry.id ?? guid
        entry.updated = entry.updated ?? date
        if entry.summary == nil {
            entry.summary = summary
        } else if let summary, entry.content == nil {
            entry.content = summary
        }
        if entry.summary == nil, entry.content == nil { entry.summary = recording }
        return entry
    }

    private func author(_ element: Element) -> String {
        let parts = Dictionary(element.elements.map { ($0.name.lowercased(), Words.trimmed($0.text)) }) { first, _ in
            first
        }
        guard let name = parts["name"] else { return parts["email"] ?? Words.trimmed(element.text) }
        return parts["email"].map { "\(name) (\($0))" } ?? name
    }

    /// The text or HTML of an element, after Atom's types and modes.
    private func value(of element: Element) -> String {
        let type = element.attributes["type"]?.lowercased() ?? ""
        let mode = element.attributes["mode"]?.lowercased() ?? ""
        let isText = ["", "text", "html", "xhtml"].contains(type) || type.hasPrefix("text/") || type.hasSuffix("xml")
        if mode == "base64" || !isText && !type.isEmpty && element.elements.isEmpty,
            let data = Data(base64Encoded: String(element.text.filter { !$0.isWhitespace })),
            let text = String(data: data, encoding: .utf8)
        {
            return text
        }
        if !element.elements.isEmpty { return element.markup }
        let text = Words.trimmed(element.text)
        // Plain text that looks like markup is none.
        if type == "text" || type == "text/plain" {
            return CharacterReferences.escaped(text)
        }
        // Markup that was escaped twice.
        if !text.contains("<"), ["&lt;/p&gt;", "&lt;br"].contains(where: { text.contains($0) }) {
            return CharacterReferences.decoded(text)
        }
        return text
    }
}

enum Words {
    static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex))
    }
}
