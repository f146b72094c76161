internal import Journal

/// A connection that reads the tables of a sink, in SQLite or PostgreSQL, by the same queries: `?` stands for an argument.
///
/// Sendable because it has one owner, and both databases let a connection go from thread to thread.
struct SinkConnection: ~Copyable, Sendable {
    /// Which words the database wants.
    let dialect: SinkDialect
    /// Seconds after which a query ends with an error that may be tried again; nil for none.
    private let limit: Int?
    private var file: Database?
    #if Postgres
    private var server: PostgresSession?
    #endif

    /// Opens a file, or connects to a database.
    ///
    /// - Parameters:
    ///   - place: Path of the file, or URL of the database.
    ///   - limit: Seconds that a query may take, nil for any time.
    /// - Throws: `JournalError` where there is no sink of this release.
    init(to place: String, within limit: Int?) throws(JournalError) {
        self.limit = limit
        guard !JournalLocation(place).isFolder else {
            dialect = .sqlite
            file = try SQLiteSink.reading(place)
            return
        }
        dialect = .postgres
        #if Postgres
        file = nil
        server = try PostgresSink.reading(place, patience: limit.map { .seconds($0 + 3) } ?? .seconds(4 * 3_600))
        #else
        throw JournalError(
            .cannotOpen,
            "this build reads no PostgreSQL; install libpq-dev and build with: swift build --traits Postgres")
        #endif
    }

    /// Hands the rows of a query to `each`, until there are no more or it returns false.
    mutating func rows(
        _ sql: String, _ arguments: [SQLValue] = [], each: (SinkRow) throws(JournalError) -> Bool
    ) throws(JournalError) {
        if file != nil {
            if let limit { file?.limit(to: limit) }
            try file?.rows(sql, arguments) { (row) throws(JournalError) in try each(SinkRow(row)) }
            return
        }
        #if Postgres
        try server?.walk(sql, arguments, within: limit, each)
        #endif
    }

    /// The first row of a query as `read` makes it, or nil.
    mutating func first<Result>(
        _ sql: String, _ arguments: [SQLValue] = [], read: (SinkRow) -> Result
    ) throws(JournalError) -> Result? {
        var result: Result?
        try rows(sql, arguments) { (row) throws(JournalError) in
            result = read(row)
            return false
        }
        return result
    }
}

/// The current row of a query; valid until the next one.
struct SinkRow {
    private enum Source {
        case file(SQLRow)
        #if Postgres
        case server(PostgresRow)
        #endif
    }

    private let source: Source

    init(_ row: SQLRow) { source = .file(row) }
    #if Postgres
    init(_ row: PostgresRow) { source = .server(row) }
    #endif

    /// The integer in a column; 0 for anything that is none.
    ///
    /// In PostgreSQL it has to be a `bigint`.
    func integer(_ column: Int32) -> Int64 {
        switch source {
        case .file(let row): row.integer(column)
        #if Postgres
        case .server(let row): row.integer(column)
        #endif
        }
    }

    /// The text in a column; empty for none.
    func text(_ column: Int32) -> String {
        switch source {
        case .file(let row): row.text(column)
        #if Postgres
        case .server(let row): row.text(column)
        #endif
        }
    }

    /// The text in a column; nil for none and for an empty one.
    func optional(_ column: Int32) -> String? { text(column).isEmpty ? nil : text(column) }

    /// The number in a column; nil where there is none.
    func number(_ column: Int32) -> Double? {
        switch source {
        case .file(let row): row.number(column)
        #if Postgres
        case .server(let row): row.number(column)
        #endif
        }
    }
}
