import Journal
import TestKit

/// A kind of journal that the conformance tests run over.
enum Backend: String, Sendable {
    case sqlite
    case postgres

    /// The kinds that this build and this machine can run; `PostgresJournalTests` says why one is left out.
    static var available: [Backend] {
        #if Postgres
        return PostgresServer.binaries == nil ? [.sqlite] : [.sqlite, .postgres]
        #else
        return [.sqlite]
        #endif
    }

    /// Hands a place for a new journal to `body`, and removes it afterwards.
    func withPlace(_ body: (Place) throws -> Void) throws {
        switch self {
        case .sqlite:
            try withTemporaryFolder { folder in
                try body(Place(location: folder + "/state/journal"))
            }
        case .postgres:
            #if Postgres
            try body(Place(location: PostgresServer.shared.get().newSchema()))
            #endif
        }
    }
}

/// Where one journal is kept.
struct Place {
    /// A folder or a URL.
    let location: String

    /// Opens the journal as another process would.
    func open() throws -> any Journal { try JournalLocation(location).open(for: "journal") }
}

/// Hands a new folder to `body`, and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) { try body(folder.path) }
}

/// A test that could not be set up.
struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
