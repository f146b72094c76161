@testable import Ingest
import TestKit
import Testing
import Wire

@Suite struct FormatTests {
    @Test func `plain text is the body as it is, its first line the headline too`() throws {
        let folder = try TemporaryFolder()
        let text = "\n  A headline \n\nThe “first” paragraph.\n\nThe end"
        let file = try folder.write("a b.txt", text)
        let reading = Reading(file)
        let expected = Article(
            uri: "file://\(folder.path)/a%20b.txt", headline: "A headline", source: "local", body: text)
        #expect(reading.articles == [IncomingArticle(article: expected, hasOwnVersion: false, place: file)])
    }

    @Test(arguments: [
        ("MEDIA RELEASE – FOR IMMEDIATE RELEASE\n\nBattery to be built\n\nText.", "Battery to be built"),
        ("Press Release\nFor immediate release:\n\nBattery to be built", "Battery to be built"),
        ("Press release angers mayor\n\nText.", "Press release angers mayor"), ("PRESS RELEASE\n", "PRESS RELEASE"),
    ])
    func `the headline of a press release stands under what says that it is one`(text: String, headline: String) throws
    {
        let folder = try TemporaryFolder()
        let article = Reading(try folder.write("a.txt", text)).articles.first?.article
        #expect(article?.headline == headline)
        #expect(article?.body == text)
    }

    @Test func `the simple object gives every field`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.json",
            """
            {"uri": "https://user@News.example:8080/1", "version": 3, "headline": "H\\nh", "language": "en_GB",
             "published": "2024-05-31", "body": "Text.\\r\\nMore\\u0000.", "unknown": [1]}
            """)
        let expected = Article(
            uri: "https://user@News.example:8080/1", version: "3", headline: "H h", language: "en-GB",
            published: "2024-05-31T00:00:00Z", source: "news.example", body: "Text.\nMore .")
        #expect(Reading(file).articles == [IncomingArticle(article: expected, hasOwnVersion: true, place: file)])
    }

    @Test func `ninjs is told apart by its bodies`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.json",
            """
            {"uri": "urn:x:1", "version": "7", "language": "en", "versionCreated": "2024-05-31T10:00:00Z",
             "headlines": [{"value": "H"}], "infoSources": [{"name": "AFP"}], "bodies": [{"value": "Text."}]}
            """)
        let expected = Article(
            uri: "urn:x:1", version: "7", headline: "H", language: "en", published: "2024-05-31T10:00:00Z",
            source: "AFP", body: "Text.")
        #expect(Reading(file).articles == [IncomingArticle(article: expected, hasOwnVersion: true, place: file)])
    }

    @Test func `what the wire writes is read back the same`() throws {
        let article = Article(
            uri: "urn:x:1", version: "2", headline: "H", language: "en-GB", published: "2024-05-31T10:00:00Z",
            source: "AFP", body: "“Text”, he said.\n")
        let folder = try TemporaryFolder()
        let file = try folder.write("a.json", try JSON.encode(article))
        #expect(Reading(file).articles.map(\.article) == [article])
    }

    @Test func `JSON lines are articles one by one, with blank lines left out`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.jsonl", "{\"body\": \"one\"}\n\n  \n{\"uri\": \"x:1\", \"body\": \"two\"}\r\n{\"body\": \"three\"}")
        let reading = Reading(file)
        #expect(reading.bodies == ["one", "two", "three"])
        #expect(reading.articles.map(\.place) == ["\(file):1", "\(file):4", "\(file):5"])
        #expect(
            reading.articles.map(\.article.uri) == [
                "file://\(file)#line=1", "x:1", "file://\(file)#line=5",
            ])
        #expect(reading.failures == [])
    }

    @Test(arguments: [
        ("a", "plain\ntext", ["plain\ntext"]), ("a.log", "\n\n# plain", ["\n\n# plain"]),
        ("a", "{\"body\": \"one\"}\n{\"body\": \"two\"}\n", ["one", "two"]),
        ("a", "\n{\n  \"body\": \"one\"\n}\n", ["one"]), ("a", "\u{feff}{\"body\": \"one\"}\n", ["one"]),
    ])
    func `a file whose name does not tell is read by its first line`(
        name: String, text: String, bodies: [String]
    ) throws {
        let folder = try TemporaryFolder()
        let reading = Reading(try folder.write(name, text))
        #expect(reading.bodies == bodies)
        #expect(reading.failures == [])
    }

    @Test(arguments: [
        ([0xEF, 0xBB, 0xBF, 0x61], "a"), (Array("a\r\nb\rc\r\r\n\n".utf8), "a\nb\nc\n\n\n"),
        (Array("a\0b\u{1b}[c\td\u{7f}".utf8), "a b [c\td "), (Array("é\u{85}\u{9f}\u{a0}–".utf8), "é  \u{a0}–"),
        (Array("e\u{301}\u{2028}\u{feff}x\r".utf8), "e\u{301}\u{2028}\u{feff}x\n"),
    ])
    func `text is normalised without moving anything else`(bytes: [UInt8], body: String) throws {
        let folder = try TemporaryFolder()
        let reading = Reading(try folder.write("a.txt", bytes))
        #expect(reading.bodies.map { Array($0.unicodeScalars) } == [Array(body.unicodeScalars)])
    }

    @Test(arguments: ["utf-16", "utf-32", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "utf-8"])
    func `a byte order mark is understood`(encoding: String) throws {
        let folder = try TemporaryFolder()
        let text = "“Ærø”, sagde hun. 𝔘 Да.\n"
        let files: [(String, String, [String])] = [
            ("a.txt", text, [text]), ("a.json", "{\n\"body\": \"ж\"}", ["ж"]), ("a", text, [text]),
            ("a.jsonl", "{\"body\": \"ø\"}\n{\"body\": \"𝔘\"}\n", ["ø", "𝔘"]),
        ]
        for (name, text, bodies) in files {
            // iconv writes the mark itself where the order of bytes is left to it.
            let marked = try folder.write("utf8", encoding.count == 6 ? text : "\u{feff}" + text)
            let iconv = try ProcessRunner(
                "/usr/bin/iconv", ["-f", "utf-8", "-t", encoding, "-o", folder.path(name), marked])
            #expect(try iconv.waitForExit() == 0)
            #expect(Reading(folder.path(name)).bodies == bodies)
        }
    }

    @Test func `a half of a surrogate pair and a date that is none cost no article, and are said`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.jsonl",
            #"""
            {"body": "a \ud83d b \ud83d\ude00 c \ude00\ud83d"}
            {"body": "b", "published": "yesterday"}
            {"body": "c", "published": ["x"]}
            {"body": "d", "published": 1717178400}
            {"body": "e", "published": "Fri, 31 May 2024 18:00:00 +0200"}
            {"body": "f", "published": "2024-05-31T18:00:00+0200"}
            """#)
        let reading = Reading(file)
        #expect(reading.bodies == ["a \u{fffd} b 😀 c \u{fffd}\u{fffd}", "b", "c", "d", "e", "f"])
        #expect(
            reading.articles.map(\.article.published) == [
                nil, nil, nil, "2024-05-31T18:00:00.000Z", "2024-05-31T18:00:00+02:00", "2024-05-31T18:00:00+02:00",
            ])
        #expect(reading.failures == [])
        #expect(reading.remarks.count == 2)
        #expect(
            reading.remarks.first?.hasPrefix("\(file):1: half of a surrogate pair stands alone at column 13") == true)
        #expect(
            reading.remarks.last?.hasPrefix("\(file):2: \"published\" is no time and left out: 'yesterday'") == true)
    }

    @Test func `a key that is not known is said once, with the nearest one`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "a.jsonl",
            """
            {"body": "a", "url": "x:1", "titel": "H", "Publisher": "P", "zzzzzzz": 1}
            {"body": "b", "url": "x:2"}
            """)
        let reading = Reading(file)
        #expect(reading.bodies == ["a", "b"])
        #expect(
            reading.remarks == [
                "\(file):1: the key \"Publisher\" is not known and left out; did you mean \"source\"?",
                "\(file):1: the key \"titel\" is not known and left out",
                "\(file):1: the key \"url\" is not known and left out; did you mean \"uri\"?",
                "\(file):1: the key \"zzzzzzz\" is not known and left out",
            ])
    }

    @Test func `references to characters are decoded in body and headline`() throws {
        let folder = try TemporaryFolder()
        let reading = Reading(
            try folder.write(
                "a.txt", "A &amp; B\n\n&ldquo;It&#8217;s gone,&quot; AT&T &copy 5&nbsp;% &bogus; &#x110000;"),
            try folder.write("a.json", #"{"headline": "A &amp;amp; B", "body": "&Aelig;r&oslash; &apos;&#151;&#0;"}"#))
        #expect(
            reading.bodies == ["A & B\n\n“It’s gone,\" AT&T &copy 5\u{a0}% &bogus; &#x110000;", "&Aelig;rø '—&#0;"])
        #expect(reading.articles.map(\.article.headline) == ["A & B", "A &amp; B"])
    }

    @Test func `a headline of any length is cut`() throws {
        let folder = try TemporaryFolder()
        let reading = Reading(try folder.write("a.txt", String(repeating: "x", count: 10_000)))
        #expect(reading.articles.first?.article.headline.count == 500)
        #expect(reading.articles.first?.article.body.count == 10_000)
    }

    @Test(arguments: [
        ("Hello World!", "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk")
    ])
    func `an article of a stream without a URI is named by its text, as RFC 6920 writes it`(
        text: String, uri: String
    ) throws {
        #expect(try ArticleReader(place: "-").plainText(Array(text.utf8)).article.uri == uri)
    }
}
