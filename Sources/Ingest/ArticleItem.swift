public import Wire

/// One article in JSON, as programs hand it over: a ninjs item or the simple object.
public struct ArticleItem: Sendable {
    /// The article, with every default filled in.
    public var article: IncomingArticle
    /// What was left out of it, such as a date that is none.
    public var remarks: [String]

    /// Reads an item.
    /// - Parameters:
    ///   - bytes: A JSON object.
    ///   - place: Where it comes from, for messages.
    /// - Throws: What is wrong with it and what can be done about it.
    public init(_ bytes: [UInt8], from place: String) throws(IngestError) {
        article = try ArticleReader(place: place).json(bytes)
        remarks = article.remarks.map(\.text)
        article.remarks = []
    }

    private struct Simple: Encodable {
        var uri: String
        var version: String?
        var headline: String?
        var language: String
        var published: String?
        var source: String?
        var body: String
    }

    private struct Withdrawal: Encodable {
        var uri: String
        var version: String?
        var pubStatus: String
    }

    /// The item that reads as this very article.
    /// - Throws: `WireError` where it cannot be written.
    public static func bytes(of incoming: IncomingArticle) throws(WireError) -> [UInt8] {
        let article = incoming.article
        if let reason = incoming.withdrawal {
            let status = reason == "withheld" ? reason : "canceled"
            return try JSON.encode(
                Withdrawal(
                    uri: article.uri, version: incoming.hasOwnVersion ? article.version : nil, pubStatus: status))
        }
        // References to characters are read once more by whoever gets it.
        func plain(_ text: String) -> String { text.replacing("&", with: "&amp;") }
        return try JSON.encode(
            Simple(
                uri: article.uri, version: incoming.hasOwnVersion ? article.version : nil,
                headline: article.headline.isEmpty ? nil : plain(article.headline), language: article.language,
                published: article.published, source: article.source, body: plain(article.body)))
    }
}
