import Ingest
import TestKit
import Testing

@testable import ProducerService

@Suite struct BoundedRejectsTests {
    private func error(_ input: String) -> IngestError {
        var error = IngestError(.badJSON, "no JSON", place: "a client at 192.0.2.7", remedy: "mend it")
        error.input = Array(input.utf8)
        return error
    }

    @Test func `keeps so many, and so many bytes, and the same once`() throws {
        let folder = try TemporaryFolder()
        let rejects = try RejectFolder(folder.path("r"), besides: [])
        var few = BoundedRejects(rejects, count: 2)
        #expect(
            try [few.keep(error("a")), few.keep(error("a")), few.keep(error("b")), few.keep(error("c"))] == [
                .kept, .kept, .kept, .full,
            ])
        var small = BoundedRejects(rejects, bytes: 10)
        #expect(
            try [small.keep(error("0123456789a")), small.keep(error("0123456789")), small.keep(error("x"))] == [
                .full, .kept, .full,
            ])
    }
}
