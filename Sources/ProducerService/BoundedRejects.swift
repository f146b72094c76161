import Ingest

/// A folder of what was refused that clients and servers cannot fill a disk with.
struct BoundedRejects: Sendable {
    /// What became of a refusal.
    enum Outcome: Sendable, Hashable {
        /// It is kept, or was before.
        case kept
        /// The bound is reached: this one and those that follow are not kept.
        case full
    }

    private let folder: RejectFolder
    private var count: Int
    private var bytes: Int

    /// Takes a folder.
    /// - Parameters:
    ///   - folder: Where they are kept.
    ///   - count: How many are kept at most before the next start.
    ///   - bytes: How many bytes of them.
    init(_ folder: RejectFolder, count: Int = 10_000, bytes: Int = 256 << 20) {
        self.folder = folder
        self.count = count
        self.bytes = bytes
    }

    /// Keeps an article that was refused, with the reason.
    /// - Parameters:
    ///   - error: The reason, with the input.
    ///   - ending: What the file's name is to end with, nil for what the place tells.
    /// - Returns: What became of it.
    /// - Throws: `FileFailure` where it cannot be written.
    mutating func keep(_ error: IngestError, ending: String? = nil) throws(FileFailure) -> Outcome {
        let size = error.input?.count ?? 0
        guard count > 0, size <= bytes else { return .full }
        if try folder.keep(error, ending: ending) {
            count -= 1
            bytes -= size
        }
        return .kept
    }
}
