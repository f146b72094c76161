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
