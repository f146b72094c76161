#if Postgres
internal import CPostgres

/// A session with a PostgreSQL server, ended at the end of its life.
///
/// Sendable because it has one owner, and libpq lets a connection go from thread to thread.
struct PostgresConnection: ~Copyable, @unchecked Sendable {
    private let handle: OpaquePointer
    private let place: PostgresPlace
    private var prepared: [String: String] = [:]

    /// Connects; whether the session is usable is in `isBroken`.
    init(to place: PostgresPlace) throws(JournalError) {
        // What stands first is overridden by what the URL says.
        let settings = [
            ("target_session_attrs", "read-write"), ("connect_timeout", "5"), ("application_name", "onrecord"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "25000"), ("dbname", place.url), ("client_encoding", "UTF8"),
        ]
        let names = CStrings(settings.map(\.0))
        let values = CStrings(settings.map(\.1))
        guard let handle = PQconnectdbParams(names.pointers, values.pointers, 1) else {
            throw JournalError(.unavailable, "\(place): no memory for a connection", isRetriable: true)
        }
        self.handle = handle
        self.place = place
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether the session is over, or never was.
    var isBroken: Bool { PQstatus(handle) == CONNECTION_BAD }

    /// Whether a transaction is open.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Why the session is broken.
    var connectionError: JournalError { JournalError(connection: handle, at: place) }

    /// Sends queries together and waits for all their results; after one that fails, none is run.
    mutating func run(_ queries: [PostgresQuery]) throws(JournalError) -> [PostgresRows] {
        let names = try queries.map { (query) throws(JournalError) in try prepare(query.sql) }
        guard PQenterPipelineMode(handle) == 1 else { throw connectionError }
        for (query, name) in zip(queries, names) {
            guard send(query, as: name) else { throw connectionError }
        }
        guard PQpipelineSync(handle) == 1 else { throw connectionError }
        var results: [PostgresRows] = []
        var failure: JournalError?
        for _ in queries {
            while let result = PQgetResult(handle) {
                let rows = PostgresRows(result)
                switch PQresultStatus(result) {
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK: results.append(rows)
                default: failure = failure ?? JournalError(result: result, at: place)
                }
            }
        }
        // What follows the results is the sync point.
        if let sync = PQgetResult(handle) { PQclear(sync) }
        if isBroken { throw connectionError }
        guard PQexitPipelineMode(handle) == 1 else { throw connectionError }
        if let failure { throw failure }
        guard results.count == queries.count else { throw connectionError }
        return results
    }

    /// Runs statements without parameters, one after another.
    mutating func execute(_ sql: String) throws(JournalError) {
        guard let result = PQexec(handle, sql) else { throw connectionError }
        let rows = PostgresRows(result)
        switch PQresultStatus(rows.result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return
        default: throw isBroken ? connectionError : JournalError(result: rows.result, at: place)
        }
    }

    private mutating func prepare(_ sql: String) throws(JournalError) -> String {
        if let name = prepared[sql] { return name }
        let name = "s\(prepared.count)"
        guard let result = PQprepare(handle, name, sql, 0, nil) else { throw connectionError }
        let rows = PostgresRows(result)
        guard PQresultStatus(rows.result) == PGRES_COMMAND_OK else {
            throw isBroken ? connectionError : JournalError(result: rows.result, at: place)
        }
        prepared[sql] = name
        return name
    }

    private func send(_ query: PostgresQuery, as name: String) -> Bool {
        withPointers(to: query.parameters[...], []) { pointers in
            let lengths = query.parameters.map { Int32(clamping: $0.count) }
            let formats = [Int32](repeating: 1, count: lengths.count)
            return PQsendQueryPrepared(handle, name, Int32(lengths.count), pointers, lengths, formats, 1) == 1
        }
    }

    /// Calls `body` with the addresses of parameters, which stay where they are meanwhile.
    private func withPointers(
        to parameters: ArraySlice<[UInt8]>, _ pointers: [UnsafePointer<CChar>?],
        _ body: ([UnsafePointer<CChar>?]) -> Bool
    ) -> Bool {
        guard let parameter = parameters.first else { return body(pointers) }
        // The address of an empty array may be null, which libpq would send as NULL.
        let bytes = parameter.isEmpty ? [0] : parameter
        return bytes.withUnsafeBytes { bytes in
            withPointers(
                to: parameters.dropFirst(), pointers + [bytes.assumingMemoryBound(to: CChar.self).baseAddress], body
            )
        }
    }
}
#endif
