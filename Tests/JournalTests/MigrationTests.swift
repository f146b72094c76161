import Foundation
import Testing
import Wire

@testable import Journal

@Suite("Journals of version 1")
struct MigrationTests {
    /// What a journal of the first version has to be after it was brought up to date.
    private func check(_ journal: any Journal) throws {
        let base = Link.base(epoch: "00000000000000aa", n: 2)
        let links = [3, 4, 5].reduce(into: [base]) { $0.append(($0.last ?? base).next("id-\($1)")) }.dropFirst().map {
            $0
        }
        let state = try journal.state(of: "raw")
        #expect(
            state
                == StreamState(
                    epoch: "00000000000000aa", oldest: 3, last: 5, journal: "00000000000000aa", link: links[2]))
        let messages = try journal.all("raw")
        #expect(messages.map(\.position.h) == links)
        #expect(
            messages.map(\.position.n) == [3, 4, 5] && messages.map(\.body) == (3...5).map { NewEntry.sample($0).body })
        #expect(try journal.progress(of: "there") == Progress(epoch: "00000000000000bb", cursor: 2, settled: [4]))
        #expect(try journal.takeUp(restored: false) == nil)
        #expect(try journal.appendSamples(2...6, to: "raw").map { $0?.n } == [nil, nil, nil, nil, 6])
        #expect(try journal.state(of: "raw").link == links[2].next("id-6"))
        #expect(try journal.count(of: "uri-1", in: "raw") == 1)
    }

    @Test("One in SQLite is brought up to date, and a copy of it is kept")
    func sqlite() throws {
        try withTemporaryFolder { folder in
            try FirstVersion.make(in: folder)
            let journal = try SQLiteJournal(at: folder)
            try check(journal)
            var old = try Database(at: folder + "/journal.v1.db")
            #expect(try old.first("PRAGMA user_version") { $0.integer(0) } == 1)
            #expect(try old.first("SELECT last FROM stream") { $0.integer(0) } == 5)
            #expect(try old.first("SELECT count(*) FROM entry") { $0.integer(0) } == 3)
        }
    }

    /// An entry that is an event about `subject`.
    private func event(_ number: Int, about subject: String) -> NewEntry {
        var entry = NewEntry.sample(number, key: subject)
        entry.body = Array(#"{"subject":"\#(subject)","data":{}}"#.utf8)
        return entry
    }

    @Test("Entries of version 2 are found by their keys once it is brought up to date")
    func keys() throws {
        try withTemporaryFolder { folder in
            do {
                let journal = try SQLiteJournal(at: folder)
                _ = try journal.append([event(1, about: "urn:ü"), .sample(2), event(3, about: "urn:ü")], to: "raw")
                journal.close()
                var database = try Database(at: folder + "/journal.db")
                try database.run("DROP TABLE about")
                try database.run("PRAGMA user_version = \(2 | Schema.whole)")
            }
            let journal = try SQLiteJournal(at: folder)
            #expect(try journal.numbers(about: "urn:ü", in: "raw", maxCount: 9) == [3, 1])
            #expect(try journal.takeUp(restored: false) == nil)
            _ = try journal.append([event(4, about: "urn:ü")], to: "raw")
            #expect(try journal.numbers(about: "urn:ü", in: "raw", maxCount: 9) == [4, 3, 1])
        }
    }

    #if Postgres
    @Test("The same in PostgreSQL", .enabled(if: PostgresServer.binaries != nil))
    func keysInPostgres() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let schema = url.split(separator: "%3D").last ?? ""
        do {
            let journal = try PostgresJournal(at: url)
            _ = try journal.append([event(1, about: "urn:ü"), .sample(2), event(3, about: "urn:ü")], to: "raw")
            journal.close()
        }
        try server.execute("SET search_path = \(schema); DROP TABLE about; UPDATE journal SET version = 2")
        let journal = try PostgresJournal(at: url)
        _ = try journal.append([event(4, about: "urn:ü")], to: "raw")
        #expect(try journal.numbers(about: "urn:ü", in: "raw", maxCount: 9) == [4, 3, 1])
    }
    #endif

    @Test("A program of version 1 that waits for the lead cannot write once the tables are new")
    func oldStandby() throws {
        try withTemporaryFolder { folder in
            try FirstVersion.make(in: folder)
            var standby = try Database(at: folder + "/journal.db")
            #expect(try standby.first("SELECT last FROM stream WHERE name = 'raw'") { $0.integer(0) } == 5)
            _ = try SQLiteJournal(at: folder)
            #expect(throws: JournalError.self) { try standby.run("SELECT last FROM stream WHERE name = 'raw'") }
        }
    }

    @Test("One that a program leads is left alone until that has stopped")
    func led() throws {
        try withTemporaryFolder { folder in
            try FirstVersion.make(in: folder)
            do {
                let leader = try FileLock.tryLock(file: folder + "/journal.lock")
                let error = #expect(throws: JournalError.self) { try SQLiteJournal(at: folder) }
                #expect(error?.code == .unavailable && error?.isRetriable == true)
                _ = consume leader
            }
            try check(SQLiteJournal(at: folder))
        }
    }

    #if Postgres
    @Test(
        "One in PostgreSQL is brought up to date, once no program leads it",
        .enabled(if: PostgresServer.binaries != nil))
    func postgres() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let schema = url.split(separator: "%3D").last ?? ""
        try server.execute("SET search_path = \(schema); \(FirstVersion.postgres)")
        // A leader of version 1 holds this lock for as long as its session lives.
        var leader = PostgresSession(to: try PostgresPlace(url, schema: "journal"), patience: .seconds(4))
        try leader.open()
        try leader.execute("SELECT pg_advisory_lock(\(PostgresSchema.lockClass), 'journal'::regclass::oid::integer)")
        let error = #expect(throws: JournalError.self) { try PostgresJournal(at: url) }
        #expect(error?.code == .unavailable && error?.isRetriable == true)
        try leader.execute("SELECT pg_advisory_unlock_all()")
        try check(PostgresJournal(at: url))
        #expect(throws: TestFailure.self) { try server.execute("SET search_path = \(schema); SELECT last FROM stream") }
        let copied = try server.execute(
            "SET search_path = \(schema)_v1; SELECT last, version, (SELECT count(*) FROM entry), (SELECT count(*) FROM known) "
                + "FROM stream, journal")
        #expect(copied == "5|1|3|5\n", "the old tables are kept, and a program of version 1 can go on with them")
        #expect(throws: TestFailure.self, "with their keys") {
            try server.execute("INSERT INTO \(schema)_v1.entry SELECT * FROM \(schema)_v1.entry")
        }
    }

    @Test(
        "One in PostgreSQL whose user may not make the schema for the copy is left alone",
        .enabled(if: PostgresServer.binaries != nil))
    func postgresWithoutRights() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let schema = url.split(separator: "%3D").last ?? ""
        try server.execute(
            """
            CREATE ROLE \(schema)_user LOGIN; ALTER SCHEMA \(schema) OWNER TO \(schema)_user;
            SET ROLE \(schema)_user; SET search_path = \(schema); \(FirstVersion.postgres)
            """)
        let theirs = url.replacing("user=postgres", with: "user=\(schema)_user")
        let error = #expect(throws: JournalError.self) { try PostgresJournal(at: theirs) }
        #expect(error?.code == .unusable)
        let remedy = "CREATE SCHEMA \(schema)_v1 AUTHORIZATION \(schema)_user"
        #expect(error?.message.hasSuffix(remedy) == true)
        #expect(try server.execute("SELECT version FROM \(schema).journal") == "1\n")
        try server.execute(remedy)
        try check(PostgresJournal(at: theirs))
    }
    #endif
}
