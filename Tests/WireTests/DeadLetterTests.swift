import Testing
import Wire

@Suite struct DeadLetterTests {
    func letter(_ article: Article?) -> DeadLetter {
        DeadLetter(
            class: .transient, code: "worker-gone", text: "five workers died of it", pipeline: "extract-en/1.0.0",
            raw: .init(e: Sample.epoch, n: 7, id: "x", origin: "tcp://moor:5556"),
            attempts: [
                .init(attempt: 1, worker: "moor:1", started: "s", ended: "e", code: "worker-gone", text: "gone")
            ],
            article: article)
    }

    @Test(arguments: [Sample.article, nil])
    func `a dead letter survives its event`(article: Article?) throws {
        let event = CloudEvent(of: letter(article), source: "urn:example", time: "2024-05-01T12:34:56.789Z")
        let again = try JSON.decode(CloudEvent<DeadLetter>.self, from: try event.body())
        #expect(again.data == letter(article))
        #expect(again.subject == article?.uri)
        #expect(again.causationid == "x")
    }

    @Test func `a dead letter that would be too big leaves its article out`() throws {
        var article = Sample.article
        article.body = String(repeating: "\"", count: Limits.bodyBytes / 2)
        let event = CloudEvent(of: letter(article), source: "urn:example", time: "2024-05-01T12:34:56.789Z")
        let again = try JSON.decode(CloudEvent<DeadLetter>.self, from: try event.body())
        #expect(again.data.article == nil)
        #expect(again.data.uri == article.uri)
    }

    @Test func `each message has one dead letter a pipeline`() {
        var raw = letter(nil).raw
        let first = DeadLetter.identifier(of: raw, by: "p/1")
        #expect(DeadLetter.identifier(of: raw, by: "p/1") == first)
        #expect(DeadLetter.identifier(of: raw, by: "p/2") != first)
        #expect(DeadLetter.identifier(of: raw, by: "p/1", after: first) != first)
        raw.n += 1
        raw.e = "00000000000000ff"
        #expect(DeadLetter.identifier(of: raw, by: "p/1") == first, "restored, it stands elsewhere")
        raw.id = "y"
        #expect(DeadLetter.identifier(of: raw, by: "p/1") != first)
    }
}
