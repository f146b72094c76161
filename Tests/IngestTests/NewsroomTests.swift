import TestKit
import Testing
import Wire

@testable import Ingest

/// What newsrooms send, and would not want to see published otherwise.
@Suite struct NewsroomTests {
    private static let text = "The harbour board repaired pier five in March, engineer Mira Kolar said."

    private static func rss(_ items: String, channel: String = "") -> String {
        #"<rss version="2.0"><channel><title>Courier</title>\#(channel)\#(items)</channel></rss>"#
    }

    @Test(arguments: [
        ("2099-06-01T00:01:00Z", true), ("2099-06-01", true), ("after the speech", true),
        ("2024-06-01T00:01:00Z", false), ("2024-06-01", false),
    ])
    func `what is under embargo is refused until that has passed`(time: String, stands: Bool) throws {
        let folder = try TemporaryFolder()
        let g2 =
            #"<newsItem guid="urn:x:1" version="1"><itemMeta><embargoed>\#(time)</embargoed></itemMeta><contentSet>"#
            + "<inlineXML><html><body><p>\(Self.text)</p></body></html></inlineXML></contentSet></newsItem>"
        let reading = Reading(
            try folder.write("a.json", #"{"uri": "urn:x:2", "embargoed": "\#(time)", "body": "\#(Self.text)"}"#),
            try folder.write(
                "b.json",
                #"{"uri": "urn:x:3", "embargoed": "\#(time)", "bodies": [{"role": "main", "value": "\#(Self.text)"}]}"#),
            try folder.write("c.xml", g2), try folder.write("d.txt", "---\nembargo: \(time)\n---\n\(Self.text)"))
        #expect(reading.articles.count == (stands ? 0 : 4))
        #expect(reading.failures.map(\.code) == Array(repeating: .embargoed, count: stands ? 4 : 0))
        #expect(reading.failures.allSatisfy { $0.message == "it is under embargo until \(time)" })
        #expect(!stands || reading.failures[2].place == "\(folder.path("c.xml"))#urn:x:1")
        #expect(reading.remarks == [])
    }

    @Test(arguments: [
        #""embargoed": null"#, #""embargo": false"#, #""embargoed": """#, #""embargo": "none""#, #""embargo": 0"#,
        #""embargoed": 1717243200"#, #""embargoedReason": "court""#, #""draft": false"#,
    ])
    func `no embargo is none`(field: String) throws {
        #expect(try ArticleReader(place: "p").json(Array(#"{\#(field), "body": "x"}"#.utf8)).article.body == "x")
    }

    @Test func `an embargo on a day, or without a zone, has passed when it has everywhere`() {
        let noon: Int64 = 1_717_243_200_000  // 1 June 2024
        func stands(_ text: String, hours: Int64) -> Bool {
            Embargo(until: text).stands(at: noon + hours * 3_600_000)
        }
        #expect(stands("2024-06-01T12:00:01Z", hours: 0) && !stands("2024-06-01T12:00:00Z", hours: 0))
        #expect(stands("2024-06-01T12:00:00", hours: 11) && !stands("2024-06-01T12:00:00", hours: 12))
        #expect(stands("2024-06-01", hours: 23) && !stands("2024-06-01", hours: 24))
        #expect(stands("", hours: 1_000_000))
    }

    @Test(arguments: [
        #""embargoed": "2099-06-01T00:00:00Z", "embargo": "2020-01-01T00:00:00Z""#,
        #""embargoed": {"until": "2099-06-01T00:00:00Z"}"#, #""embargo": 1.5"#, #""embargo": 4070908800"#,
        #""embargo_until": "2099-06-01""#, #""draft": true"#, #""status": "draft""#,
    ])
    func `an embargo stands in whatever form, and a draft is none to publish`(fields: String) throws {
        let error = #expect(throws: IngestError.self) {
            try ArticleReader(place: "p").json(Array(#"{\#(fields), "body": "x"}"#.utf8))
        }
        #expect(error?.code == .embargoed)
    }

    @Test(
        arguments: [
            ("---\nembargo:\n  until: 2099-06-01\n---", true), ("---\nembargo:\n  reason: court\n---", true),
            ("---\nrelease:\n  embargo:\n    until: '2099-06-01T10:00:00Z'\n---", true),
            ("---\nrelease:\n  embargo: 2099-06-01\n---", true), ("+++\n[embargo]\nuntil = \"2099-06-01\"\n+++", true),
            ("---\nembargo:\n  until: 2020-06-01\n---", false), ("---\nembargo:\n  until: null\n---", false),
            ("---\nembargo:\ntitle: A\n---", false), ("---\nevent:\n  until: 2099-06-01\n---", false),
        ]) func `an embargo stands in a mapping, too`(matter: String, stands: Bool) throws
    {
        let folder = try TemporaryFolder()
        let reading = Reading(try folder.write("a.md", "\(matter)\n\(Self.text)"))
        #expect(reading.failures.map(\.code) == (stands ? [.embargoed] : []))
    }

    @Test func `a file beside an article tells an embargo in a mapping, too`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.txt.meta", #"{"embargo": {"until": "2099-06-01"}}"#)
        let reading = Reading(try folder.write("a.txt", Self.text))
        #expect(reading.failures.map(\.code) == [.embargoed])
    }

    @Test func `front matter tells a draft, and may say that there is no embargo`() throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write("a.md", "---\ndraft: true\n---\n\(Self.text)"),
            try folder.write("b.md", "---\npublished: false\n---\n\(Self.text)"),
            try folder.write("c.md", "---\nembargo: null\ndraft: false\n---\n\(Self.text)"))
        #expect(reading.failures.map(\.message) == ["it is a draft", "it is a draft"])
        #expect(reading.articles.count == 1)
    }

    @Test(arguments: [
        (#"<date.release norm="20990601T000000Z"/>"#, "", true), (#"<date.release norm="20990601"/>"#, "", true),
        (#"<date.release norm="20240601"/>"#, "", false), (#"<date.release norm=""/>"#, "", false),
        ("", #" management-status="embargoed""#, true),
    ])
    func `NITF is refused before its release`(date: String, status: String, stands: Bool) throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write(
                "a.xml",
                "<nitf><head><docdata\(status)>\(date)</docdata></head><body><body.content><p>\(Self.text)</p>"
                    + "</body.content></body></nitf>"))
        #expect(reading.failures.map(\.code) == (stands ? [.embargoed] : []))
        #expect(reading.articles.count == (stands ? 0 : 1))
    }

    @Test func `an NITF of today that gives its day has been released`() throws {
        let now = Timestamp.milliseconds()
        let today = String(Timestamp.format(now).prefix(10))
        #expect(Embargo(release: today)?.stands(at: now) == false)
        #expect(Embargo(release: "") == nil)
    }

    @Test func `entries of different ids are different, whatever page they lead to`() throws {
        let folder = try TemporaryFolder()
        let items = ["1", "2"].map {
            "<item><link>https://c.example/</link><guid isPermaLink=\"false\">\($0)</guid><description>\($0)</description></item>"
        }
        #expect(Reading(try folder.write("a.xml", Self.rss(items.joined()))).bodies == ["1", "2"])
    }

    @Test func `of entries with one address the newest stands, or the first`() throws {
        let folder = try TemporaryFolder()
        func item(_ link: String, _ text: String, _ date: String? = nil) -> String {
            let date = date.map { "<pubDate>\($0)</pubDate>" } ?? ""
            return "<item><link>\(link)</link>\(date)<description>\(text)</description></item>"
        }
        let items =
            item("https://c.example/1", "first") + item("https://c.example/1?utm_source=rss", "second")
            + item("https://c.example/2", "old", "Fri, 31 May 2024 18:00:00 GMT")
            + item("https://c.example/2", "new", "Sat, 01 Jun 2024 18:00:00 GMT")
        let file = try folder.write("a.xml", Self.rss(items))
        let reading = Reading(file)
        #expect(reading.bodies == ["first", "new"])
        #expect(reading.ignored == [2, 3].map { "\(file)#\($0): an earlier version of another entry" })
    }

    @Test func `a link without a site is one of the feed's site, and what was escaped twice is read`() throws {
        let folder = try TemporaryFolder()
        let item =
            "<item><link>/news/1</link><description>&amp;lt;p&amp;gt;&amp;ldquo;One,&amp;rdquo; she said.&amp;lt;/p&amp;gt;</description></item>"
        let feed = #"{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://j.example/", "items": "#
        let reading = Reading(
            try folder.write("a.xml", Self.rss(item, channel: "<link>https://c.example/</link>")),
            try folder.write("b.json", feed + #"[{"id": "1", "url": "/2", "content_text": "Two"}]}"#))
        #expect(reading.articles.map(\.article.uri) == ["https://c.example/news/1", "https://j.example/2"])
        #expect(reading.bodies == ["“One,” she said.", "Two"])
    }

    @Test func `a draft is not seen`() throws {
        let folder = try TemporaryFolder()
        let draft = #"<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>"#
        let reading = Reading(
            try folder.write(
                "a.xml",
                #"<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x:1</id>\#(draft)<content>One</content></entry>"#
                    + "<entry><id>x:2</id><content>Two</content></entry></feed>"))
        #expect(reading.bodies == ["Two"])
        #expect(reading.failures == [])
    }

    @Test func `NITF is read, and an item of pictures is none`() throws {
        let folder = try TemporaryFolder()
        let nitf = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <nitf xml:lang="en"><head><title>Slug</title><docdata><doc-id id-string="urn:x:9"/><du-key version="3"/>\
            <date.issue norm="20240531T100000Z"/><doc.copyright holder="Courier"/></docdata></head><body><body.head>\
            <hedline><hl1>Pier five</hl1></hedline><byline>By Ann Lee</byline></body.head><body.content><p>\(Self.text)</p>\
            <p>More.</p></body.content><body.end><tagline>ends</tagline></body.end></body></nitf>
            """
        let picture =
            #"<newsItem guid="urn:x:8"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentSet><remoteContent/></contentSet></newsItem>"#
        let reading = Reading(try folder.write("a.xml", nitf), try folder.write("b.xml", picture))
        let article = try #require(reading.articles.first)
        #expect(
            article.article
                == Article(
                    uri: "urn:x:9", version: "3", headline: "Pier five", language: "en",
                    published: "2024-05-31T10:00:00Z", source: "Courier", body: "\(Self.text)\n\nMore."))
        #expect(article.byline == ["Ann Lee"])
        #expect(reading.articles.count == 1 && reading.failures == [])
        #expect(reading.ignored == ["\(folder.path("b.xml"))#urn:x:8: of the class picture, without a text"])
    }

    @Test(arguments: ["a.txt", "a"]) func `markup that is called a text is read as what it is`(name: String) throws {
        let folder = try TemporaryFolder()
        let (prolog, remark) = ("<?xml version=\"1.0\"?>\n", "<!-- a > b -->\n")
        let nitf = "<nitf><body><body.content><p>\(Self.text)</p></body.content></body></nitf>"
        let page = "<html><body><article><p>\(Self.text)</p></article></body></html>"
        for text in [
            prolog + nitf, "\u{FEFF}\(remark)<!DOCTYPE nitf SYSTEM \"nitf.dtd\">\(nitf)",
            "<!DOCTYPE html>\n\(page)", "\(prolog)<!DOCTYPE html>\n\(page)",
            prolog + Self.rss("<item><guid>urn:x:1</guid><description>\(Self.text)</description></item>"),
        ] {
            #expect(Reading(try folder.write(name, text)).bodies == [Self.text], "\(text)")
        }
        let mark = "<nitf is a mark, she said."
        #expect(Reading(try folder.write(name, "A \(mark)")).bodies == ["A \(mark)"])
    }
}
