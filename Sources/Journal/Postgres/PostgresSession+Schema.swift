#if Postgres
extension PostgresSession {
    /// Makes what is wanted where there is none, in one transaction that no other process that does the same disturbs.
    ///
    /// - Parameters:
    ///   - key: An SQL expression: the number of the advisory lock of all that make the same.
    ///   - isTrial: Whether it is undone in the end: what it would stumble over is found.
    ///   - body: Makes it, in the schema that it is to be in.
    /// - Throws: `JournalError`; `denied` names the statement that grants what is missing.
    package mutating func prepare(
        lock key: String, isTrial: Bool, _ body: (inout PostgresSession) throws(JournalError) -> Void
    ) throws(JournalError) {
        do throws(JournalError) {
            try execute("BEGIN")
            try execute("SELECT pg_advisory_xact_lock(\(key), hashtext(current_setting('search_path')))")
            try makeSchema()
            try body(&self)
            try execute(isTrial ? "ROLLBACK" : "COMMIT")
        } catch {
            rollBack()
            throw error
        }
    }

    /// Makes the schema, unless it is there or the URL names one of its own.
    private mutating func makeSchema() throws(JournalError) {
        let schema = PostgresFormat.text(place.schema)
        let answers = try run([
            PostgresQuery(
                "SELECT 1 WHERE current_schema() IS NULL AND current_setting('search_path') = $1", schema),
            PostgresQuery("SELECT 1 FROM pg_namespace WHERE nspname = $1", schema),
        ])
        guard answers[0].count == 1 else { return }
        guard answers[1].count == 0 else {
            throw JournalError(
                .denied,
                "\(place): the role \(role) may not use the schema \(place.schema); have its owner run: "
                    + "GRANT USAGE, CREATE ON SCHEMA \(place.schema) TO \(role)")
        }
        try allowed("CREATE SCHEMA \(place.schema)", by: "CREATE SCHEMA \(place.schema) AUTHORIZATION \(role)")
    }

    /// Makes tables in the schema.
    package mutating func makeTables(_ statements: String) throws(JournalError) {
        let schema = try run([PostgresQuery("SELECT quote_ident(current_schema())")])[0].first { $0.text(0) } ?? ""
        try allowed(statements, by: "GRANT USAGE, CREATE ON SCHEMA \(schema) TO \(role)")
    }

    /// Runs statements; where this role may not, the error names the one that is to be run before by somebody who may.
    private mutating func allowed(_ statements: String, by grant: String) throws(JournalError) {
        do throws(JournalError) { try execute(statements) } catch {
            guard error.code == .denied else { throw error }
            throw JournalError(
                .denied, "\(error.message); have the database's owner run: \(grant)", cause: error.cause)
        }
    }
}
#endif
