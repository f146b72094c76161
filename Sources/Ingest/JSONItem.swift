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
    /// Until when it is not to be published, or nil.
    var embargo: Embargo?
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
        embargo = Self.embargo(in: object)
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
                    .filter { !KnownKeys.all.contains($0) && !Self.isEmbargo($0) }.sorted().prefix(20))
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

    /// `embargoed` of ninjs, and what others call so: a time, or whether there is one.
    private static func embargo(in object: KeyedDecodingContainer<Key>) -> Embargo? {
        for key in object.allKeys where isEmbargo(key.stringValue) {
            if let text = (try? object.decodeIfPresent(String.self, forKey: key)) ?? nil, !text.isEmpty {
                return Embargo(written: text)
            }
            if let number = (try? object.decodeIfPresent(Int64.self, forKey: key)) ?? nil {
                return Embargo(written: String(number))
            }
            if (try? object.decodeIfPresent(Bool.self, forKey: key)) == true { return Embargo(written: "") }
        }
        return nil
    }

    private static func isEmbargo(_ key: String) -> Bool { key.lowercased().hasPrefix("embargo") }

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
