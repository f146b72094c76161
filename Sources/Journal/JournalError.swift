/// Why a journal could not do what was asked.
public struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// The journal cannot be opened or made at its place.
        case cannotOpen
        /// What is to be read is not there.
        case missing
        /// What is to be made beside the journal, such as a backup, cannot be made there.
        case cannotMake
        /// The user that this process runs as, or its role at the store's server, may not do it.
        case denied
        /// What stands there is no journal, or one of a newer version.
        case unusable
        /// The journal was set back to an earlier state under this process, which is to start again.
        case setBack
        /// The disk, or the share of it that may be used, is full.
        case full
        /// The store is busy, or its server is away for the moment.
        case unavailable
        /// A question took longer than it may.
        case tooLong
        /// Another process leads.
        case notLeading
        /// The journal is closed.
        case closed
        /// Any other failure of the store.
        case failed
    }

    /// The kind of failure.
    public var code: Code
    /// What happened, where, and what can be done.
    public var message: String
    /// What the store itself said, with its own code.
    public var cause: String?
    /// Whether the same call can succeed later without anyone's help.
    public var isRetriable: Bool

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: String? = nil, isRetriable: Bool = false) {
        self.code = code
        self.message = message
        self.cause = cause
        self.isRetriable = isRetriable
    }

    /// Message and cause in one line.
    public var description: String { message + (cause.map { " (\($0))" } ?? "") }
}
