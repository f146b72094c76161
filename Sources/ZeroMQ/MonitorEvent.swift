internal import CZeroMQ

/// Something that happened to a connection.
public struct MonitorEvent: Sendable, Hashable {
    /// What happened.
    public let kind: Kind
    /// What goes with it; its meaning is told at each `Kind`, and is nothing elsewhere.
    public let value: Int32
    /// The endpoint concerned, as libzmq writes it; empty where it has none.
    public let endpoint: String

    /// Creates an event.
    public init(_ kind: Kind, value: Int32 = 0, endpoint: String = "") {
        self.kind = kind
        self.value = value
        self.endpoint = endpoint
    }

    /// Reads libzmq's two frames, or nil where they are something unknown.
    init?(_ frames: [[UInt8]]) {
        guard frames.count == 2, frames[0].count >= 6 else { return nil }
        let header = frames[0]
        let number = header.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 0, as: UInt16.self) }
        guard let kind = Kind.allCases.first(where: { $0.mask == Int32(number) }) else { return nil }
        self.init(
            kind, value: header.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 2, as: Int32.self) },
            endpoint: String(decoding: frames[1], as: UTF8.self))
    }

    /// What can happen.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// A connection was made; the handshake follows. The value is its file descriptor.
        case connected
        /// A connection was not made at once, and is being waited for.
        case connectDelayed
        /// A connection failed and will be tried again after as many milliseconds as the value.
        case connectRetried
        /// The socket is bound. The value is its file descriptor.
        case listening
        /// The socket could not be bound. The value is an `errno`.
        case bindFailed
        /// A peer connected; the handshake follows. The value is its file descriptor.
        case accepted
        /// A peer could not be accepted. The value is an `errno`.
        case acceptFailed
        /// A connection or bound endpoint was closed from this side.
        case closed
        /// Closing failed. The value is an `errno`.
        case closeFailed
        /// A connection was lost.
        case disconnected
        /// The monitor's socket is gone: no more events follow.
        case stopped
        /// The peers know each other now, and messages flow.
        case handshakeSucceeded
        /// The peer left during the handshake. The value is an `errno`.
        case handshakeFailed
        /// The peer does not speak the protocol, or not the same mechanism. The value is one of libzmq's
        /// `ZMQ_PROTOCOL_ERROR_` numbers.
        case handshakeFailedProtocol
        /// The peer was refused by the `Authenticator`. The value is its status code, such as 400.
        case handshakeFailedAuthentication

        /// libzmq's bit.
        var mask: Int32 {
            switch self {
            case .connected: ZMQ_EVENT_CONNECTED
            case .connectDelayed: ZMQ_EVENT_CONNECT_DELAYED
            case .connectRetried: ZMQ_EVENT_CONNECT_RETRIED
            case .listening: ZMQ_EVENT_LISTENING
            case .bindFailed: ZMQ_EVENT_BIND_FAILED
            case .accepted: ZMQ_EVENT_ACCEPTED
            case .acceptFailed: ZMQ_EVENT_ACCEPT_FAILED
            case .closed: ZMQ_EVENT_CLOSED
            case .closeFailed: ZMQ_EVENT_CLOSE_FAILED
            case .disconnected: ZMQ_EVENT_DISCONNECTED
            case .stopped: ZMQ_EVENT_MONITOR_STOPPED
            case .handshakeSucceeded: ZMQ_EVENT_HANDSHAKE_SUCCEEDED
            case .handshakeFailed: ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
            case .handshakeFailedProtocol: ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
            case .handshakeFailedAuthentication: ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
            }
        }
    }
}
