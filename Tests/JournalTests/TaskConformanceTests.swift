import Journal
import Testing
import Wire

@Suite("Every journal: tasks and leading")
struct TaskConformanceTests {
    private let origin = "raw@producer"

    private func completion(_ n: Int64, stream: String = "res", entry: Int? = nil) -> Completion {
        Completion(origin: origin, n: n, stream: stream, entry: entry.map { .sample($0) })
    }

    @Test(
        "An origin has no progress before it was begun, and starts anew when begun again", arguments: Backend.available)
    func begin(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            #expect(try journal.progress(of: origin) == nil)
            try journal.begin(origin, epoch: "00000000000000aa", cursor: 4)
            #expect(try journal.progress(of: origin) == Progress(epoch: "00000000000000aa", cursor: 4))
            try journal.recordAttempts([TaskAttempt(origin: origin, n: 6, attempts: 2)])
            _ = try journal.complete([completion(7)], cursors: [:])
            try journal.begin(origin, epoch: "00000000000000bb", cursor: 0)
            #expect(try journal.progress(of: origin) == Progress(epoch: "00000000000000bb", cursor: 0))
        }
    }

    @Test("Settled tasks and attempts last until the cursor passes them", arguments: Backend.available)
    func progress(backend: Backend) throws {
        try backend.withPlace { place in
            var journal = try place.open()
            try journal.begin(origin, epoch: "e", cursor: 0)
            try journal.recordAttempts([
                TaskAttempt(origin: origin, n: 1, attempts: 1), TaskAttempt(origin: origin, n: 2, attempts: 1),
                TaskAttempt(origin: origin, n: 5, attempts: 1),
            ])
            try journal.recordAttempts([TaskAttempt(origin: origin, n: 2, attempts: 3)])
            let positions = try journal.complete(
                [completion(3, entry: 30), completion(1, entry: 10), completion(4, stream: "dlq", entry: 40)],
                cursors: [origin: 1])
            #expect(positions.map { $0?.n } == [1, 2, 1])
            journal.close()
            journal = try place.open()
            #expect(
                try journal.progress(of: origin)
                    == Progress(epoch: "e", cursor: 1, settled: [3, 4], attempts: [2: 3, 5: 1]))
            #expect(try journal.complete([completion(2)], cursors: [origin: 4]) == [nil])
            #expect(try journal.progress(of: origin) == Progress(epoch: "e", cursor: 4, attempts: [5: 1]))
            #expect(try journal.all("res").map(\.position.id) == ["id-30", "id-10"])
            #expect(try journal.all("dlq").map(\.position.id) == ["id-40"])
        }
    }

    @Test("A settled task is not completed again, whatever it brings", arguments: Backend.available)
    func settledTwice(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            try journal.begin(origin, epoch: "e", cursor: 2)
            _ = try journal.complete([completion(5, entry: 1)], cursors: [:])
            let again = try journal.complete(
                [completion(5, entry: 2), completion(2, entry: 3), completion(6, entry: 4), completion(6, entry: 5)],
                cursors: [:])
            #expect(again.map { $0?.id } == [nil, nil, "id-4", nil])
            #expect(try journal.all("res").map(\.position.id) == ["id-1", "id-4"])
            #expect(try journal.progress(of: origin) == Progress(epoch: "e", cursor: 2, settled: [5, 6]))
        }
    }

    @Test("A known id settles its task without a second entry", arguments: Backend.available)
    func knownResult(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            try journal.begin(origin, epoch: "e", cursor: 0)
            try journal.begin("other", epoch: "f", cursor: 0)
            _ = try journal.complete([completion(1, entry: 1)], cursors: [origin: 1])
            let other = Completion(origin: "other", n: 1, stream: "res", entry: .sample(1))
            #expect(try journal.complete([other], cursors: ["other": 1]) == [nil])
            #expect(try journal.progress(of: "other")?.cursor == 1)
            #expect(try journal.all("res").count == 1)
        }
    }

    @Test("An attempt at a settled task leaves no trace, and a cursor never goes back", arguments: Backend.available)
    func lateNews(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            try journal.begin(origin, epoch: "e", cursor: 3)
            _ = try journal.complete([completion(5)], cursors: [:])
            try journal.recordAttempts([
                TaskAttempt(origin: origin, n: 3, attempts: 1), TaskAttempt(origin: origin, n: 5, attempts: 1),
            ])
            _ = try journal.complete([], cursors: [origin: 1])
            #expect(try journal.progress(of: origin) == Progress(epoch: "e", cursor: 3, settled: [5]))
        }
    }

    @Test("What goes wrong in the middle of a completion leaves nothing of it", arguments: Backend.available)
    func atomicity(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            try journal.begin(origin, epoch: "e", cursor: 0)
            let error = #expect(throws: JournalError.self) {
                try journal.complete([completion(1, entry: 1)], cursors: [origin: 1, "never begun": 1])
            }
            #expect(error?.code == .failed)
            #expect(error?.message.contains("never begun") == true)
            #expect(try journal.progress(of: origin) == Progress(epoch: "e", cursor: 0))
            #expect(try journal.all("res").isEmpty)
            #expect(try journal.complete([completion(1, entry: 1)], cursors: [origin: 1]).map { $0?.n } == [1])
        }
    }

    @Test("One of two leads until it closes; the other reads but does not write", arguments: Backend.available)
    func leading(backend: Backend) throws {
        try backend.withPlace { place in
            let first = try place.open()
            let second = try place.open()
            #expect(try first.tryLead())
            #expect(try first.tryLead())
            #expect(try !second.tryLead())
            try first.appendSamples(1...1, to: "raw")
            #expect(try second.all("raw").count == 1)
            let error = #expect(throws: JournalError.self) { try second.appendSamples(2...2, to: "raw") }
            #expect(error?.code == .notLeading)
            first.close()
            #expect(try second.tryLead())
            #expect(try second.appendSamples(2...2, to: "raw").map { $0?.n } == [2])
        }
    }

    @Test("Every call after close says so", arguments: Backend.available)
    func closed(backend: Backend) throws {
        try backend.withPlace { place in
            let journal = try place.open()
            journal.close()
            journal.close()
            let calls: [() throws -> Void] = [
                { _ = try journal.tryLead() }, { _ = try journal.state(of: "raw") },
                { try journal.appendSamples(1...1, to: "raw") }, { _ = try journal.all("raw") },
                { _ = try journal.count(of: "k", in: "raw") }, { _ = try journal.contains("i", in: "raw") },
                { _ = try journal.retain("raw", within: Retention()) }, { _ = try journal.progress(of: "o") },
                { try journal.begin("o", epoch: "e", cursor: 0) }, { try journal.recordAttempts([]) },
                { _ = try journal.complete([], cursors: [:]) },
            ]
            for call in calls {
                let error = #expect(throws: JournalError.self) { try call() }
                #expect(error?.code == .closed)
            }
        }
    }
}
