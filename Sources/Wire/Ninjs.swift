/// The properties of a ninjs item that an article is made of, under the names of any version of the standard.
///
/// ninjs 3.0 writes `versionCreated` and `contentType` where 1.x and 2.x write `versioncreated` and `contenttype`; 1.x has
/// `headline`, `body_text` and `infosource` where later ones have the arrays `headlines`, `bodies` and `infoSources`.
struct Ninjs: Decodable {
    let uri: String
    let version: String?
    let language: String?
    let firstCreated: String?
    let versionCreated: String?
    let contentCreated: String?
    let infoSources: [InfoSource]?
    private let headlines: [Text]
    private let bodies: [Text]

    /// A key of any name.
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// A headline or body.
    struct Text: Codable {
        var role: String? = "main"
        var contentType: String? = "text/plain"
        var value: String

        var isMarkup: Bool { contentType.map { $0.lowercased().contains("html") } ?? false }
        var isEmpty: Bool { value.allSatisfy(\.isWhitespace) }

        /// How much a role says that this is the text: `main`, none, one that is not known, one of a part.
        var rank: Int {
            switch role?.lowercased() {
            case "main": 3
            case nil, "": 2
            case "abstract", "caption", "summary", "teaser", "description", "note", "sub", "short", "kicker": 0
            default: 1
            }
        }

        var isPlain: Bool { contentType?.lowercased().hasPrefix("text/plain") ?? true }
    }

    /// A party that the item comes from.
    struct InfoSource: Decodable {
        let name: String?
        let literal: String?
        let uri: String?
    }

    init(from decoder: any Decoder) throws {
        let item = try decoder.container(keyedBy: Key.self)
        func optional<Value: Decodable>(_ names: String...) throws -> Value? {
            for name in names {
                if let value = try item.decodeIfPresent(Value.self, forKey: Key(name)) { return value }
            }
            return nil
        }
        uri = try item.decode(String.self, forKey: Key("uri"))
        // It may be written as a number.
        let number: Int? = try? optional("version")
        version = try number.map { String($0) } ?? optional("version")
        language = try optional("language")
        firstCreated = try optional("firstCreated", "firstcreated")
        versionCreated = try optional("versionCreated", "versioncreated")
        contentCreated = try optional("contentCreated", "contentcreated")
        infoSources = try optional("infoSources", "infosources", "infosource")
        let headline: String? = try optional("headline")
        headlines = try optional("headlines") ?? headline.map { [Text(value: $0)] } ?? []
        // 1.x: `body_text` is plain, and `body_` with any other ending is some markup.
        bodies =
            try optional("bodies")
            ?? item.allKeys.filter { $0.stringValue.hasPrefix("body_") }.map {
                Text(
                    contentType: $0.stringValue == "body_text" ? "text/plain" : $0.stringValue,
                    value: try item.decode(String.self, forKey: $0))
            }
    }

    /// The main headline in plain text, or nil.
    var plainHeadline: String? { Ninjs.main(of: headlines)?.value }

    /// The main body in plain text.
    func plainBody(_ plain: (String) -> String?) throws(WireError) -> String {
        let written = Ninjs.main(of: bodies)
        // An abstract in plain text is not the text that stands beside it as markup.
        if let body = Ninjs.first(of: bodies.filter(\.isMarkup)),
            written.map({ $0.isEmpty || $0.rank < body.rank }) ?? true,
            let text = plain(body.value)
        {
            return text
        }
        if let written { return written.value }
        guard let other = bodies.first else {
            throw WireError(400, "no-plain-text", "the ninjs item \(uri.clipped(to: 200)) has no body")
        }
        let type = (other.contentType ?? "").clipped(to: 50)
        throw WireError(
            400, "no-plain-text",
            "the ninjs item \(uri.clipped(to: 200)) has its body only as \(type); add one of contentType text/plain")
    }

    private static func main(of texts: [Text]) -> Text? {
        first(of: texts.filter(\.isPlain))
    }

    /// The text that is the item's own by its role, of those that hold any.
    private static func first(of texts: [Text]) -> Text? {
        let written = texts.filter { !$0.isEmpty }
        return (0...3).reversed().lazy.compactMap { rank in written.first { $0.rank == rank } }.first ?? texts.first
    }
}

extension Ninjs.Text {
    init(from decoder: any Decoder) throws {
        let text = try decoder.container(keyedBy: Ninjs.Key.self)
        role = try text.decodeIfPresent(String.self, forKey: Ninjs.Key("role"))
        contentType =
            try text.decodeIfPresent(String.self, forKey: Ninjs.Key("contentType"))
            ?? text.decodeIfPresent(String.self, forKey: Ninjs.Key("contenttype"))
        value = try text.decode(String.self, forKey: Ninjs.Key("value"))
    }
}
