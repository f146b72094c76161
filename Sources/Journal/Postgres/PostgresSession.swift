#if Postgres
/// A connection that can be opened again after it was lost, with pauses between vain attempts.
package struct PostgresSession: ~Copyable, Sendable {
    /// The database.
    package let place: PostgresPlace
    /// How many connections there were.
    package private(set) var generation = 0
    /// The role that it was opened as, as SQL names it.
    package private(set) var role = ""

    /// How long a call waits for the server.
    private let patience: Duration
    private var connection: PostgresConnection?
    private var backOff = BackOff()

    /// A session with the server at `place`, not open yet.
    package init(to place: PostgresPlace, patience: Duration = .seconds(4)) {
        self.place = place
        self.patience = patience
    }

    /// Whether there is a connection, as far as is known.
    package var isOpen: Bool { connection != nil }

    /// Connects, unless there is a connection.
    package mutating func open() throws(JournalError) {
        guard connection == nil else { return }
        if let error = backOff.error { throw error }
        do throws(JournalError) {
            var new = try PostgresConnection(to: place, patience: patience)
            if new.isBroken { throw new.connectionError }
            role = new.role
            try new.execute(PostgresSession.settings)
            connection = consume new
            generation += 1
            backOff = BackOff()
        } catch {
            backOff.prolong(after: error)
            throw error
        }
    }

    /// Runs one query, on a new connection where there is none, and once more if the connection was lost under it.
    mutating func answer<Result>(
        _ query: PostgresQuery, _ read: (PostgresRows) -> Result
    ) throws(JournalError) -> Result {
        do throws(JournalError) {
            try open()
            return read(try run([query])[0])
        } catch {
            guard error.isRetriable, !isOpen else { throw error }
            try open()
            return read(try run([query])[0])
        }
    }

    /// Runs queries together on the open connection; an error ends their transaction.
    package mutating func run(_ queries: [PostgresQuery]) throws(JournalError) -> [PostgresRows] {
        do throws(JournalError) {
            guard let results = try connection?.run(queries) else {
                throw JournalError(.unavailable, "\(place): the connection was lost", isRetriable: true)
            }
            return results
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs statements without parameters on the open connection, `within` a time where the usual one is too short; an error ends
    /// their transaction.
    package mutating func execute(_ sql: String, within limit: Duration? = nil) throws(JournalError) {
        do throws(JournalError) { try connection?.execute(sql, within: limit) } catch {
            rollBack()
            throw error
        }
    }

    /// Ends the transaction, if there is one, and the connection, if it is broken.
    package mutating func rollBack() {
        guard let isInTransaction = connection?.isInTransaction, let isBroken = connection?.isBroken else { return }
        if isInTransaction, !isBroken { try? connection?.execute("ROLLBACK") }
        if connection?.isBroken != false || connection?.isInTransaction != false { connection = nil }
    }

    /// What every session starts with.
    ///
    /// What is acknowledged is durable on the server and on a synchronous standby. No statement timeout cuts that wait
    /// short, since the server would then acknowledge what no standby has; only waiting for locks has an end. A server
    /// that does not hear from this process for 25 seconds frees its locks.
    private static let settings = """
        SELECT set_config('synchronous_commit', 'on', false)
            WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply');
        SET statement_timeout = 0;
        SET lock_timeout = '10s';
        SET idle_in_transaction_session_timeout = '60s';
        SET tcp_keepalives_idle = 10;
        SET tcp_keepalives_interval = 5;
        SET tcp_keepalives_count = 3;
        SET tcp_user_timeout = 25000;
        """
}

/// The pause between vain attempts to connect: 0.1 s, doubled each time up to 5 s.
private struct BackOff {
    private var pause = Duration.zero
    private var end = ContinuousClock.now
    private var latest: JournalError?

    /// What the latest attempt failed with, until the next one may be made.
    var error: JournalError? { ContinuousClock.now < end ? latest : nil }

    mutating func prolong(after error: JournalError) {
        latest = error
        pause = pause == .zero ? .milliseconds(100) : min(pause * 2, .seconds(5))
        end = .now + pause
    }
}
#endif
