internal import FoundationEssentials
internal import TextInput

/// JSON Feed, versions 1 and 1.1.
///
/// What is wrong with a field costs that field, and what is wrong with an item that item.
enum JSONFeed {
    /// The feed, or nil where the bytes are no JSON Feed.
    static func feed(_ bytes: [UInt8], charset: String?) -> Feed? {
        let text = Charset.utf8(bytes, charset: charset)
        let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text[3...] : text[...]
        guard start.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
        if case .object(let document)? = JSONField(start) {
            let items: [JSONField?]? =
                switch document["items"] {
                case .list(let items): items
                case nil: []
                default: nil
                }
            return feed(document, items)
        }
        // Somewhere it is no JSON: each item by itself.
        guard let parts = JSONParts(start, of: "items"), case .object(let document)? = JSONField(parts.frame) else {
            return nil
        }
        guard var feed = feed(document, parts.elements.map(JSONField.init)) else { return nil }
        feed.isCut = parts.isCut
        return feed
    }

    private static func feed(_ document: [String: JSONField], _ items: [JSONField?]?) -> Feed? {
        var fields = JSONFields(document)
        guard fields.text("version")?.contains("jsonfeed.org") == true else { return nil }
        var feed = Feed()
        feed.title = fields.text("title")
        feed.subtitle = fields.text("description")
        feed.link = fields.text("home_page_url")
        feed.id = fields.text("feed_url")
        feed.language = fields.text("language")
        feed.author = fields.names()
        feed.entries = (items ?? []).prefix(Feed.entryLimit).map { item in
            var entry = entry(item)
            entry.link = entry.link.map { Address.resolved($0, against: feed.link ?? feed.id) ?? $0 }
            return entry
        }
        if items == nil { fields.note("items", "is no list") }
        feed.faults = fields.faults
        return feed
    }

    private static func entry(_ item: JSONField?) -> Feed.Entry {
        var entry = Feed.Entry()
        guard case .object(let object)? = item else {
            entry.faults = [item.map { "the item is \($0.kind), and no object" } ?? "the item is not JSON"]
            return entry
        }
        var fields = JSONFields(object)
        entry.id = fields.text("id", takesNumbers: true)
        entry.title = fields.text("title").map { CharacterReferences.escaped($0) }
        let (url, external) = (fields.text("url"), fields.text("external_url"))
        entry.link = url ?? external
        entry.summary = fields.text("summary").map { CharacterReferences.escaped($0) }
        let (html, plain) = (fields.text("content_html"), fields.text("content_text"))
        entry.content =
            html
            ?? plain.map { text in
                text.split(whereSeparator: \.isNewline).map { "<p>\(CharacterReferences.escaped(String($0)))</p>" }
                    .joined()
            }
        entry.published = fields.text("date_published")
        entry.updated = fields.text("date_modified")
        entry.author = fields.names()
        entry.language = fields.text("language")
        fields.check("tags", is: "a list")
        fields.check("attachments", is: "a list")
        if !fields.faults.isEmpty { entry.faults = fields.faults }
        return entry
    }
}

/// The fields of an object, and what is wrong with those that were asked for.
private struct JSONFields {
    private let object: [String: JSONField]
    private(set) var faults: [String] = []

    init(_ object: [String: JSONField]) {
        self.object = object
    }

    mutating func note(_ name: String, _ fault: String) {
        faults.append("\"\(name)\" \(fault)")
    }

    /// A text; nil, and a fault, for what is something else.
    mutating func text(_ name: String, takesNumbers: Bool = false) -> String? {
        switch object[name] {
        case .text(let text): return text
        case .number(let number) where takesNumbers: return number
        case nil, .null: return nil
        case let other?:
            note(name, "is \(other.kind), and no text")
            return nil
        }
    }

    mutating func check(_ name: String, is kind: String) {
        guard let field = object[name], field.kind != kind, field.kind != JSONField.null.kind else { return }
        note(name, "is \(field.kind), and not \(kind)")
    }

    /// The names of the authors, in either version's form.
    mutating func names() -> String? {
        var all: [JSONField] = []
        switch object["authors"] {
        case .list(let authors): all = authors
        case nil, .null: if let author = object["author"] { all = [author] }
        case let other?:
            note("authors", "is \(other.kind), and no list")
            all = [other]
        }
        let names = all.compactMap { author -> String? in
            switch author {
            case .object(let object): if case .text(let name)? = object["name"] { name } else { nil }
            case .text(let name): name
            default: nil
            }
        }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}
