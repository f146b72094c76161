import FoundationEssentials
import TestKit
import Testing

@testable import Pages

@Suite struct PageTests {
    static let sentence = "The ferry will sail again in May, harbour master Ines Duarte said on Monday."

    static func page(_ body: String, head: String = "", attributes: String = "") -> Page {
        Page(Array("<!DOCTYPE html><html \(attributes)><head>\(head)</head><body>\(body)</body></html>".utf8))
    }

    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    @Test func `an article is told from what is around it`() {
        let page = Self.page(
            """
            <nav><a href="/">Harbour Courier</a> <a href="/news">News</a></nav>
            <div class="cookie-banner"><p>We use cookies to make this site better for everybody who reads it, every day.</p></div>
            <main><h1>Ferry to reopen in May</h1><p class="byline">By Ann Lee and Bo Ek</p>
            <p>\(Self.sentence)</p><h2>What it costs</h2><ul><li>Adults: £2</li><li>Children: nothing</li></ul>
            <blockquote><p>“We are glad,” said the mayor, “and so is everyone on the island.”</p></blockquote>
            <figure><img src="x"><figcaption>The ferry last year, before it was taken out of service for good.</figcaption></figure>
            <div class="newsletter"><p>Sign up for our newsletter and get the best of the harbour every week in your inbox.</p></div>
            <p>It was built in 1964 and carries 300 people.</p></main>
            <section class="related"><h3><a href="/2">Bridge closed</a></h3><p>The bridge is closed, the council said on Sunday evening.</p></section>
            <div id="comments"><p>I shall believe it when I see it, said somebody who was not asked at all.</p></div>
            <footer><p>© Harbour Courier, all rights reserved, and so on and so forth.</p></footer>
            """)
        #expect(
            page.paragraphs == [
                Self.sentence, "What it costs", "Adults: £2", "Children: nothing",
                "“We are glad,” said the mayor, “and so is everyone on the island.”",
                "It was built in 1964 and carries 300 people.",
            ])
        #expect(page.headline == "Ferry to reopen in May")
        #expect(page.byline == ["Ann Lee", "Bo Ek"])
        #expect(page.publisher == "Harbour Courier")
    }

    @Test func `structured data comes first, with what publishers leave in it`() {
        let page = Self.page(
            "<h1>Ferry to reopen</h1><p>\(Self.sentence)</p><time datetime=\"2020-01-01\">1 January</time>",
            head: """
                <base href="https://news.example/a/"><link rel="canonical" href="../ferry">
                <script type="application/ld+json">/* x */ {"@context": "https://schema.org", "@graph": [{"@type": ["NewsArticle"],
                "headline": "Ferry\u{0A} to reopen", "datePublished": "2024-05-31T18:00:00+0200", "author": [{"@type": "Person", "name": "Ann
                Lee"}, {"@id": "#bo"}, {"@type": "Organization", "name": "Press Office"}], "publisher": {"name": "Harbour &amp; Sea"},},
                {"@type": "Person", "@id": "#bo", "name": "Bo Ek"}]}</script>
                """, attributes: "lang=en-GB")
        #expect(page.byline == ["Ann Lee", "Bo Ek"])
        #expect(page.published == "2024-05-31T18:00:00+02:00")
        #expect(page.publisher == "Harbour & Sea")
        #expect(page.address == "https://news.example/ferry")
        #expect(page.language == "en-GB")
    }

    @Test(arguments: [
        ("<link rel=canonical href=https://m.news.example/pier?utm_source=x#top>", "https://m.news.example/pier", nil),
        ("<link rel=canonical href=/pier>", "https://news.example/pier", nil),
        ("<link rel=canonical href=https://other.example/1>", nil, "https://other.example/1"),
        ("<base href=https://other.example/><link rel=canonical href=1>", nil, "https://other.example/1"),
        ("<meta property=og:url content=https://other.example/1>", nil, "https://other.example/1"),
        (
            "<link rel=canonical href=https://other.example/1><meta property=og:url content=http://www.news.example/pier>",
            "http://www.news.example/pier", nil
        ),
        // A start page for every article; and an address that structured data alone gives.
        ("<link rel=canonical href=/>", nil, nil),
        (
            "<link rel=canonical href=/><script type=application/ld+json>{\"@type\": \"NewsArticle\", \"mainEntityOfPage\": "
                + "{\"@type\": \"WebPage\", \"@id\": \"https://news.example/pier\"}}</script>",
            "https://news.example/pier", nil
        ),
        (
            "<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"url\": \"https://other.example/1\"}</script>",
            nil,
            "https://other.example/1"
        ),
    ])
    func `a page gives itself no address of another site`(head: String, address: String?, foreign: String?) {
        let html = Array("<html><head>\(head)</head><body><p>\(Self.sentence)</p></body></html>".utf8)
        let page = Page(html, address: "https://www.news.example/pier?page=2")
        let resolved = address.map { $0.replacing("https://news.example/", with: "https://www.news.example/") }
        #expect([address, resolved].contains(page.address))
        #expect(page.foreignAddress == foreign)
        // Of a file nobody knows where it came from.
        let file = Page(html)
        #expect(file.foreignAddress == nil)
        if let foreign, !head.contains("og:url content=http://www") { #expect(file.address == foreign) }
    }

    @Test(arguments: [
        ("utf-8", "<meta charset=utf-8>"), ("windows-1252", "<meta charset=windows-1252>"), ("windows-1252", ""),
        ("utf-8", "<meta charset=iso-8859-1>"), ("windows-1252", "<meta charset=utf-8>"), ("utf-16le", ""),
        ("utf-16", ""),
        ("utf-8", ""),
    ])
    func `a page is read in the encoding that it has, whatever it declares`(encoding: String, head: String) throws {
        let folder = try TemporaryFolder()
        let text = "“Übermut” – said Zoë in Málaga, and it was café after café for all of them."
        let file = try folder.write("page", "<html><head>\(head)</head><body><p>\(text)</p></body></html>")
        let target = folder.path("converted")
        let iconv = try ProcessRunner("/usr/bin/iconv", ["-f", "utf-8", "-t", encoding, "-o", target, file])
        #expect(try iconv.waitForExit() == 0)
        #expect(Page(try Self.bytes(folder.path("converted"))).paragraphs == [text])
    }

    @Test(arguments: [
        ("shift_jis", "日本のニュースです。首相は「来月」と語った。"), ("euc-kr", "한국의 뉴스입니다. 장관은 말했다."), ("gb2312", "这是一条新闻。部长说，明年会更好。"),
        ("windows-1251", "Это новость. Министр сказал, что всё будет хорошо."), ("big5", "這是一條新聞。部長說，明年會更好。"),
        ("iso-8859-2", "To jest wiadomość. Minister powiedział, że będzie dobrze."),
    ])
    func `declared encodings of the world are read, from the page or from its server`(encoding: String, text: String)
        throws
    {
        let folder = try TemporaryFolder()
        for head in ["<meta http-equiv=Content-Type content='text/html; charset=\(encoding)'>", ""] {
            let file = try folder.write("page", "<html><head>\(head)</head><body><p>\(text)</p></body></html>")
            let iconv = try ProcessRunner(
                "/usr/bin/iconv", ["-f", "utf-8", "-t", encoding, "-o", folder.path("x"), file])
            #expect(try iconv.waitForExit() == 0)
            let page = Page(try Self.bytes(folder.path("x")), charset: head.isEmpty ? encoding : nil)
            #expect(page.paragraphs == [text])
        }
    }

    @Test func `a page cut anywhere is read as far as it goes`() throws {
        let bytes = try WrittenPages.bytes(of: "01")
        for end in stride(from: 0, through: bytes.count, by: 97) { _ = Page(Array(bytes[..<end])) }
        #expect(Page([]).paragraphs == [])
        #expect(Page(Array("<p>\(Self.sentence)".utf8)).paragraphs == [Self.sentence])
    }

    // None of these may take longer than its size allows: a quadratic step in one would take hours.
    @Test(arguments: [
        String(repeating: "<div>", count: 10_000) + "<p>\(sentence)",
        String(repeating: "<div>", count: 100_000) + "<p>\(sentence)",
        String(repeating: "<b><p>", count: 50_000) + "<p>\(sentence)",
        String(repeating: "<table><tr><td>", count: 20_000) + "<p>\(sentence)",
        "<p>\(sentence)" + String(repeating: "<div>", count: 20_000) + String(repeating: "</i>", count: 100_000),
        "<p>\(sentence)</p><p " + (0..<100_000).map { "a\($0)=x" }.joined(separator: " ") + ">",
        String(repeating: "<div class=author rel=author>", count: 100_000) + "<p>\(sentence)",
        String(repeating: "<h1 class=headline>", count: 100_000) + "</h1><p>\(sentence)",
        "<script type=application/ld+json>" + String(repeating: "[{\"a\":", count: 100_000) + "</script><p>\(sentence)",
    ])
    func `a hostile page is an article, too`(body: String) {
        #expect(Page(Array(body.utf8)).paragraphs.joined().contains(Self.sentence))
    }

    // A hundred thousand elements that hold nothing cost little, and nothing of the text around them.
    @Test(arguments: [
        "<p>", "<p></p>\n", "<p class=x>&nbsp;</p>", "<br>", "<div>", "<li>", "<span>", "<b>", "<td>", "<dd>",
        "<p title=x></p>", "</p>",
        "<!---->", "<img alt=x>", "<meta name=a content=b>",
    ])
    func `a page of empty elements loses nothing`(filler: String) {
        let lines = (0..<6).map { "\(Self.sentence) That was said \($0) times." }
        let filler = String(repeating: filler, count: 100_000)
        let text = lines.map { "<p>\($0)</p>" }
        let html = text[..<3].joined() + filler + text[3...].joined()
        #expect(Page(Array("<html><body>\(html)</body></html>".utf8)).paragraphs == lines)
    }

    @Test(arguments: [
        ("a <b>b</b><i></i> c<span> </span>d", ["a b c d"]), ("a<p></p>b", ["a", "b"]),
        ("a<div><p> </p></div>b<br><br><br>c", ["a", "b", "c"]),
        ("<b>a<p></p>b</b>", ["a", "b"]), ("<ul><li></li><li>a</li> <li>b</ul>c", ["a", "b", "c"]),
        ("a<br>b<hr>c", ["a b", "c"]),
        (String(repeating: "<div>", count: 20_100) + "<p>a</p><p>b <i>c</i> d</p></div>e", ["a", "b c d", "e"]),
        (String(repeating: "<b>", count: 50_000) + "a</b>b", ["ab"]),
    ])
    func `elements without text part what they stand between, and nothing else`(html: String, paragraphs: [String]) {
        #expect(Page.paragraphs(ofFragment: html) == paragraphs)
    }

    @Test(arguments: [
        ("Pier five reopens", "Pier five reopens", nil),
        ("Pier five reopens | Harbour Board", "Pier five reopens", "Harbour Board"),
        ("第五埠頭が再開 | 港湾新聞", "第五埠頭が再開", "港湾新聞"), ("Harbour blog: Pier five reopens", "Pier five reopens", nil),
    ])
    func `a headline is nobody's name`(title: String, headline: String, publisher: String?) {
        let page = Self.page(
            "<h1>\(headline)</h1><p>\(Self.sentence)</p><p>\(Self.sentence) Again.</p>", head: "<title>\(title)</title>"
        )
        #expect(page.publisher == publisher)
        #expect(page.headline == headline)
    }

    @Test(arguments: [
        "Page not found", "404", "404 - Courier", "Seite nicht gefunden", "Just a moment...",
        "Before you continue to Courier", "Access denied",
        "页面不存在", "Log in",
    ])
    func `a notice of a site is no article`(title: String) {
        for head in ["<title>\(title)</title>", ""] {
            let heading = head.isEmpty ? title : "Courier"
            let page = Self.page(
                "<h1>\(heading)</h1><p>Sorry, something has to be done before you may read this.</p>", head: head)
            #expect(page.isNotice)
        }
        let long = (0..<20).map { "<p>\(Self.sentence) \($0)</p>" }.joined()
        #expect(!Self.page("<h1>\(title)</h1>\(long)").isNotice)
    }

    @Test(arguments: [
        "404 dead in the bay", "Consenting adults", "Not foundering yet", "Signing in blood", "Log into history",
        "Forbiddenly cheap",
    ])
    func `an article may be called nearly so`(title: String) {
        #expect(!Self.page("<h1>\(title)</h1><p>\(Self.sentence)</p>", head: "<title>\(title)</title>").isNotice)
    }

    @Test(arguments: [
        "//<![CDATA[\nJSON\n//]]>", "<!--\nJSON\n-->", "/*<![CDATA[*/JSON/*]]>*/",
        "// [a remark]\n/* {another} */ JSON", "\u{FEFF}JSON;",
    ])
    func `structured data is found in whatever is around it`(wrapping: String) {
        let json =
            #"{"@type": "NewsArticle", "datePublished": "31 May 2024 18:00 BST", "author": "By Ann Lee & Bo Ek", "isAccessibleForFree": false}"#
        let page = Self.page(
            "<h1>Pier five</h1><p>\(Self.sentence)</p>",
            head: "<script type=\"application/ld+json\">\(wrapping.replacing("JSON", with: json))</script>")
        #expect(page.published == "2024-05-31T18:00:00+01:00")
        #expect(page.byline == ["Ann Lee", "Bo Ek"])
        #expect(page.isTeaser)
    }

    @Test(arguments: [
        ("By Ann Lee in Ostrava, Bo Ek in Prague", ["Ann Lee", "Bo Ek"]),
        ("Von Jörg Öttinger, Berlin", ["Jörg Öttinger"]),
        ("By Ann Lee, Health Correspondent, and Bo Ek, Science Editor", ["Ann Lee", "Bo Ek"]),
        ("By Dr. Ann Lee, PhD, M.D.", ["Dr. Ann Lee"]),
        ("By Jean d’Arc and BO EK for the Harbour Courier", ["Jean d’Arc", "BO EK"]), ("作者：李娜", ["李娜"]),
        ("Текст: Иван Петров", ["Иван Петров"]),
        ("Words by Ann Lee Photos by Bo Ek", ["Ann Lee"]), ("By Reuters", []),
    ])
    func `a byline names its authors, and neither their towns nor their jobs`(line: String, names: [String]) {
        #expect(
            Self.page("<h1>Pier five reopens</h1><div class=byline>\(line)</div><p>\(Self.sentence)</p>").byline
                == names)
    }

    @Test(arguments: [
        ("31-05-2024", "2024-05-31"), ("Friday 31 May 2024 17.12 BST", "2024-05-31T17:12:00+01:00"),
        ("2024年5月31日 18時05分", "2024-05-31T18:05:00Z"),
        ("2024년 5월 31일", "2024-05-31"), ("31 мая 2024 г.", "2024-05-31"), ("31 maja 2024", "2024-05-31"),
        ("5/6/2024", nil),
    ])
    func `a date is read as a reader sees it`(line: String, date: String?) {
        let page = Self.page("<main><h1>Pier five reopens</h1><div>\(line)</div><p>\(Self.sentence)</p></main>")
        #expect(page.published == date)
    }

    @Test func `what is asked of readers who have not paid is no text, and a kicker no part of a headline`() {
        let page = Self.page(
            """
            <article><header><h2><span>Harbour</span><span>Pier five reopens</span></h2></header><p>\(Self.sentence)</p>
            <p>“It will hold,” she said at the harbour on Monday.</p><p>Il vous reste 70.5% de cet article à lire. La suite est réservée aux abonnés.</p>
            <p>Weiterlesen mit SPIEGEL+</p><p>This post is for paid subscribers</p></article>
            """, head: "<title>Pier five reopens – Courier</title><meta property=og:title content='Pier five reopens'>")
        #expect(page.paragraphs == [Self.sentence, "“It will hold,” she said at the harbour on Monday."])
        #expect(page.headline == "Pier five reopens")
    }

    @Test func `a zero byte is nothing`() {
        #expect(
            Page(Array("<p>The har\u{0}bour board opened pier five\u{0} again, she said.</p>\u{0}".utf8)).paragraphs
                == ["The harbour board opened pier five again, she said."])
    }
}
