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
        ("a", "plain\ntext", ["plain\ntext"]), ("a.md", "\n\n# plain", ["\n\n# plain"]),
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
