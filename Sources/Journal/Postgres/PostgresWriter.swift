#if Postgres
/// The session that leads and writes.
struct PostgresWriter: ~Copyable {
    /// What is known about leading.
    enum Lead {
        /// This process has not led yet.
        case never
        /// It leads in a term, as long as nobody has begun another one; the lock belongs to one connection.
        case leading(term: Int64, connection: Int)
        /// Another process has led since; only `tryLead` starts anew.
        case lost
    }

    /// The highest sequence number of each stream that a caller was told of.
    var reported: [String: Int64] = [:]

    /// The database.
    var place: PostgresPlace { session.place }

    private var session: PostgresSession
    private var lead = Lead.never

    /// A writer that does not lead yet.
    init(_ session: consuming PostgresSession) {
        self.session = session
    }

    /// Runs `body` with this writer.
    mutating func perform<Result>(
        _ body: (inout PostgresWriter) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        try body(&self)
    }

    /// Takes or confirms the lead.
    mutating func tryLead() throws(JournalError) -> Bool {
        if case .lost = lead { lead = .never }
        return try retrying { (writer) throws(JournalError) in
            guard let term = try writer.hold() else { return false }
            // A session that has died unnoticed is noticed here.
            return try writer.session.run([PostgresWriter.fence(term)])[0].count == 1
        }
    }

    /// Gives up the lead at once; the end of the session would only do so when the server gets to it.
    mutating func resign() {
        try? session.execute("SELECT pg_advisory_unlock_all()")
        lead = .lost
    }

    /// Runs one transaction of the leader: asks `questions`, then does what `decide` makes of the answers.
    ///
    /// Where the connection is lost, even after the commit, all of it is done again.
    mutating func write<Result>(
        _ questions: [PostgresQuery],
        _ decide: ([PostgresRows], [String: Int64]) throws(JournalError) -> ([PostgresQuery], Result)
    ) throws(JournalError) -> Result {
        try retrying { (writer) throws(JournalError) in
            guard let term = try writer.hold() else { throw writer.notLeading }
            let answers = try writer.session.run(
                [PostgresQuery("BEGIN"), PostgresWriter.fence(term)] + questions)
            guard answers[1].count == 1 else {
                writer.session.rollBack()
                writer.lead = .lost
                throw writer.notLeading
            }
            do throws(JournalError) {
                let (effects, result) = try decide(Array(answers.dropFirst(2)), writer.reported)
                _ = try writer.session.run(effects + [PostgresQuery("COMMIT")])
                return result
            } catch {
                writer.session.rollBack()
                throw error
            }
        }
    }

    /// Runs one transaction without leading, once more if the connection was lost before it could be known to be done.
    mutating func postOnce<Result>(
        _ body: ((([PostgresQuery]) throws(JournalError) -> [PostgresRows])) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        try retrying { (writer) throws(JournalError) in
            try writer.session.open()
            do throws(JournalError) {
                return try body { (queries) throws(JournalError) in try writer.session.run(queries) }
            } catch {
                writer.session.rollBack()
                throw error
            }
        }
    }

    /// A row if this term goes on; no other one begins before the transaction has ended.
    private static func fence(_ term: Int64) -> PostgresQuery {
        PostgresQuery("SELECT term FROM journal WHERE term = $1 FOR SHARE", PostgresFormat.integer(term))
    }

    /// Runs `body`, and once more if the connection was lost under it.
    private mutating func retrying<Result>(
        _ body: (inout PostgresWriter) throws(JournalError) -> Result
    ) throws(JournalError) -> Result {
        do throws(JournalError) { return try body(&self) } catch {
            guard error.isRetriable, !session.isOpen else { throw error }
            return try body(&self)
        }
    }

    /// Opens the session, and takes the lead if nobody else has it or had it since this process did.
    ///
    /// - Returns: The term, or nil while another process leads.
    private mutating func hold() throws(JournalError) -> Int64? {
        try session.open()
        switch lead {
        case .lost:
            return nil
        case .leading(let term, session.generation):
            return term
        case .leading(let term, _):
            let current = try session.run([PostgresQuery("SELECT term FROM journal")])[0].first { $0.integer(0) }
            if let current, current < term {
                lead = .lost
                throw JournalError(setBackAt: session.place, to: current, from: term)
            }
            guard try lock() else {
                if current != term {
                    lead = .lost
                    return nil
                }
                throw JournalError(
                    .unavailable, "\(session.place): the server still holds the lock of the session that was lost",
                    isRetriable: true)
            }
            return try beginTerm(after: term)
        case .never:
            guard try lock() else { return nil }
            let streams = try session.run([PostgresQuery("SELECT name, last FROM streams")])[0]
            reported = Dictionary(uniqueKeysWithValues: streams.map { ($0.text(0), $0.integer(1)) })
            return try beginTerm(after: nil)
        }
    }

    private mutating func lock() throws(JournalError) -> Bool {
        let sql = """
            SELECT pg_try_advisory_lock(\(PostgresSchema.lockClass), 'journal'::regclass::oid::integer)::integer::bigint
            """
        return try session.run([PostgresQuery(sql)])[0].first { $0.integer(0) } == 1
    }

    private mutating func beginTerm(after term: Int64?) throws(JournalError) -> Int64? {
        let sql = "UPDATE journal SET term = term + 1 \(term == nil ? "" : "WHERE term = $1 ")RETURNING term"
        let query = term.map { PostgresQuery(sql, PostgresFormat.integer($0)) } ?? PostgresQuery(sql)
        guard let new = try session.run([query])[0].first({ $0.integer(0) }) else {
            resign()
            return nil
        }
        lead = .leading(term: new, connection: session.generation)
        return new
    }

    private var notLeading: JournalError {
        if case .lost = lead {
            return JournalError(.notLeading, "\(session.place): another process has taken the lead")
        }
        return JournalError(
            .notLeading, "\(session.place): another process leads; stop it first", isRetriable: true)
    }
}
#endif
