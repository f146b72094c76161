/// An article as an IPTC ninjs 3.0 news item.
///
/// Reading takes the names of ninjs 1.x and 2.x too, and ignores what it does not know.
extension Article: Codable {
    /// Reads a news item.
    ///
    /// The headline and body of role `main` are taken before others, and `versionCreated` before the other dates. An item
    /// without a language is `und`.
    /// - Throws: `no-plain-text` for an item that has no body in plain text, `bad-article` for one without a URI, else a
    ///   `DecodingError`.
    public init(from decoder: any Decoder) throws {
        try self.init(ninjs: decoder) { _ in nil }
    }

    /// Reads a news item that may have its body as markup only.
    ///
    /// - Parameters:
    ///   - decoder: Where it is read from.
    ///   - plain: The plain text of HTML, or nil where that is not wanted.
    /// - Throws: As `init(from:)` does.
    public init(ninjs decoder: any Decoder, plain: (String) -> String?) throws {
        let item = try Ninjs(from: decoder)
        guard !item.uri.isEmpty else { throw WireError(400, "bad-article", "a ninjs item with an empty uri") }
        self.init(
            uri: item.uri, version: item.version ?? "1", headline: item.plainHeadline ?? "",
            language: item.language.flatMap { $0.isEmpty ? nil : $0 } ?? "und",
            published: item.versionCreated ?? item.contentCreated ?? item.firstCreated,
            source: item.infoSources?.lazy.compactMap { $0.name ?? $0.literal ?? $0.uri }.first,
            body: try item.plainBody(plain))
    }

    /// Writes a news item of ninjs 3.0.
    public func encode(to encoder: any Encoder) throws {
        var item = encoder.container(keyedBy: Ninjs.Key.self)
        try item.encode(
            ["name": "ninjs", "version": "3.0", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"],
            forKey: Ninjs.Key("standard"))
        try item.encode(uri, forKey: Ninjs.Key("uri"))
        try item.encode("text", forKey: Ninjs.Key("type"))
        try item.encode(version, forKey: Ninjs.Key("version"))
        try item.encode(language, forKey: Ninjs.Key("language"))
        try item.encodeIfPresent(published, forKey: Ninjs.Key("versionCreated"))
        if !headline.isEmpty {
            try item.encode([Ninjs.Text(value: headline)], forKey: Ninjs.Key("headlines"))
        }
        if let source { try item.encode([["name": source]], forKey: Ninjs.Key("infoSources")) }
        try item.encode([Ninjs.Text(value: body)], forKey: Ninjs.Key("bodies"))
    }
}
