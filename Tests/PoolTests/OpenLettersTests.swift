import Journal
import TestKit
import Testing
import Wire

@testable import Pool

@Suite struct `Open dead letters` {
    private func letter(_ n: Int, isErased: Bool = false) -> NewEntry {
        let body = isErased ? "{\"erased\":\"2024-05-02T10:00:00.000Z\"}" : "{}"
        return NewEntry(
            id: "id-\(n)", topic: "dlq/1/en/x/", key: "urn:\(n)", body: Array(body.utf8),
            time: "2024-05-01T10:00:00.000Z")
    }

    private func counted(_ letters: inout OpenLetters, _ journal: MemoryJournal) throws -> Int {
        for _ in 0..<1_000 {
            if let count = try letters.count(in: journal) { return count }
        }
        Issue.record("it never ends")
        return -1
    }

    @Test func `are those that are kept, not erased, and about which nothing was ordered`() throws {
        let journal = MemoryJournal()
        var letters = OpenLetters()
        #expect(try counted(&letters, journal) == 0)
        _ = try journal.append((1...250).map { letter($0, isErased: $0 <= 10) }, to: "dlq")
        for n in [11, 12, 240] { _ = try LetterOrder(.requeue, n: Int64(n), id: "id-\(n)").give(to: journal) }
        #expect(try letters.count(in: journal) == nil, "not all are read yet")
        #expect(try counted(&letters, journal) == 237)
        // What is ordered, erased, added and past retention later, and by another who begins then.
        _ = try LetterOrder(.drop, n: 100, id: "id-100").give(to: journal)
        letters.forget(try journal.replace(about: "urn:101", in: "dlq") { _ in Array("{\"erased\":\"x\"}".utf8) })
        _ = try journal.append([letter(251), letter(252)], to: "dlq")
        #expect(try counted(&letters, journal) == 237)
        _ = try journal.retain("dlq", within: Retention(bytes: 0, keepFrom: 201))
        #expect(try counted(&letters, journal) == 51)
        var others = OpenLetters()
        #expect(try counted(&others, journal) == 51)
    }
}
