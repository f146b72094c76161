internal import Synchronization
package import ZeroMQ

/// How the connection to a server stands, as far as ZeroMQ can tell.
public enum LineState: Sendable, Hashable {
    /// Nobody answers there.
    case down
    /// Somebody answers and does not let this client in: the keys, or the list of the server, do not fit.
    case refused
    /// Somebody takes connections there and closes them before a word: no service, but another program, or a proxy without one.
    case closed
    /// It stands, or somebody takes connections there and says nothing.
    case up
}

/// Watches the connection of one socket.
package final class LineWatch: Sendable {
    private final class Shared: Sendable {
        let standing = Mutex(LineStanding())
    }

    private let shared = Shared()
    private let monitor: SocketMonitor

    /// Watches a socket that is not yet connected.
    ///
    /// - Throws: `ZeroMQError` where no monitor can be started.
    package init(of socket: inout Socket) throws(ZeroMQError) {
        monitor = try socket.monitor(LineStanding.events) { [shared] event in
            shared.standing.withLock { $0.take(event, now: SteadyClock.milliseconds()) }
        }
    }

    /// Looks whether the other end has greeted; to be called while the connection may hang.
    package func look() { shared.standing.withLock { $0.look() } }

    /// How the connection stands.
    package var state: LineState {
        shared.standing.withLock { standing in
            standing.look()
            return standing.state
        }
    }
}
