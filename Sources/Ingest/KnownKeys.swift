internal import Service

/// The keys of an article in simple JSON.
enum KnownKeys {
    static let all = [
        "uri", "version", "headline", "language", "published", "source", "body", "pubStatus", "pubstatus",
    ]

    /// Other programs' names for them.
    static let others: [String: String] = [
        "url": "uri", "link": "uri", "id": "uri", "guid": "uri", "href": "uri", "permalink": "uri", "title": "headline",
        "heading": "headline", "text": "body", "content": "body", "article": "body", "fulltext": "body",
        "maintext": "body",
        "date": "published", "time": "published", "pubdate": "published", "datetime": "published",
        "timestamp": "published",
        "datepublished": "published", "publishedat": "published", "created": "published", "lang": "language",
        "locale": "language", "publisher": "source", "site": "source", "domain": "source", "outlet": "source",
    ]

    /// The known key that an unknown one probably stands for.
    static func nearest(to key: String) -> String? {
        let plain = key.lowercased().filter { $0.isLetter || $0.isNumber }
        return others[plain] ?? Suggestion.closest(to: plain, among: all)
    }
}
