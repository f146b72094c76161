import Foundation
import Testing
import Wire

@testable import Journal

@Suite("Backups and copies of a journal in SQLite")
struct BackupTests {
    /// Copies files of a folder, whatever stands in their place.
    private func copy(_ names: [String], from folder: String, to other: String) throws {
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        for name in names {
            let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
            // In place, as cp writes.
            try data.write(to: URL(filePath: other + "/" + name), options: [])
        }
    }

    private func ids(_ journal: any Journal) throws -> [String] { try journal.all("raw").map(\.position.id) }

    @Test("A backup of a journal in use is the journal at that moment, in one file")
    func backup() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder + "/a")
            try journal.appendSamples(1...5, to: "raw")
            let streams = try JournalLocation(folder + "/a").backUp(to: folder + "/monday.db", of: "producer")
            #expect(streams.map(\.name) == ["raw"])
            #expect(try streams.map(\.state) == [journal.state(of: "raw")])
            try journal.appendSamples(6...8, to: "raw")
            try copy(["monday.db"], from: folder, to: folder + "/b")
            try FileManager.default.moveItem(atPath: folder + "/b/monday.db", toPath: folder + "/b/journal.db")
            let restored = try SQLiteJournal(at: folder + "/b")
            #expect(try restored.tryLead())
            #expect(try restored.takeUp(restored: false)?.contains("copy") == true)
            #expect(try ids(restored) == (1...5).map { "id-\($0)" })
            let (old, new) = (try journal.state(of: "raw"), try restored.state(of: "raw"))
            #expect(new.epoch != old.epoch && new.journal == old.journal)
            #expect(try restored.links(of: "raw", at: [5]) == journal.links(of: "raw", at: [5]))
            #expect(try restored.takeUp(restored: false) == nil, "it is at home now")
        }
    }

    @Test("Backups taken while entries are appended are whole, each up to some entry")
    func backupUnderWrites() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder + "/a")
            try journal.appendSamples(1...1, to: "raw")
            let lasts = concurrently(2) { thread -> [Int64] in
                if thread == 0 {
                    for n in 2...300 { try journal.appendSamples(n...n, to: "raw") }
                    return []
                }
                return try (0..<10).map { number in
                    let file = folder + "/\(number).db"
                    let last = try JournalLocation(folder + "/a").backUp(to: file, of: "producer")[0].state.last
                    try FileManager.default.createDirectory(
                        atPath: folder + "/of-\(number)", withIntermediateDirectories: true)
                    try FileManager.default.moveItem(atPath: file, toPath: folder + "/of-\(number)/journal.db")
                    let copy = try SQLiteJournal(at: folder + "/of-\(number)")
                    #expect(try ids(copy) == (1...last).map { "id-\($0)" })
                    return last
                }
            }
            #expect(lasts.count == 10 && lasts.allSatisfy { $0 >= 1 })
        }
    }

    @Test("A backup replaces no file, and there has to be a journal")
    func refusals() throws {
        try withTemporaryFolder { folder in
            try SQLiteJournal(at: folder + "/a").close()
            try Data("precious".utf8).write(to: URL(filePath: folder + "/there"))
            try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: false)
            for (from, to, code) in [
                ("/a", "/there", JournalError.Code.cannotMake), ("/a", "/no/folder/new", .cannotMake),
                ("/none", "/new", .missing), ("/empty", "/new", .missing),
            ] {
                let error = #expect(throws: JournalError.self) {
                    try JournalLocation(folder + from).backUp(to: folder + to, of: "producer")
                }
                #expect(error?.code == code)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/empty") == [])
            #expect(try String(contentsOfFile: folder + "/there", encoding: .utf8) == "precious")
            #expect(!FileManager.default.fileExists(atPath: folder + "/none"))
        }
    }

    @Test("A file that was copied without its log while in use is refused, unless it is said to be restored")
    func lostLog() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder + "/a")
            try journal.appendSamples(1...5, to: "raw")
            try copy(["journal.db"], from: folder + "/a", to: folder + "/b")
            for _ in 0..<2 {
                let error = #expect(throws: JournalError.self) { try SQLiteJournal(at: folder + "/b") }
                #expect(error?.code == .unusable)
                #expect(error?.message.contains("journal.db-wal") == true && error?.message.contains("backup") == true)
                #expect(throws: JournalError.self) {
                    try JournalLocation(folder + "/b").backUp(to: folder + "/c", of: "producer")
                }
            }
            let restored = try SQLiteJournal(at: folder + "/b", restored: true)
            #expect(try restored.all("raw").isEmpty)
            #expect(try restored.tryLead())
            #expect(try restored.takeUp(restored: true) != nil)
        }
    }

    @Test("A journal whose log was lost in its place is refused; one that another program moved into the file is not")
    func lostLogInPlace() throws {
        try withTemporaryFolder { folder in
            let wal = folder + "/journal.db-wal"
            do {
                let journal = try SQLiteJournal(at: folder)
                try journal.appendSamples(1...5, to: "raw")
                // No close: as after a kill.
            }
            #expect(FileManager.default.fileExists(atPath: wal))
            do {
                // As the sqlite3 shell does.
                var shell = try Database(at: folder + "/journal.db")
                _ = try shell.first("SELECT count(*) FROM entry") { $0.integer(0) }
            }
            #expect(!FileManager.default.fileExists(atPath: wal))
            do {
                let journal = try SQLiteJournal(at: folder)
                #expect(try journal.takeUp(restored: false) == nil)
                try journal.appendSamples(6...9, to: "raw")
                try copy(["journal.db"], from: folder, to: folder + "/copy")
                #expect(try ids(journal).count == 9)
                // What a second in use would have written.
                try journal.write { (db) throws(JournalError) in
                    try HighMark(of: &db).write(to: folder + "/journal.high")
                }
            }
            // What is left after a file system lost the log.
            try copy(["journal.db"], from: folder + "/copy", to: folder)
            try FileManager.default.removeItem(atPath: wal)
            #expect(throws: JournalError.self) { try SQLiteJournal(at: folder) }
        }
    }

    @Test(
        "A journal that was closed can be copied as a file, with or without what lies beside it",
        arguments: [true, false])
    func closed(withLog: Bool) throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder + "/a")
            try journal.appendSamples(1...5, to: "raw")
            journal.close()
            try copy(["journal.db"] + (withLog ? ["journal.db-wal"] : []), from: folder + "/a", to: folder + "/b")
            let copy = try SQLiteJournal(at: folder + "/b")
            #expect(try ids(copy).count == 5)
            #expect(try copy.takeUp(restored: false) != nil)
            // Two copies go their own ways, and say so from the first message on that differs.
            let first = try SQLiteJournal(at: folder + "/a")
            #expect(try first.takeUp(restored: false) == nil)
            try first.appendSamples(6...6, to: "raw")
            try copy.appendSamples(7...7, to: "raw")
            #expect(try first.links(of: "raw", at: [5]) == copy.links(of: "raw", at: [5]))
            #expect(try first.links(of: "raw", at: [6]) != copy.links(of: "raw", at: [6]))
        }
    }

    @Test(
        "A backup that was put over the file of a journal is noticed, after a clean end and after a kill",
        arguments: [true, false])
    func putBack(isClean: Bool) throws {
        try withTemporaryFolder { folder in
            let state = folder + "/a"
            let epoch: String
            do {
                let journal = try SQLiteJournal(at: state)
                try journal.appendSamples(1...5, to: "raw")
                _ = try JournalLocation(state).backUp(to: folder + "/journal.db", of: "producer")
                try journal.appendSamples(6...8, to: "raw")
                epoch = try journal.state(of: "raw").epoch
                // What a second in use would have written.
                try journal.write { (db) throws(JournalError) in
                    try HighMark(of: &db).write(to: state + "/journal.high")
                }
                if isClean { journal.close() }
            }
            if !isClean {
                // The log of the journal that was killed lies there still, and would spoil the backup.
                let size = try Data(contentsOf: URL(filePath: state + "/journal.db-wal")).count
                #expect(size == 0 || size > 4_000)
                try Data(repeating: 7, count: 9_000).write(to: URL(filePath: state + "/journal.db-wal"))
            }
            try copy(["journal.db"], from: folder, to: state)
            let journal = try SQLiteJournal(at: state)
            #expect(try journal.tryLead())
            #expect(try journal.takeUp(restored: false)?.contains("raw ends at 5, and was at 8") == true)
            #expect(try ids(journal) == (1...5).map { "id-\($0)" })
            #expect(try journal.state(of: "raw").epoch != epoch)
            #expect(try journal.appendSamples(9...9, to: "raw").map { $0?.n } == [6])
        }
    }

    @Test("Told that it was restored, a journal gives every stream a new epoch and keeps what it is called for life")
    func told() throws {
        for backend in Backend.available {
            try backend.withPlace { place in
                let journal = try place.open()
                try journal.appendSamples(1...2, to: "raw")
                try journal.appendSamples(1...1, to: "res")
                let before = [try journal.state(of: "raw"), try journal.state(of: "res")]
                #expect(try journal.takeUp(restored: false) == nil)
                #expect([try journal.state(of: "raw"), try journal.state(of: "res")] == before)
                #expect(try journal.takeUp(restored: true) != nil)
                let after = [try journal.state(of: "raw"), try journal.state(of: "res")]
                #expect(
                    zip(before, after).allSatisfy {
                        $0.epoch != $1.epoch && $0.journal == $1.journal && $0.link == $1.link
                    })
                #expect(try journal.all("raw").allSatisfy { $0.position.e == after[0].epoch })
                journal.close()
                #expect(try place.open().takeUp(restored: false) == nil)
            }
        }
    }
}
