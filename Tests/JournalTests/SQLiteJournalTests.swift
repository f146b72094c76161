import Glibc
import Testing
import Wire

@testable import Journal

@Suite("SQLiteJournal")
struct SQLiteJournalTests {
    @Test("Folder and files are for their owner alone")
    func mode() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder + "/a/b")
            var status = stat()
            #expect(stat(folder + "/a", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            #expect(stat(folder + "/a/b", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
            for file in ["journal.db", "journal.db-wal"] {
                #expect(stat(folder + "/a/b/" + file, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600)
            }
            journal.close()
        }
    }

    @Test("A full disk is a retriable error that loses nothing and ends when room is made")
    func full() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder, maximumPages: 100)
            var last: Int64 = 0
            let error = #expect(throws: JournalError.self) {
                for number in 1...200 {
                    last =
                        try journal.append([.sample(number, bytes: 4_000)], to: "raw").first.flatMap { $0?.n } ?? last
                }
            }
            #expect(error?.code == .full)
            #expect(error?.isRetriable == true)
            #expect(error?.message.contains(folder) == true)
            #expect(last > 20)
            #expect(try journal.state(of: "raw").last == last)
            #expect(try journal.all("raw").count == Int(last))
            _ = try journal.retain("raw", within: Retention(bytes: 40_000))
            let next = try journal.append([.sample(Int(last) + 1, bytes: 4_000)], to: "raw")
            #expect(next.map { $0?.n } == [last + 1])
        }
    }

    @Test(
        "A file that is no journal is refused and left alone",
        arguments: ["this is not a database, just some text that stands in its place\n", "\u{A5}"], [1, 10_000])
    func notADatabase(text: String, times: Int) throws {
        try withTemporaryFolder { folder in
            let content = Array(String(repeating: text, count: times).utf8)
            let path = folder + "/journal.db"
            try write(content, to: path)
            let error = #expect(throws: JournalError.self) { try SQLiteJournal(at: folder) }
            #expect(error?.code == .unusable)
            #expect(error?.isRetriable == false)
            #expect(error?.message.contains(path) == true)
            #expect(try contents(of: path) == content)
        }
    }

    @Test("A journal damaged in the middle says so when the damage is met")
    func damaged() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/journal.db"
            let first = try SQLiteJournal(at: folder)
            try first.appendSamples(1...2_000, to: "raw")
            first.close()
            var bytes = try contents(of: path)
            for index in 4_096..<bytes.count { bytes[index] = 0x5A }
            try write(bytes, to: path)
            let error = #expect(throws: JournalError.self) { try SQLiteJournal(at: folder).all("raw") }
            #expect(error?.code == .unusable)
        }
    }

    @Test(
        "Another program's database and a newer journal are refused with a remedy",
        arguments: [
            ("CREATE TABLE guest (a)", "another folder"), ("PRAGMA user_version = 7", "another folder"),
            ("PRAGMA application_id = \(0x4E57_5031); PRAGMA user_version = 4", "version 4"),
        ])
    func strangers(sql: String, hint: String) throws {
        try withTemporaryFolder { folder in
            do {
                var database = try Database(at: folder + "/journal.db")
                for statement in sql.split(separator: "; ") { try database.run(String(statement)) }
            }
            let error = #expect(throws: JournalError.self) { try SQLiteJournal(at: folder) }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains(hint) == true)
        }
    }

    @Test("A folder that cannot be made or is a file is named in the error")
    func noFolder() throws {
        try withTemporaryFolder { folder in
            try write([1], to: folder + "/file")
            for place in [folder + "/file", folder + "/file/below", "/proc/none"] {
                let error = #expect(throws: JournalError.self) { try SQLiteJournal(at: place) }
                #expect(error?.code == .cannotOpen)
                #expect(error?.message.contains(place) == true)
            }
        }
    }

    @Test("Reading goes on while another transaction writes, and sees only what is committed")
    func readersDoNotWait() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder)
            try journal.appendSamples(1...3, to: "raw")
            try journal.write { (db) throws(JournalError) in
                try db.append([("raw", .sample(4))]) { (plan) throws(JournalError) in
                    _ = plan.append(.sample(4), to: "raw")
                }
                #expect(try journal.all("raw").count == 3)
            }
            #expect(try journal.all("raw").count == 4)
        }
    }

    @Test("A lock held by another program makes a retriable error")
    func busy() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder)
            try journal.appendSamples(1...1, to: "raw")
            var other = try Database(at: folder + "/journal.db")
            let error = try other.transaction("BEGIN IMMEDIATE") { (_) throws(JournalError) in
                #expect(throws: JournalError.self) { try journal.appendSamples(2...2, to: "raw") }
            }
            #expect(error?.code == .unavailable)
            #expect(error?.isRetriable == true)
            #expect(try journal.appendSamples(2...2, to: "raw").map { $0?.n } == [2])
        }
    }

    @Test("The write-ahead log does not grow with what was written")
    func logStaysSmall() throws {
        try withTemporaryFolder { folder in
            let journal = try SQLiteJournal(at: folder)
            for batch in 0..<60 {
                _ = try journal.append((0..<16).map { .sample(batch * 16 + $0, bytes: 64_000) }, to: "raw")
                _ = try journal.retain("raw", within: Retention(bytes: 4_000_000))
            }
            #expect(try contents(of: folder + "/journal.db-wal").count < 24 << 20)
            #expect(try contents(of: folder + "/journal.db").count < 8 << 20)
        }
    }
}

private func write(_ bytes: [UInt8], to path: String) throws {
    let file = fopen(path, "w")
    guard let file else { throw TestFailure("\(path): errno \(errno)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw TestFailure("\(path): short write") }
}

private func contents(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw TestFailure("\(path): errno \(errno)") }
    defer { fclose(file) }
    var status = stat()
    guard fstat(fileno(file), &status) == 0 else { throw TestFailure("\(path): errno \(errno)") }
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
        count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
}
