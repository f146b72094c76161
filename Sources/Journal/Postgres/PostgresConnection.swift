#if Postgres
internal import CPostgres
internal import Glibc

/// A session with a PostgreSQL server, ended at the end of its life.
///
/// No call waits longer for the server than its `patience`; a session whose server was silent for longer is broken.
///
/// Sendable because it has one owner, and libpq lets a connection go from thread to thread.
struct PostgresConnection: ~Copyable, @unchecked Sendable {
    /// How many prepared statements are kept.
    private static let mostStatements = 200

    private let handle: OpaquePointer
    private let place: PostgresPlace
    private let patience: Duration
    private var prepared: [String: String] = [:]
    private var preparations = 0
    private var isOverdue = false

    /// Connects; whether the session is usable is in `isBroken`.
    init(to place: PostgresPlace, patience: Duration) throws(JournalError) {
        // What stands first is overridden by what the URL says.
        let settings = [
            ("target_session_attrs", "read-write"), ("connect_timeout", "2"),
            ("application_name", "onrecord \(place.schema)"), ("options", "-csearch_path=\(place.schema)"),
            ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "25000"), ("dbname", place.url), ("client_encoding", "UTF8"),
        ]
        let names = CStrings(settings.map(\.0))
        let values = CStrings(settings.map(\.1))
        guard let handle = PQconnectStartParams(names.pointers, values.pointers, 1) else {
            throw JournalError(.unavailable, "\(place): no memory for a connection", isRetriable: true)
        }
        // A server that refuses a session says why in its own language, and the code only to those who asked for it before.
        // The connection that was begun is dropped, and made anew with the time limits of libpq.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        PQreset(handle)
        self.handle = handle
        self.place = place
        self.patience = patience
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        PQsetnonblocking(handle, 1)
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether the session is over, or never was.
    var isBroken: Bool { isOverdue || PQstatus(handle) == CONNECTION_BAD }

    /// Whether a transaction is open.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// The role that it was opened as, as SQL names it.
    var role: String { PostgresFormat.identifier(PQuser(handle).map { String(cString: $0) } ?? "") }

    /// Why the session is broken.
    var connectionError: JournalError { JournalError(connection: handle, at: place) }

    /// Sends queries together and waits for all their results; after one that fails, none is run.
    mutating func run(_ queries: [PostgresQuery]) throws(JournalError) -> [PostgresRows] {
        // Searches may be put in very many ways.
        if prepared.count >= Self.mostStatements {
            try execute("DEALLOCATE ALL")
            prepared = [:]
        }
        guard PQenterPipelineMode(handle) == 1 else { throw connectionError }
        var new: [String: String] = [:]
        // For each result that comes, the statement that it prepares, or nil for one that is run.
        var steps: [String?] = []
        for query in queries {
            let name: String
            if let known = prepared[query.sql] ?? new[query.sql] {
                name = known
            } else {
                name = "s\(preparations)"
                preparations += 1
                new[query.sql] = name
                steps.append(query.sql)
                guard PQsendPrepare(handle, name, query.sql, 0, nil) == 1 else { throw connectionError }
            }
            steps.append(nil)
            guard send(query, as: name) else { throw connectionError }
        }
        guard PQpipelineSync(handle) == 1 else { throw connectionError }
        let deadline = deadline(forBytes: queries.reduce(0) { $0 + $1.bytes })
        try flush(until: deadline)
        var results: [PostgresRows] = []
        var failure: JournalError?
        for step in steps {
            while let result = try nextResult(until: deadline) {
                switch PQresultStatus(result.result) {
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                    if let step { prepared[step] = new[step] } else { results.append(result) }
                default: failure = failure ?? JournalError(result: result.result, at: place, as: role)
                }
            }
        }
        // What follows the results is the sync point.
        _ = try nextResult(until: deadline)
        if isBroken { throw connectionError }
        guard PQexitPipelineMode(handle) == 1 else { throw connectionError }
        if let failure { throw failure }
        guard results.count == queries.count else { throw connectionError }
        return results
    }

    /// Runs statements without parameters, one after another, within `limit` or the usual patience.
    mutating func execute(_ sql: String, within limit: Duration? = nil) throws(JournalError) {
        guard PQsendQuery(handle, sql) == 1 else { throw connectionError }
        let deadline = limit.map { .now + $0 } ?? deadline(forBytes: 0)
        try flush(until: deadline)
        var failure: JournalError?
        while let result = try nextResult(until: deadline) {
            switch PQresultStatus(result.result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
            default: failure = failure ?? JournalError(result: result.result, at: place, as: role)
            }
        }
        if isBroken { throw connectionError }
        if let failure { throw failure }
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

// MARK: - Waiting

extension PostgresConnection {
    /// When the server has to be done with so many bytes: a megabyte a second comes on top of the patience.
    private func deadline(forBytes bytes: Int) -> ContinuousClock.Instant {
        .now + patience + .seconds(bytes >> 20)
    }

    /// Sends all that is queued; what comes meanwhile is taken, lest both sides wait for each other.
    private mutating func flush(until deadline: ContinuousClock.Instant) throws(JournalError) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1: try wait(for: POLLIN | POLLOUT, until: deadline)
            default: throw connectionError
            }
            guard PQconsumeInput(handle) == 1 else { throw connectionError }
        }
    }

    /// The next result, or nil where libpq says that a statement has no more.
    private mutating func nextResult(until deadline: ContinuousClock.Instant) throws(JournalError) -> PostgresRows? {
        while PQisBusy(handle) == 1 {
            try wait(for: POLLIN, until: deadline)
            guard PQconsumeInput(handle) == 1 else { throw connectionError }
        }
        return PQgetResult(handle).map { PostgresRows($0) }
    }

    private mutating func wait(for events: Int32, until deadline: ContinuousClock.Instant) throws(JournalError) {
        var item = pollfd(fd: PQsocket(handle), events: Int16(truncatingIfNeeded: events), revents: 0)
        repeat {
            let left = deadline - .now
            guard left > .zero else { break }
            let milliseconds = Int32(clamping: Int64(left / .milliseconds(1)) + 1)
            if poll(&item, 1, milliseconds) > 0 { return }
        } while true
        isOverdue = true
        throw JournalError(
            .unavailable, "\(place): the server gives no answer; trying again on a new connection", isRetriable: true)
    }
}
#endif
