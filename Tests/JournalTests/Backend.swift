import Foundation
import Journal

/// A kind of journal that the conformance tests run over.
enum Backend: String, Sendable, CaseIterable {
    case sqlite

    /// Hands a place for a new journal to `body`, and removes it afterwards.
    func withPlace(_ body: (Place) throws -> Void) throws {
        switch self {
        case .sqlite:
            try withTemporaryFolder { folder in
                try body(Place(location: folder + "/state/journal"))
            }
        }
    }
}

/// Where one journal is kept.
struct Place {
    /// A folder or a URL.
    let location: String

    /// Opens the journal as another process would.
    func open() throws -> any Journal { try SQLiteJournal(at: location) }
}

/// Hands a new folder to `body`, and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "onrecord-journal-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

/// A test that could not be set up.
struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
