import Dispatch
import Journal
import Pool
import Synchronization
import TestKit
import Testing
import Wire
import ZeroMQ

@Suite struct `Head and workers` {
    /// Runs a rig on a thread that may block, and stops it.
    private func run<Value: Sendable>(
        pool: String = "inproc://pool", _ change: @escaping @Sendable (inout Dispatcher.Settings) -> Void = { _ in },
        _ body: @escaping @Sendable (PoolRig) throws -> Value
    ) async throws -> Value {
        try await blocking {
            let rig = try PoolRig(pool: pool, change)
            defer { rig.stop() }
            return try body(rig)
        }
    }

    private static func ids(_ numbers: some Sequence<Int>) -> Set<String> { Set(numbers.map { "of-m\($0)" }) }

    @Test(arguments: ["inproc://pool", "tcp://127.0.0.1:*"])
    func `complete each of 300 articles once, over three workers`(pool: String) async throws {
        let began = Mutex<[String: Int]>([:])
        let (entries, progress) = try await run(pool: pool) { rig in
            try rig.publisher.append(1...100)
            for _ in 0..<3 {
                try rig.startWorker(threads: 2) { message in
                    began.withLock { $0[message.position.id, default: 0] += 1 }
                    return PoolRig.succeed(message)
                }
            }
            for number in 101...300 { try rig.publisher.append([number]) }
            _ = try rig.has(300)
            return (try rig.entries(), try rig.results.progress(of: "o"))
        }
        #expect(entries.count == 300)
        #expect(Set(entries.map(\.position.id)) == Self.ids(1...300))
        #expect(entries.allSatisfy { $0.topic == "res/1/en/x/" })
        #expect(began.withLock { $0.values.allSatisfy { $0 == 1 } })
        #expect(progress?.cursor.n == 300 && progress?.settled == [] && progress?.attempts == [:])
    }

    @Test func `make no dead letter of an article whose result is there, as after a restore of its producer`()
        async throws
    {
        let article = Article(uri: "urn:x:1", body: "Text.")
        let letters = try await run { rig in
            let known = NewEntry(
                id: Analysis.identifier(of: .init(to: article), by: "p"), topic: "res/1/en/x/", key: "k", body: [1],
                time: Timestamp.now())
            _ = try rig.results.append([known], to: "res")
            try rig.startWorker { _ in .failure(.invalid, code: "bad", text: "why") }
            try rig.publisher.append(
                [("m1", article), ("m2", Article(uri: "urn:x:2", body: "Text."))].map { id, article in
                    NewEntry(
                        id: id, topic: "raw/1/en/x/", key: article.uri,
                        body: try JSON.encode(CloudEvent(of: article, id: id, source: "urn:t", time: Timestamp.now())),
                        time: Timestamp.now())
                })
            _ = try eventually { try rig.results.progress(of: "o")?.cursor.n == 2 }
            return try rig.entries(of: "dlq")
        }
        #expect(try letters.map { try JSON.decode(Letter.self, from: $0.body).data.raw.id } == ["m2"])
    }

    @Test func `make a dead letter of an article that is refused, and go on`() async throws {
        let (results, letters) = try await run { rig in
            try rig.startWorker { message in
                message.position.id == "m2"
                    ? .failure(.invalid, code: "bad", text: "why") : PoolRig.succeed(message)
            }
            try rig.publisher.append(1...3)
            _ = try rig.has(2)
            _ = try rig.has(1, in: "dlq")
            return (try rig.entries(), try rig.entries(of: "dlq"))
        }
        #expect(Set(results.map(\.position.id)) == Self.ids([1, 3]))
        let letter = try JSON.decode(Letter.self, from: try #require(letters.first).body).data
        #expect(letters.count == 1 && letter.class == .invalid && letter.code == "bad" && letter.raw.n == 2)
        #expect(letter.attempts.map(\.code) == ["bad"])
    }

    private struct Letter: Decodable { var data: DeadLetter }

    @Test func `take a task away that hangs, and make a dead letter of it in the end`() async throws {
        let release = DispatchSemaphore(value: 0)
        let settings: @Sendable (inout Dispatcher.Settings) -> Void = {
            $0.lease = 1_000
            $0.attempts = 2
            $0.backOff = [1]
        }
        let (results, letters) = try await run(settings) { rig in
            // A thread that hangs would outlive the test.
            defer { for _ in 0..<10 { release.signal() } }
            for _ in 0..<2 {
                try rig.startWorker(threads: 2) { message in
                    if message.position.id == "m5" { release.wait() }
                    return PoolRig.succeed(message)
                }
            }
            try rig.publisher.append(1...40)
            _ = try rig.has(39)
            _ = try rig.has(1, in: "dlq")
            return (try rig.entries(), try rig.entries(of: "dlq"))
        }
        #expect(Set(results.map(\.position.id)) == Self.ids(1...40).subtracting(Self.ids([5])))
        let letter = try JSON.decode(Letter.self, from: try #require(letters.first).body).data
        #expect(letter.raw.n == 5)
        #expect(letter.attempts.map(\.code) == ["lease-expired", "lease-expired"])
    }

    @Test func `let a worker end in which more threads hang than it began with`() async throws {
        let release = DispatchSemaphore(value: 0)
        let settings: @Sendable (inout Dispatcher.Settings) -> Void = {
            $0.lease = 1_000
            $0.attempts = 3
            $0.backOff = [1]
        }
        let endings = try await run(settings) { rig in
            defer { for _ in 0..<10 { release.signal() } }
            try rig.startWorker { message in
                release.wait()
                return PoolRig.succeed(message)
            }
            try rig.publisher.append(1...1)
            _ = try eventually { rig.endings.withLock { !$0.isEmpty } }
            return rig.endings.withLock { $0 }
        }
        #expect(endings == [.stuck])
    }

    @Test func `give nothing to a worker of another pipeline until both are the same`() async throws {
        let seen = Mutex<Set<String>>([])
        let entries = try await run { rig in
            for pipeline in ["other", "p"] {
                try rig.startWorker(pipeline: pipeline) { message in
                    _ = seen.withLock { $0.insert(pipeline) }
                    return PoolRig.succeed(message)
                }
            }
            try rig.publisher.append(1...20)
            _ = try rig.has(20)
            return try rig.entries()
        }
        #expect(entries.count == 20 && seen.withLock { $0 } == ["p"])
    }

    @Test func `complete each article once when the journal fails for a while`() async throws {
        let entries = try await run { rig in
            try rig.startWorker()
            try rig.publisher.append(1...1)
            _ = try rig.has(1)
            rig.results.fail(with: [JournalError(.full, "the disk is full", isRetriable: true)])
            try rig.publisher.append(2...30)
            _ = try rig.has(30)
            return try rig.entries()
        }
        #expect(entries.count == 30 && Set(entries.map(\.position.id)) == Self.ids(1...30))
    }

    @Test func `complete each article once when the head begins anew`() async throws {
        let entries = try await run(pool: "tcp://127.0.0.1:*") { rig in
            for _ in 0..<2 { try rig.startWorker() }
            try rig.publisher.append(1...50)
            _ = try rig.has(50)
            try rig.publisher.append(51...100)
            try rig.restartHead()
            try rig.publisher.append(101...150)
            _ = try rig.has(150)
            return try rig.entries()
        }
        #expect(entries.count == 150 && Set(entries.map(\.position.id)) == Self.ids(1...150))
    }

    @Test func `hold no more than they may, and still get everything done`() async throws {
        let entries = try await run({ $0.tasks = 8 }) { rig in
            try rig.publisher.append(1...500)
            try rig.startWorker()
            _ = try rig.has(500)
            return try rig.entries()
        }
        #expect(entries.count == 500)
    }
}
