import Testing

@testable import Feeds

@Suite struct FeedTests {
    static func feed(_ text: String) throws -> Feed { try #require(Feed(Array(text.utf8))) }

    @Test func `RSS 2 is read, with what others add to it`() throws {
        let feed = try Self.feed(
            """
            <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "y">]>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:m="urn:other" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour &amp; Sea</title><link>https://news.example/</link>
            <atom:link rel="self" href="https://news.example/rss"/><image><title>Logo</title><link>https://other.example/</link></image>
            <language>en-gb</language><item><title>Ferry &mdash; again</title><m:title>not this</m:title><guid>https://news.example/1</guid>
            <description>Short &nbsp; &hellip;</description><content:encoded><![CDATA[<p>Long & <b>bold</b></p>]]></content:encoded>
            <dc:creator>Ann Lee</dc:creator><pubDate>Fri, 31 May 2024 18:00:00 +0200</pubDate></item><item><link>/2?a=1&b=2</link></item></channel></rss>
            """)
        #expect(feed.title == "Harbour & Sea" && feed.link == "https://news.example/" && feed.language == "en-gb")
        let entry = try #require(feed.entries.first)
        #expect(feed.entries.count == 2)
        #expect(entry.title == "Ferry — again")
        #expect(entry.link == "https://news.example/1" && entry.id == "https://news.example/1")
        #expect(entry.summary == "Short \u{a0} …")
        #expect(entry.content == "<p>Long & <b>bold</b></p>")
        #expect(entry.author == "Ann Lee" && entry.published == "Fri, 31 May 2024 18:00:00 +0200")
        #expect(feed.entries.last?.link == "https://news.example/2?a=1&b=2")
    }

    @Test func `Atom is read, with bases and every kind of text`() throws {
        let feed = try Self.feed(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/a/" xml:lang="de"><title type="text">A &lt;b&gt;</title>
            <link rel="self" href="x"/><link href="../"/><entry xml:base="b/"><id>urn:1</id><title type="html">&lt;i&gt;T&lt;/i&gt;</title>
            <link rel="enclosure" href="n.mp3"/><link href="1.html"/><updated>2024-05-31T18:00:00Z</updated><author><name>Ann</name><email>a@b.c</email></author>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two</p></div></content>
            <summary type="application/octet-stream">RXhhbXBsZQ==</summary></entry></feed>
            """)
        #expect(feed.title == "A &lt;b&gt;" && feed.link == "https://news.example/" && feed.language == "de")
        let entry = try #require(feed.entries.first)
        #expect(
            entry.title == "<i>T</i>" && entry.link == "https://news.example/a/b/1.html" && entry.summary == "Example")
        #expect(entry.content == "<div><p>One &amp; two</p></div>" && entry.author == "Ann (a@b.c)")
    }

    @Test func `JSON Feed and RDF are read`() throws {
        let json = try Self.feed(
            #"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 5, "url": "https://x.example/", "content_text": "a\n<b>"}]}"#
        )
        #expect(
            json.title == "J" && json.entries.first?.id == "5"
                && json.entries.first?.content == "<p>a</p><p>&lt;b&gt;</p>")
        let rdf = try Self.feed(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>R</title></channel>
            <item rdf:about="https://x.example/1"><title>I</title><link>https://x.example/2</link></item></rdf:RDF>
            """)
        #expect(
            rdf.title == "R" && rdf.entries.first?.id == "https://x.example/1"
                && rdf.entries.first?.link == "https://x.example/2")
    }

    @Test(arguments: ["", "{}", "x", "<html><body>x</body></html>", "<?xml version='1.0'?>", "<opml/>", "\u{0}\u{1}"])
    func `what is no feed is none`(text: String) {
        #expect(Feed(Array(text.utf8)) == nil)
    }

    // An entity that multiplies itself, one from elsewhere, attributes and depth without end, a feed cut anywhere.
    @Test func `hostile feeds are read as far as they go`() throws {
        let bomb =
            "<!DOCTYPE rss [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
        let feed = try Self.feed("\(bomb)<rss><channel><title>&b;&f;T</title></channel></rss>")
        #expect(feed.title == "&b;&f;T")
        _ = Feed(Array(("<rss><channel>" + String(repeating: "<a>", count: 100_000)).utf8))
        _ = Feed(
            Array(("<rss " + (0..<100_000).map { "a\($0)='x'" }.joined(separator: " ") + "><channel/></rss>").utf8))
        let whole = Array(
            "<rss><channel><title>T</title><item><title>é</title><link>x</link></item></channel></rss>".utf8)
        for end in whole.indices { _ = Feed(Array(whole[..<end])) }
        #expect(
            try Self.feed(
                "<rss><channel><title>T</title><item><title>A<br>B</title></item><item><title>C</title></item>"
            ).entries.count >= 1)
    }
}

@Suite struct FeedListTests {
    @Test func `lists are read by the line, with remarks, in other encodings`() {
        let text = "# feeds\r\nhttps://a.example/x\n\n  https://b.example/y # two\n\u{FEFF}https://c.example/#z\n"
        #expect(
            FeedList(Array(text.utf8)).addresses == [
                "https://a.example/x", "https://b.example/y", "https://c.example/#z",
            ])
        let wide = [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(FeedList(wide).addresses.count == 3 && FeedList([]) == FeedList(Array(" \n".utf8)))
    }

    @Test func `OPML is read with loose ampersands, and half of it is told`() {
        let whole =
            "<?xml version='1.0'?><opml><body><outline><outline xmlUrl='https://a.example/?x=1&y=2'/></outline></body></opml>"
        #expect(FeedList(Array(whole.utf8)).addresses == ["https://a.example/?x=1&y=2"])
        #expect(FeedList(Array(whole.utf8)).fault == nil)
        for count in 22..<whole.utf8.count { #expect(FeedList(Array(whole.utf8.prefix(count))).fault != nil) }
        #expect(FeedList(Array("<rss><channel/></rss>".utf8)).fault?.contains("<rss>") == true)
    }

    @Test(arguments: [
        ("<link rel=alternate type='application/rss+xml' href='/feed?a=1&amp;b=2'>", "https://x.example/feed?a=1&b=2"),
        ("<LINK REL='Alternate nofollow' TYPE='Application/Atom+XML' HREF=' a.xml '>", "https://x.example/d/a.xml"),
        (
            "<base href='https://y.example/'><link rel=alternate type=application/feed+json href=f>",
            "https://y.example/f"
        ),
        ("<link rel=alternate hreflang=de href=/de><link rel=stylesheet type=application/rss+xml href=x>", nil),
        ("", nil),
    ])
    func `pages name their feeds`(head: String, expected: String?) {
        let page = "<!doctype html><html><head>\(head)</head><body><p>Text.</p></body></html>"
        #expect(FeedLink.first(in: Array(page.utf8), charset: nil, address: "https://x.example/d/e") == expected)
    }

    @Test func `a feed without its end is told from one that is not well-formed`() throws {
        let feed =
            "<rdf:RDF xmlns:rdf='urn:r'><channel><title>T & <br>x</title></channel><item><title>A</title></item></rdf:RDF>\n"
        #expect(try #require(Feed(Array(feed.utf8))).isCut == false)
        #expect(try #require(Feed(Array(feed.utf8.dropLast(12)))).isCut)
    }
}

@Suite struct RecordingTests {
    @Test func `what is said of a recording is its summary, where nothing else is`() throws {
        let video = try FeedTests.feed(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><id>yt:video:1</id><title>T</title>
            <media:group><media:title>M</media:title><media:description>She said &amp; so.</media:description></media:group></entry></feed>
            """)
        #expect(video.entries.first?.summary == "She said & so." && video.entries.first?.title == "T")
        let podcast = try FeedTests.feed(
            """
            <rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item><title>E</title><itunes:summary>Long.</itunes:summary></item>
            <item><title>F</title><itunes:summary>Long.</itunes:summary><description>Own.</description></item></channel></rss>
            """)
        #expect(podcast.entries.map(\.summary) == ["Long.", "Own."])
    }
}
