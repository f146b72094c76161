#if Postgres
extension PostgresSession {
    /// Makes what is wanted where there is none, in one transaction that no other process that does the same disturbs.
    ///
    /// - Parameters:
    ///   - key: An SQL expression: the number of the advisory lock of all that make the same.
    ///   - table: The table that is there where the others are.
    ///   - isTrial: Whether it is undone in the end: what it would stumble over is found.
    ///   - body: Makes it, in the schema that it is to be in.
    /// - Throws: `JournalError`; `denied` names the statement that grants all that is missing.
    package mutating func prepare(
        lock key: String, holding table: String, isTrial: Bool,
        _ body: (inout PostgresSession) throws(JournalError) -> Void
    ) throws(JournalError) {
        do throws(JournalError) {
            try execute("BEGIN")
            try execute("SELECT pg_advisory_xact_lock(\(key), hashtext(current_setting('search_path')))")
            try requireRights(to: table)
            try makeSchema()
            try body(&self)
            try execute(isTrial ? "ROLLBACK" : "COMMIT")
        } catch {
            rollBack()
            throw error
        }
    }

    /// Refuses a role that may not use the schema, or does not own the tables that are there.
    ///
    /// What was erased goes with VACUUM FULL alone, which passes over tables of others in silence. The role of their owner may use the
    /// schema, too.
    private mutating func requireRights(to table: String) throws(JournalError) {
        // Schemas that a role may not use are passed over in silence, so those of the search path are looked at one by one.
        let query = PostgresQuery(
            """
            SELECT quote_ident(nspname), coalesce(quote_ident(pg_get_userbyid(relowner)), '') FROM (
                SELECT pg_namespace.oid AS namespace, nspname, relowner
                FROM unnest(string_to_array(current_setting('search_path'), ',')) WITH ORDINALITY AS path (part, place)
                    JOIN pg_namespace ON nspname = trim(BOTH ' "' FROM part)
                    LEFT JOIN pg_class ON relnamespace = pg_namespace.oid AND relname = $1 AND relkind = 'r'
                ORDER BY relowner IS NULL, place LIMIT 1) AS found
            WHERE CASE WHEN relowner IS NULL THEN NOT has_schema_privilege(namespace, 'USAGE')
                ELSE NOT pg_has_role(relowner, 'USAGE') END
            """, PostgresFormat.text(table))
        guard let (schema, owner) = try run([query])[0].first({ ($0.text(0), $0.text(1)) }) else { return }
        throw JournalError(
            .denied,
            owner.isEmpty
                ? "\(place): the role \(role) may not use the schema \(schema); have its owner run: "
                    + "GRANT USAGE, CREATE ON SCHEMA \(schema) TO \(role)"
                : "\(place): the tables in the schema \(schema) are of the role \(owner); be that role, or have it run: "
                    + "GRANT \(owner) TO \(role)")
    }

    /// Refuses a database that lacks some of these tables and views.
    package mutating func requireTables(_ names: [String], remedy: String) throws(JournalError) {
        let query = PostgresQuery(
            """
            SELECT coalesce(string_agg(name, ', '), '') FROM unnest(string_to_array($1, ',')) AS name WHERE to_regclass(name) IS NULL
            """, PostgresFormat.text(names.joined(separator: ",")))
        guard let missing = try run([query])[0].first({ $0.text(0) }), !missing.isEmpty else { return }
        throw JournalError(
            .unusable, "\(place): lacks \(missing), so something else has changed it; \(remedy)")
    }

    /// Makes the schema, unless it is there or the URL names one of its own.
    private mutating func makeSchema() throws(JournalError) {
        let missing = PostgresQuery(
            "SELECT 1 WHERE current_schema() IS NULL AND current_setting('search_path') = $1",
            PostgresFormat.text(place.schema))
        guard try run([missing])[0].count == 1 else { return }
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
