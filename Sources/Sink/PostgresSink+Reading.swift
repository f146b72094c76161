#if Postgres
internal import Journal

extension PostgresSink {
    /// Connects to a database of this release to read it alone; another process may write to it.
    static func reading(_ url: String, patience: Duration) throws(JournalError) -> PostgresSession {
        var session = PostgresSession(to: try PostgresPlace(url, schema: "onrecord"), patience: patience)
        try session.open()
        try checkEncoding(&session)
        guard try isThere(&session) else {
            if let schema = try ask(hidden, &session).first({ $0.text(0) }) {
                throw unreadable("the schema \(schema)", in: schema, session)
            }
            throw JournalError(.unusable, "\(session.place): holds no analyses; fill it with onrecord sink")
        }
        if let (tables, schema) = try ask(forbidden, &session).first({ ($0.text(0), $0.text(1)) }) {
            throw unreadable(tables, in: schema, session)
        }
        _ = try cursor(&session)
        return session
    }

    private static func unreadable(_ what: String, in schema: String, _ session: borrowing PostgresSession)
        -> JournalError
    {
        JournalError(
            .denied,
            "\(session.place): the role \(session.role) may not read \(what); have the owner run: "
                + "GRANT USAGE ON SCHEMA \(schema) TO \(session.role); "
                + "GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO \(session.role)")
    }

    /// The first schema of the search path that this role may not use: the server passes over it in silence.
    private static let hidden = """
        SELECT quote_ident(nspname) FROM unnest(string_to_array(current_setting('search_path'), ',')) AS part
            JOIN pg_namespace ON nspname = trim(BOTH ' "' FROM part)
        WHERE NOT has_schema_privilege(pg_namespace.oid, 'USAGE') LIMIT 1
        """

    /// The tables and views that are read and that this role may not read, and their schema.
    private static let forbidden = """
        SELECT string_agg(name, ', ' ORDER BY name), min(quote_ident(nspname))
        FROM unnest('{\(names.joined(separator: ","))}'::text[]) AS name
            JOIN pg_class ON pg_class.oid = to_regclass(name) JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE NOT has_table_privilege(pg_class.oid, 'SELECT') HAVING count(*) > 0
        """

    /// Whether the tables of a sink are there.
    static func isThere(_ session: inout PostgresSession) throws(JournalError) -> Bool {
        let columns = try ask(
            """
            SELECT (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('sink')
                AND (attname, atttypid) IN (('version', 'bigint'::regtype), ('cursor', 'text'::regtype)))
            WHERE to_regclass('sink') IS NOT NULL
            """, &session
        ).first { $0.integer(0) }
        guard let columns else { return false }
        guard columns == 2 else {
            throw JournalError(
                .unusable,
                "\(session.place): the table sink there is another program's; name another database, or with "
                    + "?options=-csearch_path%3DNAME a schema")
        }
        return true
    }

    /// Refuses a database in which not every text can be written, or in which letters are mere bytes.
    static func checkEncoding(_ session: inout PostgresSession) throws(JournalError) {
        let found = try ask(
            "SELECT current_setting('server_encoding'), quote_ident(current_database())", &session
        ).first { (encoding: $0.text(0), database: $0.text(1)) }
        guard let found, found.encoding != "UTF8" else { return }
        throw JournalError(
            .unusable,
            "\(session.place): the database \(found.database) has the encoding \(found.encoding), which does not hold all "
                + "letters; name another one, made with: "
                + "CREATE DATABASE onrecord ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
    }
}
#endif
