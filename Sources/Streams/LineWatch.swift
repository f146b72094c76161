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
        let state = Mutex((state: LineState.down, isShakingHands: false))
    }

    private let shared = Shared()
    private let monitor: SocketMonitor

    /// Watches a socket that is not yet connected.
    ///
    /// - Throws: `ZeroMQError` where no monitor can be started.
    package init(of socket: inout Socket) throws(ZeroMQError) {
        monitor = try socket.monitor([
            .connected, .closed, .handshakeSucceeded, .disconnected, .handshakeFailed, .handshakeFailedProtocol,
            .handshakeFailedAuthentication,
        ]) { [shared] event in
            shared.state.withLock { line in
                switch event.kind {
                case .connected: line.isShakingHands = true
                case .handshakeSucceeded: line = (.up, false)
                case .handshakeFailed, .handshakeFailedProtocol, .handshakeFailedAuthentication:
                    line = (.refused, false)
                // A server that refuses may be gone before it has said so.
                case .disconnected:
                    line = (line.isShakingHands ? .refused : line.state == .up ? .down : line.state, false)
                // The attempt failed: nobody listens there now.
                case .closed: line = (.down, false)
                default: break
                }
            }
        }
    }

    /// How the connection stands: one whose handshake does not come to an end is no better than a refused one.
    package var state: LineState {
        shared.state.withLock { $0.isShakingHands && $0.state == .down ? .refused : $0.state }
    }
}
