internal import Glibc

/// Where a journal is kept: a folder, for SQLite, or a `postgres://` URL, for PostgreSQL.
///
/// Its description is for people and logs: it holds no password.
public struct JournalLocation: Sendable, Hashable, CustomStringConvertible {
    private let text: String

    /// The services whose journals have a folder each, with a stream that the other does not have.
    private static let owners = ["producer": "raw", "analyzer": "res"]

    /// Takes what a user wrote.
    public init(_ text: String) {
        self.text = text
    }

    /// The folder, or what is known to be no secret of the URL: user, hosts and database.
    public var description: String {
        guard let url = PostgresURL(text) else { return text }
        return url.redacted
    }

    /// Whether the URL holds a password.
    public var holdsPassword: Bool { PostgresURL(text)?.holdsPassword ?? false }

    /// Whether it is a folder of this machine.
    public var isFolder: Bool { PostgresURL(text) == nil }

    /// Why nothing can be kept there: it is the address of something else, which would otherwise name a folder; nil where it can.
    public var mistake: String? {
        guard isFolder, text.contains("://") else { return nil }
        let scheme = text.prefix { $0 != ":" }
        return "a journal is kept in PostgreSQL (postgres://USER@HOST/DATABASE) or in a folder, and not by \(scheme)"
    }

    /// Copies the journal, as it is at this moment, into the new file `target`, whether it is in use or not.
    ///
    /// - Parameters:
    ///   - target: The file.
    ///   - service: The service that the journal belongs to.
    /// - Returns: The streams that the copy holds, by name.
    /// - Throws: `JournalError`; `missing` where there is no journal, `cannotOpen` for one in PostgreSQL, which has its own means,
    ///   `cannotMake` where the file is there already or cannot be made.
    public func backUp(
        to target: String, of service: String
    ) throws(JournalError) -> [(name: String, state: StreamState)] {
        guard isFolder else {
            throw JournalError(
                .cannotOpen, "\(self): a journal in PostgreSQL is backed up with pg_dump or pg_basebackup")
        }
        try requireJournal(of: service)
        let streams = try SQLiteJournal.streams(at: text, restored: true)
        try refuseOthers(than: service) { streams.contains($0) }
        return try SQLiteJournal.backUp(at: text, to: target)
    }

    /// Refuses a folder without a journal: what looks into one, makes none.
    ///
    /// - Parameter service: The service that it belongs to.
    /// - Throws: `JournalError`; `missing` where there is none.
    public func requireJournal(of service: String) throws(JournalError) {
        if let mistake { throw JournalError(.cannotOpen, "\(self): \(mistake)") }
        guard isFolder, access(text + "/journal.db", F_OK) != 0 else { return }
        let reason = errno
        throw JournalError(
            .missing,
            "\(self): holds no journal that can be read; name the folder of the \(service) with --state, or its database with "
                + "--journal", errno: reason)
    }

    /// Looks whether a journal can be used, and changes nothing there; where there is none yet, it can be made.
    ///
    /// - Parameters:
    ///   - service: The service that it belongs to.
    ///   - restored: Whether to go on with what is there, even where it is known to be an earlier state.
    /// - Throws: `JournalError`, which may be tried again where the server is away.
    public func check(for service: String, restored: Bool = false) throws(JournalError) {
        if isFolder {
            let streams = try SQLiteJournal.streams(at: text, restored: restored)
            return try refuseOthers(than: service) { streams.contains($0) }
        }
        #if Postgres
        var session = PostgresSession(to: try PostgresPlace(text, schema: service))
        try session.open()
        try PostgresSchema.prepare(&session, isTrial: true)
        #else
        _ = try open(for: service)
        #endif
    }

    /// Opens the journal, and makes it if there is none.
    ///
    /// - Parameters:
    ///   - service: The service that it belongs to; one database has room for the journals of several.
    ///   - restored: Whether to go on with what is there, even where it is known to be an earlier state.
    /// - Returns: The journal.
    /// - Throws: `JournalError`; `cannotOpen` for a URL where this build has no PostgreSQL.
    public func open(for service: String, restored: Bool = false) throws(JournalError) -> any Journal {
        if let mistake { throw JournalError(.cannotOpen, "\(self): \(mistake)") }
        guard PostgresURL(text) != nil else {
            let journal = try SQLiteJournal(at: text, restored: restored)
            do throws(JournalError) {
                try refuseOthers(than: service) { (stream) throws(JournalError) in try journal.holds(stream) }
            } catch {
                journal.close()
                throw error
            }
            return journal
        }
        #if Postgres
        return try PostgresJournal(at: text, schema: service)
        #else
        throw JournalError(
            .cannotOpen,
            "\(self): this build keeps no journal in PostgreSQL; install libpq-dev and build with: "
                + "swift build --traits Postgres"
        )
        #endif
    }

    /// Refuses the journal of another service than one that has a journal of its own.
    private func refuseOthers(
        than service: String, holds: (String) throws(JournalError) -> Bool
    ) throws(JournalError) {
        guard Self.owners[service] != nil else { return }
        for (owner, stream) in Self.owners where owner != service {
            guard try holds(stream) else { continue }
            throw JournalError(
                .cannotOpen,
                "\(self): holds the journal of the \(owner) (its stream \(stream)); give the \(service) a folder of its own"
            )
        }
    }
}
