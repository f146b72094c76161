#if Postgres
internal import CPostgres

/// The database that a journal is kept in; its description holds no password.
struct PostgresPlace: Sendable, CustomStringConvertible {
    /// The URL as it was given, with its secrets: for libpq alone.
    let url: String
    /// Where that is, for people.
    let description: String

    /// Reads a connection URL.
    init(_ url: String) throws(JournalError) {
        var message: UnsafeMutablePointer<CChar>?
        let options = PQconninfoParse(url, &message)
        defer {
            PQconninfoFree(options)
            PQfreemem(message)
        }
        guard let options else {
            // What libpq says quotes the URL, password and all.
            throw JournalError(
                .cannotOpen,
                "the journal's URL is malformed; write postgres://user@host:port/database, and percent-encode "
                    + "what is special in it")
        }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let user = values["user"].map { $0 + "@" } ?? ""
        let port = values["port"].map { ":" + $0 } ?? ""
        self.url = url
        description = "postgres://\(user)\(values["host"] ?? "")\(port)/\(values["dbname"] ?? "")"
    }
}
#endif
