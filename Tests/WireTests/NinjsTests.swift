import Testing
import Wire

@Suite struct NinjsTests {
    func read(_ text: String) throws -> Article { try JSON.decode(Article.self, from: Array(text.utf8)) }

    @Test func `an article survives its event`() throws {
        let event = CloudEvent(of: Sample.article, source: "urn:example", time: "2024-05-01T12:34:56.789Z")
        let again = try JSON.decode(CloudEvent<Article>.self, from: try JSON.encode(event))
        #expect(again.data == Sample.article)
        #expect(again.id == Sample.article.identifier())
        #expect(again.partitionkey == Sample.article.uri)
    }

    @Test func `an article without headline, date and source survives`() throws {
        let article = Article(uri: "urn:x:1", body: "")
        #expect(try JSON.decode(Article.self, from: try JSON.encode(article)) == article)
    }

    @Test func `ninjs 1.x is read`() throws {
        let article = try read(
            #"""
            {"uri": "urn:x:1", "type": "text", "versioncreated": "2022-11-18T10:00:00Z", "language": "en", "by": "A. N.",
             "headline": "Ferry sails", "body_html": "<p>It sails.</p>", "body_text": "It sails.",
             "infosource": [{"literal": "harbour"}]}
            """#)
        let expected = Article(
            uri: "urn:x:1", headline: "Ferry sails", published: "2022-11-18T10:00:00Z", source: "harbour",
            body: "It sails.")
        #expect(article == expected)
    }

    @Test func `ninjs 2.x is read, main before other bodies and plain before markup`() throws {
        let article = try read(
            #"""
            {"uri": "urn:x:1", "version": "7", "firstcreated": "2022-11-17T10:00:00Z", "language": "de",
             "headlines": [{"role": "short", "value": "Fähre"}, {"role": "main", "value": "Fähre fährt"}],
             "bodies": [{"contenttype": "text/html", "role": "main", "value": "<p>Sie fährt.</p>"},
                        {"contenttype": "text/plain; charset=utf-8", "value": "Sie fährt."},
                        {"role": "main", "value": "Sie fährt wieder."}],
             "infosources": [{"role": "x"}, {"name": "Hafenbote", "uri": "urn:y"}]}
            """#)
        #expect(article.version == "7")
        #expect(article.headline == "Fähre fährt")
        #expect(article.body == "Sie fährt wieder.")
        #expect(article.published == "2022-11-17T10:00:00Z")
        #expect(article.source == "Hafenbote")
    }

    @Test func `an item without a language is of an unknown one`() throws {
        #expect(try read(#"{"uri": "urn:x:1", "bodies": [{"value": "x"}]}"#).language == "und")
    }

    @Test(arguments: [
        #"{"uri": "urn:x:1", "bodies": [{"contentType": "text/html", "value": "<p>It sails.</p>"}]}"#,
        #"{"uri": "urn:x:1", "body_xhtml": "<p>It sails.</p>"}"#,
        #"{"uri": "urn:x:1", "headline": "Ferry"}"#, #"{"uri": "urn:x:1", "bodies": []}"#,
    ])
    func `an item without plain text says so`(text: String) {
        let error = #expect(throws: WireError.self) { try read(text) }
        #expect(error?.reason == "no-plain-text")
        #expect(error?.message.contains("urn:x:1") == true)
    }

    @Test(arguments: [
        "{}", #"{"uri": ""}"#, #"{"uri": 1, "bodies": [{"value": "x"}]}"#, #"{"uri": "u", "bodies": [{"value": 1}]}"#,
        #"{"uri": "u", "bodies": "x"}"#, #"{"uri": "u", "bodies": [{}]}"#, "[]",
    ])
    func `what is no item is an error`(text: String) {
        #expect(throws: WireError.self) { try read(text) }
    }

    @Test(arguments: [
        (#""specversion":"1.0""#, #""specversion":"0.3""#), (#""id":""#, #""id":"","x":""#),
        ("application/json", "text/xml"),
    ])
    func `another kind of event is refused`(old: String, new: String) throws {
        let event = CloudEvent(of: Sample.article, source: "urn:example", time: "2024-05-01T12:34:56.789Z")
        let text = String(decoding: try JSON.encode(event), as: UTF8.self)
        let error = #expect(throws: WireError.self) {
            try JSON.decode(CloudEvent<Article>.self, from: Array(text.replacing(old, with: new).utf8))
        }
        #expect(error?.reason == "bad-event")
    }
}
