import Delivery
import Glibc
import Journal
import Service
import Sink

/// Where `onrecord sink` keeps analyses: a database, or a file of JSON lines.
struct SinkPlace: Hashable, CustomStringConvertible {
    /// The path or URL as it was given, with its secrets.
    let path: String

    /// The place as it may be shown.
    var description: String { JournalLocation(path).description }
    var isFile: Bool { JournalLocation(path).isFolder }
    var isLines: Bool { path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") }

    /// Why there is nothing at a place that could be read, for the command line; nil where it is a file or in PostgreSQL.
    var mistake: String? {
        guard isLines || isFile && path.contains("://") else { return nil }
        return "what is read is a database of SQLite or PostgreSQL: onrecord sink analyses.db keeps one"
    }

    #if !Postgres
    static let noPostgres = ToolError(
        "this build has no PostgreSQL", remedy: "install libpq-dev and build with: swift build --traits Postgres",
        .unavailable)
    #endif

    /// Opens the database to read it.
    /// - Throws: `ToolError`, or a `JournalError` that can be tried again.
    func reader(isPatient: Bool = false) throws -> SinkReader {
        #if !Postgres
        guard isFile else { throw Self.noPostgres }
        #endif
        return try reading {
            try SinkReader(at: path, isPatient: isPatient)
        }
    }

    /// Does something that reads the database: what it is not, is missing as input.
    func reading<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result {
        try explaining(missing: .noInput, body)
    }

    /// Does something that writes the database: what it cannot be, is missing as output.
    func writing<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result {
        try explaining(missing: .cantCreate, body)
    }

    private func explaining<Result: ~Copyable>(missing code: ExitCode, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as JournalError where [.cannotOpen, .missing, .unusable].contains(error.code) {
            throw ToolError("\(error)", remedy: error.code == .missing ? "make it with onrecord sink" : nil, code)
        }
    }
}

extension ConfigurationCheck {
    /// Looks whether analyses can be kept at a place, or are there to be read.
    mutating func sink(_ place: SinkPlace, isRead: Bool) {
        if isRead { return note { _ = try place.reader() } }
        guard write(place.path) else { return }
        note {
            try place.writing {
                if place.isFile {
                    if !place.isLines, access(place.path, R_OK) == 0 { try SQLiteSink.check(place.path) }
                } else {
                    #if Postgres
                    try PostgresSink.check(place.path)
                    #else
                    throw SinkPlace.noPostgres
                    #endif
                }
            }
        }
    }
}
