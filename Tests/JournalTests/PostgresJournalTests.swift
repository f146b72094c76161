#if Postgres
import Glibc
import Journal
import Synchronization
import Testing
import Wire

@Suite(
    "PostgresJournal", .enabled(if: PostgresServer.binaries != nil, "Debian's package postgresql is not installed"))
struct PostgresJournalTests {
    /// Ends the sessions of all journals in the schema of `url`, as a network does that fails.
    private func cutConnections(of server: PostgresServer, to url: String) throws {
        let schema = url.split(separator: "%3D").last ?? ""
        try server.execute(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE application_name LIKE 'onrecord %' AND pid IN (
                SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = '\(schema).journal'::regclass)
            """)
    }

    @Test("A leader that lost its session goes on where nobody led since")
    func reconnecting() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let journal = try PostgresJournal(at: url)
        #expect(try journal.tryLead())
        try journal.appendSamples(1...3, to: "raw")
        try cutConnections(of: server, to: url)
        #expect(try journal.appendSamples(3...5, to: "raw").map { $0?.n } == [nil, 4, 5])
        try cutConnections(of: server, to: url)
        #expect(try journal.tryLead())
        #expect(try journal.all("raw").map(\.position.n) == [1, 2, 3, 4, 5])
    }

    @Test("A leader that lost its session and was followed by another one writes no more until it leads again")
    func overtaken() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let first = try PostgresJournal(at: url)
        let second = try PostgresJournal(at: url)
        try first.appendSamples(1...1, to: "raw")
        try cutConnections(of: server, to: url)
        #expect(try second.tryLead())
        try second.appendSamples(2...2, to: "raw")
        for isGone in [false, true] {
            if isGone { second.close() }
            let error = #expect(throws: JournalError.self) { try first.appendSamples(3...3, to: "raw") }
            #expect(error?.code == .notLeading)
            #expect(error?.isRetriable == false)
        }
        #expect(try first.tryLead())
        #expect(try first.appendSamples(2...3, to: "raw").map { $0?.n } == [nil, 3])
    }

    @Test("A new term fences a leader whose session still lives")
    func fenced() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let journal = try PostgresJournal(at: url)
        try journal.appendSamples(1...1, to: "raw")
        let schema = url.split(separator: "%3D").last ?? ""
        try server.execute("UPDATE \(schema).journal SET term = term + 1")
        let error = #expect(throws: JournalError.self) { try journal.appendSamples(2...2, to: "raw") }
        #expect(error?.code == .notLeading)
        #expect(try journal.all("raw").count == 1)
    }

    @Test("A commit whose answer was lost is reported by the call that made it, and done once")
    func unknownOutcome() throws {
        let server = try PostgresServer()
        let journal = try PostgresJournal(at: try server.newSchema())
        try journal.begin("raw", epoch: "e", cursor: 0)
        try journal.appendSamples(1...1, to: "res")
        let appended = try losingAnswer(of: server) { try journal.appendSamples(1...2, to: "res") }
        #expect(appended.map { $0?.n } == [nil, 2])
        let completion = Completion(origin: "raw", n: 1, stream: "res", entry: .sample(3))
        let completed = try losingAnswer(of: server) { try journal.complete([completion], cursors: ["raw": 1]) }
        #expect(completed.map { $0?.n } == [3])
        #expect(try journal.complete([completion], cursors: ["raw": 1]) == [nil])
        #expect(try journal.all("res").map(\.position.id) == ["id-1", "id-2", "id-3"])
        #expect(try journal.progress(of: "raw") == Progress(epoch: "e", cursor: 1))
    }

    /// Makes a call whose first commit takes effect, but is never answered.
    private func losingAnswer<Result: Sendable>(
        of server: PostgresServer, _ call: @Sendable () throws -> [Result]
    ) throws -> [Result] {
        // Without the standby that it names, the server commits and then waits with its answer.
        try server.execute("ALTER SYSTEM SET synchronous_standby_names = 'missing'")
        try server.execute("SELECT pg_reload_conf()")
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        let end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        // The server takes the setting up in its own time: a commit of somebody else that waits shows that it has.
        _ = concurrently(2) { thread -> [Never] in
            if thread == 0 {
                for _ in 0..<1_000 where (try? server.execute("COMMENT ON SCHEMA public IS 'held'")) == nil { break }
            } else {
                try wait { try server.execute(waiting) == "1\n" }
                try server.execute(end)
            }
            return []
        }
        return concurrently(2) { thread in
            if thread == 0 { return try call() }
            try wait { try server.execute(waiting) == "1\n" }
            try server.execute(end)
            try wait { try server.execute(waiting) == "1\n" }
            try server.execute("ALTER SYSTEM RESET synchronous_standby_names")
            try server.execute("SELECT pg_reload_conf()")
            return []
        }
    }

    @Test(
        "A URL that leads nowhere gives an error that says so without the password",
        arguments: [
            ("postgres://me:s3cret@localhost:notaport/db", JournalError.Code.cannotOpen),
            ("postgres://me:s3cret@[::1/db", .cannotOpen),
            ("postgres://me:s3cret@/db?host=/nonexistent", .unavailable),
            ("postgres://me:s3cret@/db?nonsense=s3cret", .cannotOpen),
        ])
    func badURL(url: String, code: JournalError.Code) throws {
        let error = #expect(throws: JournalError.self) { try JournalLocation(url).open(for: "journal") }
        #expect(error?.code == code)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("A database, a schema or a user that does not exist is named")
    func missingDatabase() throws {
        let server = try PostgresServer.shared.get()
        let urls: [(String, JournalError.Code)] = [
            ("postgres://postgres:s3cret@/nosuchdatabase?host=\(server.folder)", .cannotOpen),
            ("postgres://nosuchuser:s3cret@/postgres?host=\(server.folder)", .denied),
            (PostgresServer.url(of: [server], schema: "nosuchschema"), .cannotOpen),
        ]
        for (url, code) in urls {
            let error = #expect(throws: JournalError.self) { try JournalLocation(url).open(for: "journal") }
            #expect(error?.code == code)
            #expect(error?.isRetriable == false)
            #expect(error?.description.contains("s3cret") == false)
        }
    }

    @Test("A newer journal is refused with a remedy")
    func newer() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        try PostgresJournal(at: url).close()
        let schema = url.split(separator: "%3D").last ?? ""
        try server.execute("UPDATE \(schema).journal SET version = 4")
        let error = #expect(throws: JournalError.self) { try JournalLocation(url).open(for: "journal") }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("version 4") == true)
    }

    @Test("A database that is another one than before gives its streams new epochs")
    func moved() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let first = try PostgresJournal(at: url)
        try first.appendSamples(1...1, to: "raw")
        let epoch = try first.state(of: "raw").epoch
        first.close()
        // As after a dump and its restore: the table has another object id there.
        try server.execute("UPDATE \(url.split(separator: "%3D").last ?? "").journal SET home = '1 2'")
        let second = try PostgresJournal(at: url)
        #expect(try second.takeUp(restored: false)?.contains("another database") == true)
        let state = try second.state(of: "raw")
        #expect(state.epoch != epoch && state.journal == epoch)
        #expect(try second.takeUp(restored: false) == nil)
    }

    @Test("A database that is set back under a writer stops it, and the next one goes on from there")
    func setBack() throws {
        let server = try PostgresServer.shared.get()
        let url = try server.newSchema()
        let schema = url.split(separator: "%3D").last ?? ""
        let journal = try PostgresJournal(at: url)
        try journal.appendSamples(1...5, to: "raw")
        let tables = ["journal", "streams", "topic", "entry", "known", "subject", "link"]
        let backUp = tables.map { "CREATE TABLE \(schema).old_\($0) AS TABLE \(schema).\($0);" }.joined()
        try server.execute(backUp)
        try journal.appendSamples(6...8, to: "raw")
        let restore = tables.map { table in
            "DELETE FROM \(schema).\(table); INSERT INTO \(schema).\(table) SELECT * FROM \(schema).old_\(table);"
        }
        try server.execute(restore.joined())
        let error = #expect(throws: JournalError.self) { try journal.appendSamples(9...9, to: "raw") }
        #expect(error?.code == .setBack && error?.isRetriable == false)
        #expect(error?.message.contains("raw ends at 5, and was at 8") == true)
        journal.close()
        let next = try PostgresJournal(at: url)
        #expect(try next.appendSamples(9...9, to: "raw").map { $0?.n } == [6])
    }

    @Test(
        "What a server refuses in another language is told from a server that is away",
        .enabled(if: PostgresServer.speaksGerman, "the server's translations are not installed"))
    func localised() throws {
        let server = try PostgresServer(
            language: "de",
            rules: "local postgres postgres trust\nlocal postgres reader scram-sha-256\nlocal all locked reject")
        try server.execute("CREATE ROLE reader LOGIN PASSWORD 'secret'; CREATE ROLE locked LOGIN")
        let base = "postgres:///postgres?host=\(server.folder)"
        for (user, word) in [
            ("user=reader&password=wrong", "Passwort"), ("user=locked", "pg_hba"), ("user=nobody", "pg_hba"),
            ("user=postgres&dbname=none", "pg_hba"), ("user=reader", "password"),
        ] {
            let error = #expect(throws: JournalError.self) { try PostgresJournal(at: "\(base)&\(user)") }
            #expect(error?.code == .denied && error?.isRetriable == false, "\(user): \(String(describing: error))")
            #expect(error?.cause?.contains(word) == true, "\(user): \(error?.cause ?? "")")
            #expect(error?.cause?.contains(".c:") == false)
        }
        try server.execute("ALTER DATABASE postgres CONNECTION LIMIT 0; ALTER ROLE reader CONNECTION LIMIT 0")
        let full = #expect(throws: JournalError.self) { try PostgresJournal(at: "\(base)&user=reader&password=secret") }
        #expect(full?.code == .unavailable && full?.isRetriable == true, "\(String(describing: full))")
        let away = #expect(throws: JournalError.self) {
            try PostgresJournal(at: "postgres:///postgres?host=/nowhere&user=postgres")
        }
        #expect(away?.code == .unavailable && away?.isRetriable == true)
    }

    @Test("After a fail-over to a synchronous standby nothing acknowledged is missing and nothing is there twice")
    func failOver() throws {
        let settings = ["synchronous_standby_names=*", "synchronous_commit=remote_apply"]
        let primary = try PostgresServer(settings: settings)
        let standby = try PostgresServer(standbyOf: primary)
        let schema = try primary.newSchema().split(separator: "%3D").last ?? ""
        let journal = try PostgresJournal(at: PostgresServer.url(of: [primary, standby], schema: String(schema)))
        let acknowledged = Atomic(0)
        let isOver = Atomic(false)
        let reported = concurrently(2) { thread -> [(Int64, String)] in
            if thread == 0 {
                defer { isOver.store(true, ordering: .relaxed) }
                try wait { acknowledged.load(ordering: .relaxed) >= 400 }
                try primary.crash()
                try standby.promote()
                try wait { acknowledged.load(ordering: .relaxed) >= 800 }
                return []
            }
            var positions: [(Int64, String)] = []
            var batch = 0
            while !isOver.load(ordering: .relaxed) {
                do throws(JournalError) {
                    let new = try journal.appendSamples(batch * 4...batch * 4 + 3, to: "raw")
                    positions += new.compactMap { $0.map { ($0.n, $0.id) } }
                    acknowledged.store(positions.count, ordering: .relaxed)
                    batch += 1
                } catch {
                    guard error.isRetriable else { throw error }
                    usleep(5_000)
                }
            }
            return positions
        }
        #expect(reported.count >= 800)
        let held = try journal.all("raw").map { ($0.position.n, $0.position.id) }
        #expect(held.map(\.0) == Array(1...Int64(held.count)))
        #expect(Set(held.map(\.1)).count == held.count)
        #expect(held.prefix(reported.count).elementsEqual(reported, by: ==))
        #expect(held.count == reported.count)
    }
}
#else
import Journal
import Testing

@Suite("A build without PostgreSQL")
struct BuildWithoutPostgresTests {
    @Test("A PostgreSQL URL says how to build what it needs", arguments: ["postgres://h/db", "postgresql://h/db"])
    func noTrait(url: String) {
        let error = #expect(throws: JournalError.self) { try JournalLocation(url).open(for: "journal") }
        #expect(error?.code == .cannotOpen)
        #expect(error?.message.contains("--traits Postgres") == true)
    }
}
#endif
