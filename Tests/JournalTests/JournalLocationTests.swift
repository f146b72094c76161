import Journal
import Testing

@Suite("Where a journal is")
struct JournalLocationTests {
    @Test(
        "A description names user, hosts and database, and no password, however the URL is written",
        arguments: [
            ("state/producer", "state/producer"),
            ("postgres://db.example.org/news", "postgres://db.example.org/news"),
            ("postgresql://me@db/news", "postgresql://me@db/news"),
            ("postgres://me:s3cret@a:5432,[::1]:5433/news?sslmode=require", "postgres://me@a:5432,[::1]:5433/news"),
            ("postgres://me:@db/news", "postgres://me@db/news"),
            ("postgres:///news?host=/run/a,/run/b&password=s3&user=me", "postgres:///news?host=/run/a,/run/b&user=me"),
            ("postgres://me:s3@cret@db/news", "postgres://me@db/news"),
            ("postgres://me:s3/cret@db/news", "postgres://…"),
            ("postgres://me:s3?cret@db/news", "postgres://…"),
            ("postgres://me:s3cret", "postgres://…"),
            ("postgres://db/news?password=s3@cret", "postgres://…"),
            ("postgres://", "postgres://"),
        ])
    func redaction(text: String, description: String) {
        #expect(JournalLocation(text).description == description)
    }

    @Test(
        "The address of anything else names no folder",
        arguments: ["mysql://db/news", "http://x/y", "sqlite:///x", "Postgres://x"])
    func others(text: String) {
        let error = #expect(throws: JournalError.self) { try JournalLocation(text).open(for: "producer") }
        #expect(error?.code == .cannotOpen && error?.message.contains("a journal is kept in PostgreSQL") == true)
    }

    @Test("A folder is one service's alone") func foreign() throws {
        try withTemporaryFolder { folder in
            for (service, stream, other) in [("producer", "raw", "analyzer"), ("analyzer", "res", "producer")] {
                let place = JournalLocation("\(folder)/\(service)")
                let journal = try place.open(for: service)
                _ = try journal.tryLead()
                _ = try journal.state(of: stream)
                journal.close()
                let error = #expect(throws: JournalError.self) { try place.open(for: other) }
                #expect(error?.code == .cannotOpen && error?.message.contains("the journal of the \(service)") == true)
                try place.open(for: service).close()
            }
        }
    }

    @Test(
        "A password is found wherever it stands",
        arguments: [
            ("postgres://me:s3cret@db/news", true), ("postgres://db/news?password=s3cret", true),
            ("postgres://db/news?sslmode=require&sslpassword=x", true), ("postgres://me@db:5432/news", false),
            ("postgres://db/news?passfile=/etc/onrecord/pgpass", false), ("state/a:b@c", false),
        ])
    func password(text: String, holdsOne: Bool) {
        #expect(JournalLocation(text).holdsPassword == holdsOne)
    }
}
