internal import FoundationEssentials

/// JSON Feed, versions 1 and 1.1.
enum JSONFeed {
    private struct Author: Decodable {
        var name: String?
    }

    private struct Item: Decodable {
        var id: Lenient?
        var url: String?
        var external_url: String?
        var title: String?
        var content_html: String?
        var content_text: String?
        var summary: String?
        var date_published: String?
        var date_modified: String?
        var author: Author?
        var authors: [Author]?
        var language: String?
    }

    /// An identifier, which some feeds give as a number.
    private struct Lenient: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = try (try? value.decode(String.self)) ?? String(value.decode(Int64.self))
        }
    }

    private struct Document: Decodable {
        var version: String
        var title: String?
        var description: String?
        var home_page_url: String?
        var feed_url: String?
        var language: String?
        var author: Author?
        var authors: [Author]?
        var items: [Item]
    }

    /// The feed, or nil where the bytes are no JSON Feed.
    static func feed(_ bytes: [UInt8]) -> Feed? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard start.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"),
            let document = try? JSONDecoder().decode(Document.self, from: Data(start)),
            document.version.contains("jsonfeed.org")
        else { return nil }
        var feed = Feed()
        feed.title = document.title
        feed.subtitle = document.description
        feed.link = document.home_page_url
        feed.id = document.feed_url
        feed.language = document.language
        feed.author = names(document.authors, document.author)
        feed.entries = document.items.prefix(Feed.entryLimit).map { item in
            var entry = Feed.Entry()
            entry.id = item.id?.text
            entry.title = item.title.map(escaped)
            entry.link = item.url ?? item.external_url
            entry.summary = item.summary.map(escaped)
            entry.content =
                item.content_html
                ?? item.content_text.map { text in
                    text.split(separator: "\n").map { "<p>\(escaped(String($0)))</p>" }.joined()
                }
            entry.published = item.date_published
            entry.updated = item.date_modified
            entry.author = names(item.authors, item.author)
            entry.language = item.language
            return entry
        }
        return feed
    }

    private static func names(_ many: [Author]?, _ one: Author?) -> String? {
        let names = (many ?? one.map { [$0] } ?? []).compactMap(\.name)
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
