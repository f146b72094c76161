internal import TextInput

/// An item of IPTC's NewsML-G2, or an article in NITF.
public struct NewsItem: Sendable, Encodable {
    /// Its `guid`.
    public var uri: String?
    /// Its version.
    public var version: String?
    /// Why it is taken back, `canceled` or `withheld`, or nil.
    public var withdrawal: String?
    /// Its headline.
    public var headline: String?
    /// Until when it is not to be published; empty where it does not say until when, nil where it may be.
    public var embargo: String?
    /// From when it may be published, as most articles in NITF say; nil where it does not say so.
    public var release: String?
    /// What it is where that is no text, such as `picture`.
    public var kind: String?
    /// The names of its authors.
    public var byline: [String] = []
    /// When it was published, as it says.
    public var published: String?
    /// Its language.
    public var language: String?
    /// Who published it.
    public var publisher: String?
    /// Its text, in XHTML or NITF.
    public var markup: String?

    /// Why there are no items.
    public enum Failure: Error {
        /// It is neither NewsML-G2 nor NITF.
        case otherFormat
        /// It declares entities, by which a document can grow without bounds or read files.
        case declaresEntities
    }

    /// The items of a document: a `newsItem`, all in a `newsMessage`, or an `nitf`.
    /// - Throws: `Failure`.
    public static func items(in bytes: [UInt8]) throws(Failure) -> [NewsItem] {
        guard let root = FeedMarkup.root(of: bytes, charset: nil) else { throw .otherFormat }
        let name = root.name.lowercased()
        guard ["newsitem", "newsmessage", "nitf"].contains(name) else { throw .otherFormat }
        if declaresEntities(bytes) { throw .declaresEntities }
        if name == "nitf" { return [NewsItem(nitf: root)] }
        var items: [NewsItem] = []
        func look(_ element: Element) {
            if element.name.lowercased() == "newsitem" { return items.append(NewsItem(element)) }
            element.elements.forEach(look)
        }
        look(root)
        return items
    }

    /// Whether a document type, which stands before the first element, declares entities.
    private static func declaresEntities(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index + 8 < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            if bytes[index...].starts(with: "<!ENTITY".utf8) { return true }
            if bytes[index...].starts(with: "<!--".utf8) {
                // A remark, to its end.
                index += 4
                while index + 2 < bytes.count, !bytes[index...].starts(with: "-->".utf8) { index += 1 }
            } else if bytes[index + 1] != UInt8(ascii: "!"), bytes[index + 1] != UInt8(ascii: "?") {
                return false
            }
            index += 1
        }
        return false
    }

    private init(_ item: Element) {
        func text(_ element: Element?) -> String? { Self.text(element) }
        func first(_ path: String..., in element: Element) -> Element? { Self.first(path, in: element) }
        uri = item.attributes["guid"]
        version = item.attributes["version"]
        // "stat:canceled", in whatever scheme
        let given = first("itemMeta", "pubStatus", in: item)?.attributes
        let status = (given?["qcode"] ?? given?["uri"])?.split { ":/".contains($0) }.last?.lowercased()
        withdrawal = Self.withdrawals[status ?? ""]
        embargo = first("itemMeta", "embargoed", in: item).map { Words.trimmed($0.text) }
        let itemClass = first("itemMeta", "itemClass", in: item)?.attributes["qcode"]?.split(separator: ":").last
        kind = itemClass == "text" ? nil : itemClass.map(String.init)
        let meta = first("contentMeta", in: item)
        headline = text(meta.flatMap { first("headline", in: $0) }) ?? text(first("itemMeta", "title", in: item))
        byline = (meta?.elements ?? []).filter { $0.name == "by" || $0.name == "creator" }.compactMap {
            text(first("name", in: $0)) ?? ($0.name == "by" ? text($0) : nil)
        }
        published =
            text(first("itemMeta", "versionCreated", in: item))
            ?? text(meta.flatMap { first("contentCreated", in: $0) })
        language = meta.flatMap { first("language", in: $0) }?.attributes["tag"] ?? item.attributes["xml:lang"]
        let provider = first("itemMeta", "provider", in: item)
        publisher =
            text(provider.flatMap { first("name", in: $0) }) ?? provider?.attributes["literal"]
            ?? meta.flatMap { first("infoSource", in: $0) }.flatMap {
                text(first("name", in: $0)) ?? $0.attributes["literal"]
            }
        let content = first("contentSet", in: item)?.elements.first {
            ["inlineXML", "inlineData"].contains($0.name) && !Words.trimmed($0.text).isEmpty
        }
        guard let content else { return }
        if content.name == "inlineData" {
            let isMarkup = content.attributes["contenttype"]?.contains("html") == true
            markup =
                isMarkup
                ? content.text
                : content.text.split(whereSeparator: \.isNewline).map {
                    "<p>\(CharacterReferences.escaped(String($0)))</p>"
                }.joined()
            return
        }
        markup = (Self.body(content) ?? content).markup
    }

    private static let withdrawals = ["canceled": "canceled", "cancelled": "canceled", "withheld": "withheld"]

    private static func first(_ path: [String], in element: Element) -> Element? {
        var element = element
        for name in path {
            guard let next = element.elements.first(where: { $0.name == name }) else { return nil }
            element = next
        }
        return element
    }

    private static func text(_ element: Element?) -> String? {
        element.map { Words.trimmed($0.text) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The element that holds the text of XHTML or NITF.
    private static func body(_ element: Element) -> Element? {
        if ["body.content", "body"].contains(element.name),
            element.elements.allSatisfy({ !$0.name.hasPrefix("body.") })
        {
            return element
        }
        return element.elements.lazy.compactMap(body).first
    }

    /// An article in NITF that stands alone.
    private init(nitf: Element) {
        func first(_ path: String...) -> Element? { Self.first(path, in: nitf) }
        let facts = first("head", "docdata")
        func fact(_ name: String, _ attribute: String) -> String? {
            facts?.elements.first { $0.name == name }?.attributes[attribute]
        }
        // Many give a number of their own, which is no URI.
        uri = fact("doc-id", "id-string").flatMap { $0.contains(":") ? $0 : nil }
        version = fact("du-key", "version")
        published = fact("date.release", "norm") ?? fact("date.issue", "norm")
        release = fact("date.release", "norm")
        let status = facts?.attributes["management-status"]?.lowercased() ?? ""
        withdrawal = Self.withdrawals[status]
        if status == "embargoed" { embargo = release ?? "" }
        headline = Self.text(first("body", "body.head", "hedline", "hl1")) ?? Self.text(first("head", "title"))
        byline = (first("body", "body.head")?.elements ?? []).filter { $0.name == "byline" }.compactMap(Self.text)
        language = nitf.attributes["xml:lang"]
        publisher = Self.text(first("body", "body.head", "distributor")) ?? fact("doc.copyright", "holder")
        markup = first("body").flatMap(Self.body)?.markup
    }
}
