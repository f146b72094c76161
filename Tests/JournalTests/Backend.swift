import Journal
import TestKit

/// A kind of journal that the conformance tests run over.
enum Backend: String, Sendable {
    case memory
    case sqlite
    case postgres

    /// The kinds that this build and this machine can run; `PostgresJournalTests` says why one is left out.
    static var available: [Backend] {
        #if Postgres
        return PostgresServer.binaries == nil ? [.memory, .sqlite] : [.memory, .sqlite, .postgres]
        #else
        return [.memory, .sqlite]
        #endif
    }

    /// Hands a place for a new journal to `body`, and removes it afterwards.
    func withPlace(_ body: (Place) throws -> Void) throws {
        switch self {
        case .memory:
            let journal = MemoryJournal()
            try body(Place { MemoryJournal(reopening: journal) })
        case .sqlite:
            try withTemporaryFolder { folder in
                let location = JournalLocation(folder + "/state/journal")
                try body(Place { try location.open(for: "journal") })
            }
        case .postgres:
            #if Postgres
            let location = JournalLocation(try PostgresServer.shared.get().newSchema())
            try body(Place { try location.open(for: "journal") })
            #endif
        }
    }
}

/// Where one journal is kept.
struct Place {
    /// Opens the journal as another process would.
    let open: () throws -> any Journal
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
