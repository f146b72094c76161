#if Postgres
internal import CPostgres

/// The database and schema that a journal is kept in; its description holds no password.
package struct PostgresPlace: Sendable, CustomStringConvertible {
    /// The URL as it was given, with its secrets: for libpq alone.
    package let url: String
    /// The schema that is used where the URL sets no search path of its own.
    package let schema: String
    /// Where that is, for people.
    package let description: String

    /// Reads a connection URL.
    package init(_ url: String, schema: String) throws(JournalError) {
        self.url = url
        self.schema = schema
        description = JournalLocation(url).description
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(url, &message)
        defer {
            PQconninfoFree(options)
            PQfreemem(message)
        }
        // What libpq says quotes the URL, password and all.
        guard options != nil else {
            throw JournalError(
                .cannotOpen,
                "\(description): the journal's URL is malformed; write postgres://user@host:port/database, and "
                    + "percent-encode what is special in it")
        }
    }
}
#endif
