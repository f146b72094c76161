#if Postgres
internal import Journal

extension PostgresSession {
    /// Rows that are fetched at a time.
    private static let portion = 1_000

    /// Hands the rows of a query to `each`, until there are no more or it returns false; what is not asked for is not looked up.
    ///
    /// A connection that was lost is made anew, once.
    mutating func walk(
        _ sql: String, _ arguments: [SQLValue], within limit: Int?,
        _ each: (SinkRow) throws(JournalError) -> Bool
    ) throws(JournalError) {
        let begin = [
            PostgresQuery("BEGIN READ ONLY"),
            // Few rows are read of many, so the first ones are to come soon.
            PostgresQuery(
                """
                SELECT set_config('statement_timeout', '\((limit ?? 0) * 1_000)', true),
                    set_config('cursor_tuple_fraction', '0.001', true)
                """), Self.cursor(sql, arguments),
        ]
        let fetch = PostgresQuery("FETCH \(Self.portion) FROM found")
        do throws(JournalError) {
            var rows: PostgresRows
            do throws(JournalError) {
                try open()
                rows = try run(begin + [fetch])[3]
            } catch {
                guard error.isRetriable, !isOpen else { throw error }
                try open()
                rows = try run(begin + [fetch])[3]
            }
            var goesOn = true
            while true {
                for index in 0..<rows.count where goesOn { goesOn = try each(SinkRow(rows.row(index))) }
                guard goesOn, rows.count == Self.portion else { break }
                rows = try run([fetch])[0]
            }
            _ = try run([PostgresQuery("COMMIT")])
        } catch {
            rollBack()
            throw error
        }
    }

    /// A cursor over a query, with PostgreSQL's names of its arguments.
    private static func cursor(_ sql: String, _ arguments: [SQLValue]) -> PostgresQuery {
        var (text, parameters, rest) = ("", [[UInt8]](), arguments[...])
        for (index, part) in sql.split(separator: "?", omittingEmptySubsequences: false).enumerated() {
            if index > 0 {
                let type: String
                switch rest.popFirst() {
                case .integer(let value): (type, parameters) = ("bigint", parameters + [PostgresFormat.integer(value)])
                case .real(let value):
                    (type, parameters) = ("double precision", parameters + [PostgresFormat.real(value)])
                case .text(let value):
                    (type, parameters) = ("text", parameters + [PostgresFormat.text(PostgresFormat.string(value))])
                case .blob(let value): (type, parameters) = ("bytea", parameters + [value])
                case .null, nil: (type, parameters) = ("text", parameters + [[]])
                }
                text += "$\(index)::\(type)"
            }
            text += part
        }
        return PostgresQuery("DECLARE found NO SCROLL CURSOR FOR \(text)", list: parameters)
    }
}
#endif
