import Ingest
import Journal
import Service
import TestKit
import Testing
import Wire

@testable import ProducerService

@Suite struct RecordingTests {
    private let journal = MemoryJournal()

    private func article(_ uri: String, _ body: String, version: String? = nil) -> IncomingArticle {
        IncomingArticle(
            article: Article(uri: uri, version: version ?? "1", body: body), hasOwnVersion: version != nil,
            place: "test")
    }

    private func names(_ outcomes: [Recording.Outcome]) -> [String] {
        outcomes.map {
            switch $0 {
            case .recorded(_, let position): "\(position.n)"
            case .known: "known"
            case .refused(let error): "\(error.code)"
            }
        }
    }

    @Test func `says of each article of a batch what became of it`() throws {
        let recording = Recording(journal: journal, metrics: Metrics(), published: {})
        let batch = [
            article("urn:a", "One."), article("urn:a", "One."), article("urn:a", "Two."),
            article("urn:b", String(repeating: "\u{1}", count: 3 << 20)), article("urn:b", "Small."),
        ]
        #expect(names(try recording.record(batch)) == ["1", "known", "2", "413", "3"])
        #expect(names(try recording.record(batch)) == ["known", "known", "known", "413", "known"])
        let versions = try journal.read("raw", from: 1, prefix: "", maxCount: 10, maxBytes: 1 << 20).map {
            try JSON.decode(CloudEvent<Article>.self, from: $0.body).data.version
        }
        #expect(versions == ["1", "2", "1"])
    }

    private func withdrawal(_ uri: String, version: String? = nil, occasion: String? = nil) -> IncomingArticle {
        var incoming = article(uri, "", version: version)
        (incoming.withdrawal, incoming.occasion) = ("canceled", occasion)
        return incoming
    }

    private func article(_ uri: String, _ body: String, entry: String) -> IncomingArticle {
        var incoming = article(uri, body)
        incoming.entry = entry
        return incoming
    }

    /// What a reader of the whole stream takes for current, by the rule of the protocol.
    private func current() throws -> [String] {
        var gone: Set<String?> = []
        var bodies: [(id: String, body: String)] = []
        for message in try journal.read("raw", from: 1, prefix: "", maxCount: 100, maxBytes: 1 << 20) {
            guard try !Topic(message.topic).isNotice else {
                let notice = try JSON.decode(CloudEvent<Notice>.self, from: message.body).data
                if notice.kind == Notice.Kind.withdrawal { gone.formUnion(notice.targets.map(\.id)) }
                continue
            }
            let event = try JSON.decode(CloudEvent<Article>.self, from: message.body)
            gone.insert(event.supersedes)
            if event.supersededby != nil { gone.insert(event.id) }
            bodies.append((event.id, event.data.body))
        }
        return bodies.filter { !gone.contains($0.id) }.map(\.body)
    }

    @Test func `what is current is right in whatever order versions and withdrawals come, and when they come again`()
        throws
    {
        let histories: [(items: [IncomingArticle], current: [String])] = [
            ([article("a", "1", version: "1"), withdrawal("a", version: "2"), article("a", "3", version: "3")], ["3"]),
            // The withdrawal before what it takes back.
            ([withdrawal("b", version: "2", occasion: "b2"), article("b", "1", version: "1")], []),
            ([withdrawal("c", version: "2"), article("c", "3", version: "3"), article("c", "1", version: "1")], ["3"]),
            // A version that comes late, behind a withdrawal without a version; and a withdrawal that comes late.
            ([article("d", "5", version: "5"), withdrawal("d"), article("d", "4", version: "4")], []),
            ([article("e", "1", version: "1"), article("e", "3", version: "3"), withdrawal("e", version: "2")], ["3"]),
            // Without any version, an order is that of reading.
            ([article("f", "1"), withdrawal("f", occasion: "f2"), article("f", "3")], ["3"]),
            ([withdrawal("g", occasion: "g1"), withdrawal("g", occasion: "g0"), article("g", "2")], ["2"]),
            (
                [
                    article("h", "1", version: "a"), withdrawal("h", version: "b", occasion: "h2"),
                    article("h", "3", version: "c"),
                ], ["3"]
            ),
            // By the identifier of a feed's entry.
            (
                [
                    article("i", "1", entry: "tag:i"),
                    {
                        var gone = withdrawal("tag:i", occasion: "i1")
                        gone.entry = "tag:i"
                        return gone
                    }(),
                ], []
            ),
        ]
        let recording = Recording(journal: journal, metrics: Metrics(), published: {})
        for _ in 0..<3 {
            for history in histories { for item in history.items { _ = try recording.record([item]) } }
            #expect(try current() == histories.flatMap(\.current))
        }
        let count = try journal.state(of: "raw").last
        for history in histories { _ = try recording.record(history.items) }
        #expect(try journal.state(of: "raw").last == count)
        // All at once, as a folder is read.
        let other = RecordingTests()
        _ = try Recording(journal: other.journal, metrics: Metrics(), published: {}).record(histories.flatMap(\.items))
        #expect(try other.current() == histories.flatMap(\.current))
    }

    @Test func `a copy is linked to what is current, and not to what was replaced or taken back`() throws {
        let recording = Recording(journal: journal, dedupes: true, metrics: Metrics(), published: {})
        _ = try recording.record([
            article("a", "Text.", version: "1"), article("a", "Corrected.", version: "2"), article("b", "Text."),
            article("c", "Corrected."), article("d", "Gone."), withdrawal("d"), article("e", "Gone."),
        ])
        #expect(try current() == ["Corrected.", "Text.", "Gone."])
    }

    @Test func `threads that record the same article at once publish it once and count versions without holes`()
        async throws
    {
        let recording = Recording(journal: journal, metrics: Metrics(), published: {})
        let articles = (0..<50).map { article("urn:x", "Text \($0).") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { try await blocking { for article in articles { _ = try recording.record([article]) } } }
            }
            try await group.waitForAll()
        }
        let versions = try journal.read("raw", from: 1, prefix: "", maxCount: 100, maxBytes: 1 << 20).map {
            try JSON.decode(CloudEvent<Article>.self, from: $0.body).data.version
        }
        #expect(versions == (1...50).map(String.init))
    }
}
