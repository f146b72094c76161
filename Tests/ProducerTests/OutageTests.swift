import Ingest
import Journal
import Service
import Synchronization
import TestKit
import Testing
import Wire

@testable import ProducerService

@Suite struct `The recorder in an outage of its journal` {
    /// More than an hour of asking every quarter of a second.
    static let hour = 20_000

    let folder: TemporaryFolder
    let logs = CapturedLogs()
    let journal: OutageJournal

    init() throws {
        folder = try TemporaryFolder()
        journal = OutageJournal()
        let lines = (1...3).map { "{\"uri\":\"urn:t:\($0)\",\"version\":\"1\",\"body\":\"Text \($0).\"}\n" }
        try folder.write("a.jsonl", lines.joined())
    }

    /// Records the file on a thread with a small stack, as a service does.
    private func record(stoppingAfter pauses: Int = .max) async throws -> (isComplete: Bool, unrecorded: Int) {
        let (path, logs, journal) = (folder.path + "/a.jsonl", logs, journal)
        let waited = Waited()
        return try await blocking {
            var recorder = Recorder(
                Recording(journal: journal, metrics: Metrics(), published: {}), log: Log(to: logs), metrics: Metrics(),
                isStopping: { waited.count.load(ordering: .relaxed) >= pauses },
                pause: { _ in waited.count.wrappingAdd(1, ordering: .relaxed) })
            let isComplete = try recorder.run(Intake([path]))
            return (isComplete, recorder.unrecorded)
        }
    }

    private final class Waited: Sendable { let count = Atomic(0) }

    @Test(arguments: [OutageJournal.Part.reading, .writing])
    func `goes on after an hour, however often it had to ask`(part: OutageJournal.Part) async throws {
        journal.fail(Self.hour, of: part)
        let end = try await record()
        #expect(end.isComplete && end.unrecorded == 0)
        #expect(try journal.state(of: "raw").last == 3)
        #expect(
            logs.messages == [
                "articles wait, since the journal takes none; trying again", "the journal takes articles again",
            ])
    }

    @Test(arguments: [OutageJournal.Part.reading, .writing])
    func `says what waits when it is stopped in the middle`(part: OutageJournal.Part) async throws {
        journal.fail(.max, of: part)
        let end = try await record(stoppingAfter: 10)
        #expect(!end.isComplete && end.unrecorded == 3)
        #expect(try journal.state(of: "raw").last == 0)
    }
}
