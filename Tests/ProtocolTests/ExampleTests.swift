import Foundation
import Testing
import Wire

@Suite struct ExampleTests {
    /// Decodes and encodes an event's payload too, since messages leave their body alone.
    static func eventThroughWire(_ body: Frame) throws -> Frame {
        struct Kind: Decodable { var type: String }
        switch try JSON.decode(Kind.self, from: body).type {
        case EventType.article: return try JSON.encode(JSON.decode(CloudEvent<Article>.self, from: body))
        case EventType.analysis: return try JSON.encode(JSON.decode(CloudEvent<Analysis>.self, from: body))
        case EventType.deadLetter: return try JSON.encode(JSON.decode(CloudEvent<DeadLetter>.self, from: body))
        case EventType.notice: return try JSON.encode(JSON.decode(CloudEvent<Notice>.self, from: body))
        case let other: throw WireError(400, "bad-event", other)
        }
    }

    static func expectSame(_ example: Example) throws {
        let before = try example.bytes()
        var after = try example.throughWire()
        #expect(before.count == after.count)
        let isReport = after.count > 1 && after[1] == Array("REPORT".utf8)
        let carriesEvent =
            example.protocol == .stream || example.protocol != .ingest && [7, 5].contains(after.count) && !isReport
        if carriesEvent { after[after.count - 1] = try eventThroughWire(try #require(after.last)) }
        for (old, new) in zip(before, after) where old != new {
            #expect(
                try JSONDecoder().decode(Value.self, from: Data(old))
                    == JSONDecoder().decode(Value.self, from: Data(new)))
        }
    }

    @Test(arguments: try Example.files())
    func `an example says the same after decoding and encoding`(file: String) throws {
        try Self.expectSame(try Example.read(file))
    }

    @Test func `the examples of the specification say the same after decoding and encoding`() throws {
        let examples = try Example.documented()
        #expect(examples.count >= 6)
        for example in examples { try Self.expectSame(example) }
    }

    @Test func `malformed examples are refused with the code and reason they name`() throws {
        let examples = try Example.malformed()
        #expect(examples.count >= 30)
        for example in examples {
            let error = #expect(throws: WireError.self, "\(example.title)") { try example.throughWire() }
            #expect(error?.code == example.code, "\(example.title)")
            #expect(error?.reason == example.reason, "\(example.title)")
        }
    }

    @Test func `identifiers in the examples are those that the code makes`() throws {
        let raw = try JSON.decode(CloudEvent<Article>.self, from: try Example.read("streams/raw.json").bytes()[2])
        #expect(raw.data.identifier() == raw.id)
        #expect(raw.data.topic.text == "raw/1/en/harbour-courier/")
        let result = try JSON.decode(CloudEvent<Analysis>.self, from: try Example.read("streams/res.json").bytes()[2])
        #expect(Analysis.ArticleReference(to: raw.data) == result.data.article)
        #expect(Analysis.identifier(of: result.data.article, by: result.data.pipeline) == result.id)
        for quote in result.data.quotes {
            let content = quote.content
            #expect(
                Analysis.identifier(of: "quote", in: result.id, spans: content.spans, text: content.text) == quote.id)
        }
        for claim in result.data.claims {
            #expect(Analysis.identifier(of: "claim", in: result.id, spans: claim.spans, text: claim.text) == claim.id)
        }
        let letter = try JSON.decode(CloudEvent<DeadLetter>.self, from: try Example.read("streams/dlq.json").bytes()[2])
        #expect(DeadLetter.identifier(of: letter.data.raw, by: letter.data.pipeline) == letter.id)
        #expect(letter.data.article == raw.data)
    }

    @Test func `the schemas name the events that the code makes`() throws {
        struct Schema: Decodable {
            enum CodingKeys: String, CodingKey { case id = "$id" }
            var id: String
        }
        for (file, id) in [
            ("article", EventSchema.article), ("analysis", EventSchema.analysis),
            ("dead-letter", EventSchema.deadLetter), ("notice", EventSchema.notice),
        ] {
            let data = try Data(contentsOf: Example.folder.appending(path: "schemas/\(file).json"))
            #expect(try JSONDecoder().decode(Schema.self, from: data).id == id)
        }
    }
}
