import Foundation
import Testing
import Wire

@testable import Journal

@Suite("Erasure and holes in SQLite")
struct ErasureTests {
    @Test("A row that was deleted by hand is an error that says so, wherever it stood")
    func deletedByHand() throws {
        for n in [1, 3, 5] {
            try withTemporaryFolder { folder in
                let journal = try SQLiteJournal(at: folder)
                try journal.appendSamples(1...5, to: "raw")
                var shell = try Database(at: folder + "/journal.db")
                try shell.run("DELETE FROM entry WHERE n = ?", .integer(Int64(n)))
                let before = try? journal.all("raw")
                #expect((before ?? []).map(\.position.n) == (1..<Int64(n)).map { $0 })
                let error = #expect(throws: JournalError.self) {
                    try journal.read("raw", from: Int64(n), prefix: "", maxCount: 9, maxBytes: 999)
                }
                #expect(error?.message.contains("entry \(n) of raw is missing") == true, "\(error)")
                #expect(error?.message.contains("producer erase") == true)
                if n > 1 {
                    #expect(try journal.read("raw", from: 1, prefix: "", maxCount: n - 1, maxBytes: 999).count == n - 1)
                }
                #expect(try journal.read("raw", from: 6, prefix: "", maxCount: 9, maxBytes: 999).isEmpty)
            }
        }
    }

    @Test("After an erasure nothing of it is in the file, in free pages or in the log, while others read and write")
    func erased() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder)
            let secret = Array("Who said this is nobody's business. ".utf8)
            let entries = (1...60).map { number in
                var entry = NewEntry.sample(number, key: number % 3 == 0 ? "erased" : "kept \(number)")
                let words = number % 3 == 0 ? secret : Array("Something else that stays. ".utf8)
                entry.body = Array((0..<(number * 20)).map { _ in words }.joined())
                return entry
            }
            _ = try journal.append(entries, to: "raw")
            // Some of it is past retention, and left in free pages.
            _ = try journal.retain("raw", within: Retention(keepFrom: 20))
            _ = try journal.retain("raw", within: Retention(bytes: 900_000))
            func traces() throws -> Int {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                return try names.reduce(0) { count, name in
                    count + (try Data(contentsOf: URL(filePath: folder + "/" + name)).ranges(of: Data(secret)).count)
                }
            }
            #expect(try traces() > 0)
            let tool = try SQLiteJournal(at: folder)
            _ = try tool.replace(about: "erased", in: "raw", with: { _ in Array("tombstone".utf8) })
            try tool.scrub()
            #expect(try traces() == 0)
            let last = try #require(try journal.all("raw").last)
            #expect(last.position.n == 60 && last.body == Array("tombstone".utf8))
            try journal.appendSamples(61...61, to: "raw")
            #expect(try journal.all("raw").last?.position.n == 61)
        }
    }
}
