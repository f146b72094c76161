import TestKit
import Testing
import Wire

@testable import Ingest

@Suite struct StandardsTests {
    @Test func `Markdown is read as text, with what its front matter says`() throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write(
                "a.md",
                """
                ---
                title: "Ferry: again"
                date: 2024-05-31 18:00
                url: https://news.example/1
                lang: en-GB
                publisher: Harbour Courier  # ours
                authors:
                  - Ann Lee
                  - Bo Ek
                layout: post
                ---
                # A heading

                The *ferry* will [sail](x) again,\nsaid **Bo Ek**.

                > “Yes,” he said.

                - one
                - two &amp; a half
                """),
            try folder.write("b.md", "# Only a heading\n\nText with `code` & <b>HTML</b>."),
            try folder.write("c.md", "+++\ntitle = 'T'\ntags = [\"a\", \"b\"]\n+++\nText."))
        #expect(
            reading.bodies == [
                "The ferry will sail again, said Bo Ek.\n\n“Yes,” he said.\n\none\n\ntwo & a half",
                "Text with code & HTML.", "Text.",
            ])
        let article = try #require(reading.articles.first)
        #expect(article.byline == ["Ann Lee", "Bo Ek"])
        #expect(
            article.article
                == Article(
                    uri: "https://news.example/1", headline: "Ferry: again", language: "en-GB",
                    published: "2024-05-31T18:00:00Z",
                    source: "Harbour Courier", body: article.article.body))
        #expect(reading.articles.map(\.article.headline) == ["Ferry: again", "Only a heading", "T"])
    }

    @Test func `plain text may be described before it, or in a file beside it`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "b.txt.meta", "url: https://news.example/2\ndate: 31 May 2024\nsource: Courier\nauthor: Ann Lee\n")
        try folder.write("c.txt.meta", #"{"uri": "https://news.example/3", "headline": "Given"}"#)
        try folder.write("a.txt", "---\nuri: https://news.example/1\n---\nHeadline\n\nText.")
        try folder.write("b.txt", "Headline\n\nText.")
        try folder.write("c.txt", "Text.")
        // No description: a rule, and a text of its own.
        try folder.write("d.txt", "---\nHe said: yes, and went away.\n---\nText.")
        try folder.write("e.txt", "---\nText without an end")
        let reading = Reading(folder.path)
        #expect(reading.articles.map(\.article.headline) == ["Headline", "Headline", "Given", "---", "---"])
        #expect(reading.articles.prefix(3).map(\.article.uri) == (1...3).map { "https://news.example/\($0)" })
        #expect(reading.bodies[0] == "Headline\n\nText.")
        #expect(
            reading.articles[1].article.published == "2024-05-31T00:00:00Z"
                && reading.articles[1].article.source == "Courier")
        #expect(reading.articles[1].byline == ["Ann Lee"])
        #expect(reading.ignored == ["b.txt.meta: hidden", "c.txt.meta: hidden"].map(folder.path))
    }

    @Test(arguments: [
        #"{"uri": "urn:x", "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>One &amp; <b>two</b></p><p>Three</p>"}]}"#,
        #"{"uri": "urn:x", "standard": {"name": "ninjs"}, "body_xhtml": "<div><p>One &amp; two</p><p>Three</p></div>"}"#,
        #"{"uri": "urn:x", "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>One &#38; two</p><p>Three</p>"}]}"#,
    ])
    func `ninjs whose body is markup is read`(json: String) throws {
        let folder = try TemporaryFolder()
        #expect(Reading(try folder.write("a.json", json)).bodies == ["One & two\n\nThree"])
    }

    static let item = """
        <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="3" xml:lang="en"><itemMeta><provider literal="AFP"/>
        <versionCreated>2024-05-31T18:00:00+02:00</versionCreated></itemMeta><contentMeta><by>Ann Lee</by><headline>Ferry</headline>
        <language tag="en-GB"/></contentMeta><contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
        <body><body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content><p>One &amp; two.</p><hl2>Sub</hl2><p>Three.</p></body.content></body></nitf>
        </inlineXML></contentSet></newsItem>
        """

    @Test func `NewsML-G2 is read, one item or many`() throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write("a.xml", Self.item),
            try folder.write(
                "b.xml",
                "<newsMessage><itemSet>\(Self.item)\(Self.item.replacing("urn:x:1", with: "urn:x:2"))</itemSet></newsMessage>"
            ))
        #expect(reading.failures == [])
        #expect(reading.articles.map(\.article.uri) == ["urn:x:1", "urn:x:1", "urn:x:2"])
        #expect(
            reading.articles.first?.article
                == Article(
                    uri: "urn:x:1", version: "3", headline: "Ferry", language: "en-GB",
                    published: "2024-05-31T18:00:00+02:00", source: "AFP",
                    body: "One & two.\n\nSub\n\nThree."))
        #expect(reading.articles.first?.byline == ["Ann Lee"] && reading.articles.first?.hasOwnVersion == true)
    }

    @Test func `an item of NewsML-G2 that is cancelled takes back what it was, with a text or without`() throws {
        let folder = try TemporaryFolder()
        let cancelled = Self.item.replacing(
            "<itemMeta>", with: "<itemMeta><pubStatus qcode=\"stat:canceled\"/>")
        let bare = "<newsItem guid=\"urn:x:2\"><itemMeta><pubStatus qcode=\"stat:withheld\"/></itemMeta></newsItem>"
        let reading = Reading(try folder.write("a.xml", cancelled), try folder.write("b.xml", bare))
        #expect(reading.failures == [])
        #expect(reading.articles.map(\.article.uri) == ["urn:x:1", "urn:x:2"])
        #expect(reading.articles.map(\.withdrawal) == ["canceled", "withheld"])
    }

    @Test func `entities of a document's own are refused`() throws {
        let folder = try TemporaryFolder()
        let bomb = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\"><!ENTITY a \"aaaa\">]>\n"
        let reading = Reading(
            try folder.write("a.xml", bomb + Self.item.replacing("Three", with: "&f;&a;")),
            try folder.write("b.xml", "<x/>"))
        #expect(reading.articles == [])
        #expect(
            reading.failures.map(\.message) == [
                "it declares entities of its own", "it is neither a feed of RSS, RDF or Atom nor NewsML-G2 or NITF",
            ])
    }

    private static let text = "The harbour board repaired pier five in March, engineer Mira Kolar said."

    @Test(arguments: [
        #""bodies": [{"role": "abstract", "contentType": "text/plain", "value": "Short."}, {"contentType": "text/plain", "value": "TEXT"}]"#,
        #""bodies": [{"role": "abstract", "value": "Short."}, {"role": "main", "contenttype": "text/html", "value": "<p>TEXT</p>"}]"#,
        #""bodies": [{"role": "main", "value": " "}, {"role": "main", "contentType": "application/xhtml+xml", "value": "<p>TEXT</p>"}]"#,
        #""body_text": "", "body_html": "<p>TEXT</p>""#, #""body_xhtml": "<p>TEXT</p>", "body_text": "\n""#,
        #""standard": {"name": "ninjs", "version": "3.0"}, "bodies": [{"role": "caption", "value": "Short."}, {"role": "story", "value": "TEXT"}]"#,
    ])
    func `the text of a ninjs item is the one that its role, and what it holds, say`(bodies: String) throws {
        let item =
            #"{"uri": "urn:x:1", "version": 3, "bylines": [{"byline": "By Ann Lee and Bo Ek"}], \#(bodies.replacing("TEXT", with: Self.text))}"#
        let article = try ArticleReader(place: "p").json(Array(item.utf8))
        #expect(article.article.body == Self.text)
        #expect(article.article.version == "3" && article.hasOwnVersion)
        #expect(article.byline == ["Ann Lee", "Bo Ek"])
    }

    @Test(arguments: ["canceled", "stat:canceled", "http://cv.iptc.org/newscodes/pubstatusg2/canceled", "Cancelled"])
    func `a kill is one however its status is written`(status: String) throws {
        let item = #"{"uri": "urn:x:1", "version": "4", "pubStatus": "\#(status)"}"#
        let article = try ArticleReader(place: "p").json(Array(item.utf8))
        #expect(article.withdrawal == "canceled" && article.article.version == "4")
        let folder = try TemporaryFolder()
        let attribute = status.hasPrefix("http") ? "uri" : "qcode"
        let g2 =
            "<newsItem guid='urn:x:1' version='4'><itemMeta><pubStatus \(attribute)='\(status.lowercased())'/></itemMeta></newsItem>"
        let reading = Reading(try folder.write("a.xml", g2))
        #expect(reading.articles.map(\.withdrawal) == ["canceled"] && reading.articles.map(\.article.version) == ["4"])
    }

    @Test
    func `of the contents of a news item, the one with text is read, and entities are refused wherever they stand`()
        throws
    {
        let folder = try TemporaryFolder()
        let start =
            "<newsItem guid='urn:x:1' version='1'><contentMeta><by>By Ann Lee</by></contentMeta><contentSet><remoteContent href='x'/>"
        let item =
            start
            + "<inlineData contenttype='text/plain'> </inlineData><inlineXML><html><body><p>\(Self.text)</p></body></html></inlineXML></contentSet></newsItem>"
        let bomb = "<!DOCTYPE newsItem [<!ENTITY a 'x'>]>"
        let reading = Reading(
            try folder.write("a.xml", item),
            try folder.write("b.xml", "<!--\(String(repeating: "x", count: 70_000))-->" + bomb + item),
            try folder.write(
                "c.xml",
                "<?xml version='1.0'?><!-- <!ENTITY --> " + item.replacing("</p>", with: " &lt;!ENTITY x&gt;</p>")))
        #expect(reading.bodies == [Self.text, Self.text + " <!ENTITY x>"])
        #expect(reading.articles.first?.byline == ["Ann Lee"])
        #expect(reading.failures.count == 1 && reading.messages.first?.contains("entities") == true)
    }

    @Test func `front matter is read as its tools write it`() throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write(
                "a.md",
                "---\r\ntitle: |\r\n  Pier five\r\n  reopens\r\nauthor:\r\n  name: Ann Lee\r\n  email: a@x\r\nsource: Courier\r\n---\r\nText."
            ),
            try folder.write(
                "b.md",
                "---\nauthors:\n  - name: Ann Lee\n    role: x\n  - Bo Ek\ndescription: >\n  source: not this\nsource: Courier\n---\nText."
            ))
        #expect(reading.articles.map(\.byline) == [["Ann Lee"], ["Ann Lee", "Bo Ek"]])
        #expect(reading.articles.map(\.article.source) == ["Courier", "Courier"])
        #expect(reading.articles.first?.article.headline == "Pier five reopens")
        #expect(reading.bodies == ["Text.", "Text."])
    }

    @Test func `a page and a text are described in a file beside them, of either name and in any encoding`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.html.meta",
            "url: https://news.example/a\ndate: 2024-05-31\nsource: Courier\nlanguage: de\nauthor: Ann Lee\n")
        try folder.write(
            "b.meta", #"{"url": "https://news.example/b", "version": 2, "authors": ["Ann Lee", {"name": "Bo Ek"}]}"#)
        try folder.write(
            "c.txt.meta",
            [0xFF, 0xFE] + "url: https://news.example/c\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        let reading = Reading(
            try folder.write("a.html", "<h1>Pier five reopens</h1><p>\(Self.text)</p>"),
            try folder.write("b.txt", "Text."),
            try folder.write("c.txt", "Text."))
        #expect(reading.articles.map(\.article.uri) == ["a", "b", "c"].map { "https://news.example/\($0)" })
        let page = try #require(reading.articles.first)
        #expect(
            page.article.language == "de" && page.article.source == "Courier"
                && page.article.published == "2024-05-31T00:00:00Z")
        #expect(page.byline == ["Ann Lee"] && page.article.headline == "Pier five reopens")
        #expect(reading.articles[1].byline == ["Ann Lee", "Bo Ek"] && reading.articles[1].article.version == "2")
    }
}
