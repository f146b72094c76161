/// Why a stream can be followed no further.
public struct FollowerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// The server has no stream of that name.
        case noSuchStream
        /// The stream's journal is another one than the one followed before.
        case otherEpoch
        /// The server will not serve this client.
        case refused
        /// The server speaks another version of the protocol.
        case otherRelease
    }

    /// The kind of failure.
    public var code: Code
    /// What happened and what can be done.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
