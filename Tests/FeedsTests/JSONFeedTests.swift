import Testing

@testable import Feeds

@Suite struct JSONFeedTests {
    private static func feed(_ items: String, before: String = "", behind: String = "]}") throws -> Feed {
        let text =
            #"{"version": "https://jsonfeed.org/version/1.1", "title": "J", \#(before)"items": [\#(items)\#(behind)"#
        return try #require(Feed(Array(text.utf8)))
    }

    // A field of the wrong type costs itself, and nothing else of the item, of the others or of the feed.
    @Test(arguments: [
        (#""title": 5"#, 1), (#""summary": ["x"]"#, 1), (#""date_published": null"#, 0),
        (#""date_published": 20240501"#, 1),
        (#""tags": "x""#, 1), (#""content_text": {"a": 1}"#, 1), (#""url": false"#, 1), (#""authors": "Ann Lee""#, 1),
        (#""authors": [5, null, {"name": 7}]"#, 0), (#""author": "Ann Lee""#, 0), (#""language": []"#, 1),
        (#""attachments": 5"#, 1),
    ])
    func `a field of the wrong type is left out and said`(field: String, faults: Int) throws {
        let feed = try Self.feed(
            #"{"id": "1", "content_html": "<p>One</p>", \#(field)}, {"id": "2", "title": "Two", "url": "https://x.example/2"}"#
        )
        #expect(feed.entries.map(\.id) == ["1", "2"] && feed.entries[0].content == "<p>One</p>")
        #expect(feed.entries[0].faults?.count ?? 0 == faults, "\(feed.entries[0].faults ?? [])")
        #expect(feed.entries[1].title == "Two" && feed.entries[1].faults == nil && feed.faults.isEmpty)
    }

    @Test(arguments: [
        "5", "null", #""x""#, "[]", #"{"id": "x" "title": "y"}"#, #"{"id": "\#\ud800"}"#, #"{"id": "a\#u{1}b"}"#, "{,}",
        "nonsense",
        #"{"id": "x", "n": NaN}"#,
    ])
    func `an item that is none costs itself`(item: String) throws {
        let feed = try Self.feed(#"{"id": "1"}, \#(item), {"id": "2", "title": "a \" ] } , b"}"#)
        #expect(feed.entries.count == 3 && feed.entries.compactMap(\.id).contains("1"))
        #expect(feed.entries.last?.title == "a \" ] } , b" && !feed.isCut && feed.title == "J")
        #expect(feed.entries[1].faults?.isEmpty == false || feed.entries[1].id != nil)
    }

    @Test(arguments: [#"\n"#, #"\r\n"#, #"\r"#, #"\r\n\r\n"#])
    func `paragraphs of plain text end as on any system`(end: String) throws {
        let feed = try Self.feed(#"{"id": "1", "content_text": "A < B\#(end)C & D"}"#)
        #expect(feed.entries[0].content == "<p>A &lt; B</p><p>C &amp; D</p>")
    }

    @Test func `fields of the feed that are wrong are said, too`() throws {
        let feed = try Self.feed(#"{"id": "1"}"#, before: #""home_page_url": 7, "authors": {}, "#)
        #expect(feed.faults.count == 2 && feed.entries.count == 1)
        let none = try #require(Feed(Array(#"{"version": "https://jsonfeed.org/version/1", "items": {"a": 1}}"#.utf8)))
        #expect(none.entries.isEmpty && none.faults == [#""items" is no list"#])
    }

    @Test func `a feed that is cut off is read as far as it goes, wherever that is`() throws {
        let whole =
            #"{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "One"}, {"id": "2"}], "title": "J"}"#
        for count in 0..<whole.utf8.count {
            guard let feed = Feed(Array(whole.utf8.prefix(count))) else { continue }
            #expect(feed.isCut)
            for entry in feed.entries.dropLast() { #expect(entry.id == "1" && entry.title == "One") }
        }
        #expect(Feed(Array(whole.utf8.prefix(whole.utf8.count - 14)))?.entries.count == 2)
    }

    @Test(arguments: [
        "{}", #"{"version": 1, "items": []}"#, #"{"version": "2", "items": [}"#, #"{"items": "#, "[1]",
        "{\"a\": nonsense}",
    ])
    func `other JSON is no feed`(text: String) {
        #expect(Feed(Array(text.utf8)) == nil)
    }

    @Test func `other encodings are read`() throws {
        let text = #"{"version": "https://jsonfeed.org/version/1", "title": "é", "items": []}"#
        let wide = [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(Feed(wide)?.title == "é")
    }
}
