extension Database {
    /// Refuses a database that lacks something of what these statements make: a table, a view or a column of a table.
    ///
    /// - Parameters:
    ///   - statements: What makes the tables in an empty database.
    ///   - remedy: What to do, for the error.
    /// - Throws: `JournalError`; `unusable` names the first thing that is missing.
    package mutating func checkTables(madeBy statements: [String], remedy: String) throws(JournalError) {
        var model = try Database(at: ":memory:")
        for statement in statements { try model.run(statement) }
        // Tables before columns: those of a search index cannot be asked for while a table of it is missing.
        for list in [Self.tables, Self.columns] {
            let there = Set(try names(list))
            guard let missing = try model.names(list).first(where: { !there.contains($0) }) else { continue }
            throw JournalError(.unusable, "\(path): lacks the \(missing), so something else has changed it; \(remedy)")
        }
    }

    private mutating func names(_ sql: String) throws(JournalError) -> [String] {
        var names: [String] = []
        try rows(sql, []) { row in
            names.append(row.text(0))
            return true
        }
        return names
    }

    private static let tables = "SELECT type || ' ' || name FROM sqlite_schema WHERE type IN ('table', 'view')"

    private static let columns = """
        SELECT 'column ' || part.name || ' of ' || whole.name FROM sqlite_schema AS whole, pragma_table_info(whole.name) AS part
        WHERE whole.type = 'table'
        """
}
