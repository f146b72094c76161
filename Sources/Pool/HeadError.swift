public import Journal
public import Streams
public import ZeroMQ

/// Why a head could not start or go on.
public enum HeadError: Error, Sendable, CustomStringConvertible {
    /// A socket failed.
    case socket(ZeroMQError)
    /// The journal failed for good.
    case journal(JournalError)
    /// A source can be followed no further.
    case follower(FollowerError)

    /// The error itself.
    public var cause: any Error {
        switch self {
        case .socket(let error): error
        case .journal(let error): error
        case .follower(let error): error
        }
    }

    /// What happened and what can be done.
    public var description: String { "\(cause)" }
}
