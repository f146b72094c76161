import Journal
import TestKit
import Testing
import Wire

@testable import Pool

@Suite struct `What a head writes for itself` {
    private func bytes(of stream: String, in journal: MemoryJournal) throws -> Int {
        try journal.read(stream, from: 1, prefix: "", maxCount: .max, maxBytes: .max).reduce(0) { $0 + $1.body.count }
    }

    @Test func `stays within its bound however many attempts fail while it runs`() throws {
        let journal = MemoryJournal()
        let log = AttemptLog(journal: journal)
        var most = 0
        for n in 1...8_000 {
            let attempt = DeadLetter.Attempt(
                attempt: 1, worker: "w", started: "2024-05-01T10:00:00.000Z", ended: "2024-05-01T10:00:01.000Z",
                code: "worker-lost", text: String(repeating: "x", count: 1_000))
            try log.append([.init(origin: "o", epoch: "e", n: Int64(n), attempt: attempt)])
            if n % 100 == 0 { most = max(most, try bytes(of: "attempts", in: journal)) }
        }
        #expect(most > 4 << 20 && most < 5 << 20)
        #expect(try journal.state(of: "attempts").last == 8_000)
    }

    @Test func `keeps orders that are not carried out, and those of dead letters that are kept`() throws {
        let journal = MemoryJournal()
        _ = try journal.append((1...10).map { Self.letter($0) }, to: "dlq")
        for n in [3, 1, 2, 9, 4] as [Int64] { _ = try LetterOrder(.drop, n: n, id: "id-\(n)").give(to: journal) }
        try LetterOrder.trim(journal, through: 5)
        #expect(try journal.state(of: "orders").oldest == 1, "all dead letters are kept")
        _ = try journal.retain("dlq", within: Retention(bytes: 0, keepFrom: 6))
        try LetterOrder.trim(journal, through: 2)
        #expect(try journal.state(of: "orders").oldest == 3, "the third is not carried out")
        try LetterOrder.trim(journal, through: 5)
        #expect(try journal.state(of: "orders").oldest == 4, "dead letter 9 is kept")
        _ = try journal.retain("dlq", within: Retention(bytes: 0))
        try LetterOrder.trim(journal, through: 5)
        #expect(try journal.state(of: "orders").oldest == 6)
        try LetterOrder.trim(journal, through: 5)
        #expect(try !LetterOrder(.drop, n: 9, id: "id-9").give(to: journal), "it was given once and stays known")
    }

    private static func letter(_ n: Int) -> NewEntry {
        NewEntry(id: "id-\(n)", topic: "dlq/1/en/x/", key: "k", body: [1], time: "2024-05-01T10:00:00.000Z")
    }
}
