internal import Synchronization
package import ZeroMQ

/// How the connection to a server stands, as far as ZeroMQ can tell.
public enum LineState: Sendable, Hashable {
    /// Nobody answers there.
    case down
    /// Somebody answers and does not let this client in: the keys, or the list of the server, do not fit.
    case refused
    /// It stands.
    case up
}

/// Watches the connection of one socket.
package final class LineWatch: Sendable {
    private final class Shared: Sendable {
        let state = Mutex(LineState.down)
    }

    private let shared = Shared()
    private let monitor: SocketMonitor

    /// Watches a socket that is not yet connected.
    ///
    /// - Throws: `ZeroMQError` where no monitor can be started.
    package init(of socket: inout Socket) throws(ZeroMQError) {
        monitor = try socket.monitor([
            .handshakeSucceeded, .disconnected, .handshakeFailed, .handshakeFailedProtocol,
            .handshakeFailedAuthentication, .connectRetried,
        ]) { [shared] event in
            shared.state.withLock { state in
                switch event.kind {
                case .handshakeSucceeded: state = .up
                case .handshakeFailed, .handshakeFailedProtocol, .handshakeFailedAuthentication: state = .refused
                // After a failed handshake, too, it is tried again.
                case .disconnected, .connectRetried: if state == .up { state = .down }
                default: break
                }
            }
        }
    }

    /// How the connection stands.
    package var state: LineState { shared.state.withLock { $0 } }
}
