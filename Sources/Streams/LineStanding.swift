internal import Glibc
package import ZeroMQ

/// What the events of a connection tell of how it stands.
///
/// libzmq leaves a client whose key is not on the list without a word until its handshake times out, as a server that hangs does;
/// but that one has not even greeted.
package struct LineStanding: Sendable {
    /// The events that tell it.
    package static let events: Set<MonitorEvent.Kind> = [
        .connected, .closed, .handshakeSucceeded, .disconnected, .handshakeFailed, .handshakeFailedProtocol,
        .handshakeFailedAuthentication,
    ]

    /// A handshake that lasted for so many milliseconds was not refused at once.
    private static let patience: Int64 = 4_000

    private enum Standing {
        case down, mute, refused, up
    }

    private var standing = Standing.down
    /// The handshake that is under way: its connection, and since when.
    private var handshake: (descriptor: Int32, since: Int64)?
    private var isGreeted = false

    /// A connection that is not yet made.
    package init() {}

    /// How the connection stands.
    package var state: LineState {
        if handshake != nil, isGreeted { return .refused }
        return switch standing {
        case .down: handshake == nil ? .down : .up
        case .mute, .up: .up
        case .refused: .refused
        }
    }

    /// Takes an event, at a time of the steady clock.
    package mutating func take(_ event: MonitorEvent, now: Int64) {
        switch event.kind {
        case .connected: (handshake, isGreeted) = ((event.value, now), false)
        case .handshakeSucceeded: end(.up)
        case .handshakeFailedProtocol, .handshakeFailedAuthentication: end(.refused)
        case .handshakeFailed, .disconnected:
            if let handshake {
                // A server that refuses may be gone before it has said so.
                end(isGreeted || now - handshake.since < Self.patience ? .refused : .mute)
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
        guard let descriptor = handshake?.descriptor, !isGreeted else { return }
        isGreeted = Self.received(descriptor) > 0
    }

    /// Bytes that came over a TCP connection; none where it is another one, or is gone.
    private static func received(_ descriptor: Int32) -> UInt64 {
        // Of Linux's own `tcp_info`, which has more than that of glibc.
        let offset = 128
        return withUnsafeTemporaryAllocation(byteCount: offset + 8, alignment: 8) { info in
            var size = socklen_t(info.count)
            let code = getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, info.baseAddress, &size)
            guard code == 0, size >= info.count else { return 0 }
            return info.load(fromByteOffset: offset, as: UInt64.self)
        }
    }
}
