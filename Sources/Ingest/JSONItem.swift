internal import Pages
internal import Wire

/// An article in JSON: a ninjs item, or the simple object `{"uri", "headline", "language", "published", "source", "body"}`.
struct JSONItem: Decodable {
    var uri: String?
    var version: String?
    var headline: String?
    var language: String?
    var published: String?
    var source: String?
    var body: String?
    /// The publication status of ninjs where that is not `usable`: `canceled` or `withheld`.
    var withdrawal: String?
    /// Why it is not to be published yet.
    var embargoes: [Embargo] = []
    /// The names of its authors, where it is ninjs.
    var byline: [String] = []
    /// Keys of the simple object that mean nothing here, at most 20, in the order of the alphabet.
    var unknownKeys: [String] = []

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        func text(_ name: String) throws -> String? { try object.decodeIfPresent(String.self, forKey: Key(name)) }
        let status = try? object.decodeIfPresent(String.self, forKey: Key("pubStatus"))
        let earlier = try? object.decodeIfPresent(String.self, forKey: Key("pubstatus"))
        // `canceled`, `stat:canceled` and the address of that term
        let name = (status ?? earlier)?.lowercased().split { ":/".contains($0) }.last
        switch name {
        case "canceled", "cancelled": withdrawal = "canceled"
        case "withheld": withdrawal = "withheld"
        default: withdrawal = nil
        }
        // Whatever else it holds, or lacks.
        if withdrawal != nil {
            uri = try text("uri")
            version = Self.version(in: object)
            return
        }
        embargoes = Self.embargoes(in: object)
        // Only ninjs has these; `uri`, `headline` and `version` are in both.
        let isNinjs = object.allKeys.contains {
            $0.stringValue == "standard" || $0.stringValue == "bodies" || $0.stringValue.hasPrefix("body_")
        }
        guard isNinjs else {
            uri = try text("uri")
            version = Self.version(in: object)
            if version == nil { version = try text("version") }
            headline = try text("headline")
            language = try text("language")
            // A date costs no article, whatever is written there; a number counts seconds or milliseconds from 1970.
            published = (try? text("published")) ?? nil
            if let number = (try? object.decodeIfPresent(Int64.self, forKey: Key("published"))) ?? nil {
                published = Timestamp.format(number.magnitude < 100_000_000_000 ? number * 1000 : number)
            }
            source = try text("source")
            body = try text("body")
            unknownKeys = Array(
                object.allKeys.map { String($0.stringValue.prefix(60)) }
                    .filter { !Self.isKnown($0) }.sorted().prefix(20))
            return
        }
        let article = try Article(ninjs: decoder) { Page.paragraphs(ofFragment: $0).joined(separator: "\n\n") }
        uri = article.uri
        version = Self.version(in: object)
        byline = Self.byline(in: object)
        headline = article.headline
        language = try text("language")
        published = article.published
        source = article.source
        body = article.body
    }

    /// `embargoed` of ninjs, and what others call so: a time, in words or counted from 1970, or whether there is one.
    private static func embargoes(in object: KeyedDecodingContainer<Key>) -> [Embargo] {
        object.allKeys.compactMap { key in
            func value<Value: Decodable>(_ type: Value.Type) -> Value? { try? object.decode(type, forKey: key) }
            let text = value(String.self)
            if Embargo.isDraft(key.stringValue, text ?? value(Bool.self).map { "\($0)" } ?? "") { return .draft }
            guard Embargo.isNamed(key.stringValue), (try? object.decodeNil(forKey: key)) != true else { return nil }
            if let text { return Embargo(text) }
            if let number = value(Int64.self) {
                // Seconds or milliseconds.
                let time = abs(number) < 100_000_000_000 ? number * 1_000 : number
                return number == 0 ? nil : Embargo(until: Timestamp.format(max(0, min(time, 1 << 52))))
            }
            return value(Bool.self) == false ? nil : Embargo(until: "")
        }
    }

    private static func isKnown(_ key: String) -> Bool {
        KnownKeys.all.contains(key) || Embargo.isNamed(key) || ["draft", "status"].contains(key)
    }

    private struct Byline: Decodable {
        var byline: String?
    }

    /// `by` and `byline` of 1.x and 2.x, and `bylines` of 3.0.
    private static func byline(in object: KeyedDecodingContainer<Key>) -> [String] {
        let many = (try? object.decodeIfPresent([Byline].self, forKey: Key("bylines"))) ?? nil
        let plain = (try? object.decodeIfPresent([String].self, forKey: Key("bylines"))) ?? nil
        let one = ["byline", "by"].lazy.compactMap {
            (try? object.decodeIfPresent(String.self, forKey: Key($0))) ?? nil
        }
        let lines = many?.compactMap(\.byline) ?? plain ?? one.first.map { [$0] } ?? []
        return lines.flatMap(Page.names(inByline:))
    }

    /// The version, which may be written as a number.
    private static func version(in object: KeyedDecodingContainer<Key>) -> String? {
        if let number = (try? object.decodeIfPresent(Int.self, forKey: Key("version"))) ?? nil { return String(number) }
        return (try? object.decodeIfPresent(String.self, forKey: Key("version"))) ?? nil
    }
}
