import Feeds
import TestKit
import Testing
import Wire

@testable import Ingest

/// Under what the entries of a feed in a file are published.
@Suite struct FeedIdentityTests {
    private static func uris(_ items: String) throws -> [String] {
        let folder = try TemporaryFolder()
        let file = try folder.write("feed.xml", "<rss version='2.0'><channel><title>T</title>\(items)</channel></rss>")
        return Reading(file).articles.map { $0.article.uri.replacing(folder.path, with: "FOLDER") }
    }

    private static func uri(link: String, guid: String) throws -> String? {
        try uris("<item><title>A</title><link>\(link)</link><guid isPermaLink='false'>\(guid)</guid></item>").first
    }

    @Test(arguments: [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://x.example/a", "data:text/html,x", "mailto:a@b.example",
        "http://", "//",
        "/relative", "",
    ])
    func `only addresses of the web are addresses`(link: String) throws {
        #expect(try Self.uri(link: link, guid: "tag:x.example,2024:1") == "tag:x.example,2024:1")
        let scoped = try Self.uri(link: link, guid: "post 12")
        #expect(scoped?.hasPrefix("file://FOLDER/feed.xml#post%2012") == true, "\(scoped ?? "")")
        #expect(try Self.uri(link: link, guid: "")?.hasPrefix("ni:") == true)
    }

    @Test func `an identifier that does something is none by itself`() throws {
        #expect(try Self.uri(link: "", guid: "javascript:alert(1)") == "file://FOLDER/feed.xml#javascript:alert(1)")
        #expect(try Self.uri(link: "", guid: "FILE:///etc/passwd")?.hasPrefix("file://FOLDER/feed.xml#FILE") == true)
    }

    @Test func `addresses of the web are`() throws {
        #expect(try Self.uri(link: "https://x.example/a b/é?c=d", guid: "5") == "https://x.example/a%20b/%C3%A9?c=d")
        #expect(try Self.uri(link: "http://me:sesame@x.example/a", guid: "5") == "http://x.example/a")
        #expect(try Self.uri(link: "", guid: "https://x.example/7") == "https://x.example/7")
        #expect(
            try Self.uri(link: "https://x.example/" + String(repeating: "a", count: 3_000), guid: "urn:a") == "urn:a")
    }

    @Test func `entries that share a page are told by their identifiers`() throws {
        func item(_ title: String, _ guid: String) -> String {
            "<item><title>\(title)</title><link>https://x.example/live</link>\(guid)</item>"
        }
        let one = "<guid isPermaLink='false'>urn:x:1</guid>"
        let two = "<guid isPermaLink='false'>urn:x:2</guid>"
        #expect(try Self.uris(item("One", one) + item("Two", two)) == ["urn:x:1", "urn:x:2"])
        // What has one identifier, or none, is told by its page.
        #expect(try Self.uris(item("One", one)) == ["https://x.example/live"])
        #expect(try Self.uris(item("One", one) + item("Two", "")).allSatisfy { $0 == "https://x.example/live" })
    }

    @Test func `an entry keeps its name when others come before it`() throws {
        let one = "<item><title>One</title><guid isPermaLink='false'>1</guid></item>"
        let two = "<item><title>Two</title><guid isPermaLink='false'>2</guid></item>"
        #expect(try Self.uris(one) == ["file://FOLDER/feed.xml#1"])
        #expect(try Self.uris(two + one).last == "file://FOLDER/feed.xml#1")
    }
}
