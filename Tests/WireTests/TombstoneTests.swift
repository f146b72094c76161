import Foundation
import Testing
import Wire

@Suite struct TombstoneTests {
    static let time = "2026-01-01T00:00:00.000Z"
    static let secrets = ["Ida Holt", "nobody's business", "A headline", "Secret source"]

    /// The analysis among the examples of the protocol.
    private static func example() throws -> Analysis {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../protocols/examples/streams/res.json")
        let example = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let frames = try #require(example["frames"] as? [Any])
        let event = try JSONSerialization.data(withJSONObject: frames[2])
        return try JSON.decode(CloudEvent<Analysis>.self, from: Array(event)).data
    }

    private func message<Payload>(_ event: CloudEvent<Payload>, on topic: String) throws -> StreamMessage {
        StreamMessage(
            topic: topic,
            position: Position(
                s: String(topic.prefix(3)), e: Sample.epoch, n: 5, p: 0, id: event.id, ts: Self.time, h: nil),
            body: try JSON.encode(event))
    }

    @Test func `nothing of what a message said is in its tombstone, which is read like the message`() throws {
        let article = Article(
            uri: "urn:x:1", version: "3", headline: "A headline", published: Self.time, source: "Secret source",
            body: "“It is nobody's business,” said Ida Holt.")
        let raw = CloudEvent(of: article, source: "urn:t", time: Self.time)
        let stone = try #require(Tombstone.body(of: try message(raw, on: "raw/1/en/x/"), at: Self.time))
        let read = try JSON.decode(CloudEvent<Article>.self, from: stone)
        #expect(read.id == raw.id && read.subject == "urn:x:1" && read.erased == Self.time)
        #expect(read.data.uri == "urn:x:1" && read.data.version == "3" && read.data.body.isEmpty)

        var analysis = try Self.example()
        analysis.article = .init(to: article)
        #expect(!analysis.quotes.isEmpty && !analysis.claims.isEmpty && !analysis.entities.isEmpty)
        analysis.boilerplate = [Span(0, 3)]
        let result = CloudEvent(of: analysis, from: raw, source: "urn:t", time: Self.time)
        let second = try #require(Tombstone.body(of: try message(result, on: "res/1/en/x/"), at: Self.time))
        let empty = try JSON.decode(CloudEvent<Analysis>.self, from: second)
        #expect(empty.data.quotes.isEmpty && empty.data.claims.isEmpty && empty.data.entities.isEmpty)
        #expect(empty.causationid == raw.id && empty.data.article.sha256 != article.bodyDigest)

        let letter = DeadLetter(
            class: .invalid, code: "c", text: "Ida Holt", pipeline: "p", raw: .init(n: 5, id: raw.id, origin: "o"),
            attempts: [.init(attempt: 1, worker: "w", started: "", ended: "", code: "c", text: "Ida Holt")],
            article: article)
        let third = try #require(
            Tombstone.body(
                of: try message(CloudEvent(of: letter, source: "urn:t", time: Self.time), on: "dlq/1/en/x/"),
                at: Self.time))
        #expect(try JSON.decode(CloudEvent<DeadLetter>.self, from: third).data.uri == "urn:x:1")

        let notice = Notice(kind: Notice.Kind.duplicate, uri: "urn:x:1", targets: [], headline: "A headline")
        let fourth = try #require(
            Tombstone.body(
                of: try message(CloudEvent(of: notice, source: "urn:t", time: Self.time), on: "raw/0/en/x/"),
                at: Self.time))
        for stone in [stone, second, third, fourth] {
            let text = String(decoding: stone, as: UTF8.self)
            for secret in Self.secrets + [article.bodyDigest] { #expect(!text.contains(secret), "\(text)") }
        }
    }

    @Test func `a tombstone has no tombstone, and what is no event none either`() throws {
        let event = CloudEvent(of: Sample.article, source: "urn:t", time: Self.time)
        var stone = try message(event, on: "raw/1/en/x/")
        stone.body = try #require(Tombstone.body(of: stone, at: Self.time))
        #expect(Tombstone.body(of: stone, at: "2027-01-01T00:00:00.000Z") == nil)
        stone.body = Array("{}".utf8)
        #expect(Tombstone.body(of: stone, at: Self.time) == nil)
    }
}
