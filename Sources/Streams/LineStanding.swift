package import ZeroMQ

/// What the events of a connection tell of how it stands.
///
/// libzmq leaves a client whose key is not on the list without a word until its handshake times out, as a server that hangs does;
/// but that one has not even greeted. Neither has whoever closes a connection at once.
package struct LineStanding: Sendable {
    /// The events that tell it.
    package static let events: Set<MonitorEvent.Kind> = [
        .connected, .closed, .handshakeSucceeded, .disconnected, .handshakeFailed, .handshakeFailedProtocol,
        .handshakeFailedAuthentication,
    ]

    /// A handshake that lasted for so many milliseconds was not closed by the other end.
    private static let patience: Int64 = 4_000

    /// Bytes with which ZeroMQ begins whatever it says; the end of a connection counts as one byte.
    private static let signature = 10

    private enum Standing {
        case down, mute, closed, refused, up
    }

    private var standing = Standing.down
    /// The handshake that is under way: its connection, and since when.
    private var handshake: (connection: HeldConnection, since: Int64)?
    private var isGreeted = false

    /// A connection that is not yet made.
    package init() {}

    /// How the connection stands.
    package var state: LineState {
        if handshake != nil, isGreeted { return .refused }
        return switch standing {
        case .down: handshake == nil ? .down : .up
        case .mute, .up: .up
        case .closed: .closed
        case .refused: .refused
        }
    }

    /// Takes an event, at a time of the steady clock.
    package mutating func take(_ event: MonitorEvent, now: Int64) {
        switch event.kind {
        case .connected: (handshake, isGreeted) = ((HeldConnection(event.value), now), false)
        case .handshakeSucceeded: end(.up)
        case .handshakeFailedProtocol, .handshakeFailedAuthentication: end(.refused)
        case .handshakeFailed, .disconnected:
            look()
            if let handshake {
                end(isGreeted ? .refused : now - handshake.since < Self.patience ? .closed : .mute)
            } else if standing == .up {
                end(.down)
            }
        // The attempt failed: nobody listens there now.
        case .closed: end(.down)
        default: break
        }
    }

    private mutating func end(_ standing: Standing) { (self.standing, handshake) = (standing, nil) }

    /// Looks whether the other end has greeted; to be called from time to time while it may hang.
    package mutating func look() {
        guard let connection = handshake?.connection, !isGreeted else { return }
        isGreeted = connection.received >= Self.signature
    }
}
