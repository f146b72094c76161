import HTTP
import Sink
import Testing

@testable import Board

@Suite struct BoardQueryTests {
    private func query(_ text: String) throws -> BoardQuery {
        try BoardQuery(#require(HTTPRequest("GET", "/?\(text)")).query)
    }

    @Test func `every filter becomes part of the search, and empty ones are none`() throws {
        let query = try query(
            "q=+ferry++sank+&speaker=Li&kind=quote&source=Courier&least=0.5&since=2024-05-01&until=2024-05-01&before=7")
        #expect(
            query.search.words == ["ferry", "sank"] && query.search.speaker == "Li" && query.search.kind == "quote")
        #expect(query.search.source == "Courier" && query.search.least == 0.5 && query.before == 7)
        #expect(query.search.since == "2024-05-01T00:00:00.000Z" && query.search.until == "2024-05-02T00:00:00.000Z")
        let empty = try self.query("q=&speaker=+&kind=&since=")
        #expect(empty.values.isEmpty && !empty.isNarrowed && empty.search.words.isEmpty && empty.search.speaker == nil)
    }

    @Test(
        arguments: [
            ("kind=lie", "kind"), ("act=lies", "act"), ("language=en_%25", "language"), ("least=2", "least"),
            ("least=nan", "least"), ("since=yesterday", "since"),
            ("until=2024-02-30", "until"), ("before=-1", "before"), ("before=1e3", "before"), ("qq=1", "qq"),
            ("q=1&q=2", "twice"), ("q=" + String(repeating: "a", count: 301), "300 bytes"),
            ("q=" + String(repeating: "a+", count: 17), "16 words"),
        ]) func `what cannot be asked is said`(text: String, named: String) throws
    {
        let error = try #require(throws: BoardError.self) { try query(text) }
        #expect(error.status == 400 && error.reason.contains(named), "\(error.reason)")
    }

    @Test func `the address of another page keeps the query`() throws {
        let query = try query("q=a%26b&kind=claim&before=9")
        #expect(query.address("/", with: "before", "3") == "/?before=3&kind=claim&q=a%26b")
        #expect(query.address("/", with: "before", nil) == "/?kind=claim&q=a%26b")
    }
}
