internal import CZeroMQ

extension SocketOption {
    /// Pings each peer and drops one that stays silent.
    ///
    /// - Parameters:
    ///   - interval: Time between pings; zero for none.
    ///   - timeout: Silence after which a peer is dropped, on both sides.
    /// - Returns: The option.
    public static func heartbeat(interval: Duration, timeout: Duration) -> SocketOption {
        SocketOption(
            "heartbeat", (ZMQ_HEARTBEAT_IVL, .duration(interval)), (ZMQ_HEARTBEAT_TIMEOUT, .duration(timeout)),
            (ZMQ_HEARTBEAT_TTL, .duration(timeout)))
    }

    /// How long a peer may take to introduce itself; unless set, 30 s.
    public static func handshakeInterval(_ time: Duration) -> SocketOption {
        SocketOption("handshakeInterval", (ZMQ_HANDSHAKE_IVL, .duration(time)))
    }

    /// How long to wait before connecting again.
    ///
    /// - Parameters:
    ///   - initial: The first wait; unless set, 100 ms.
    ///   - maximum: Waits double up to this; zero keeps them all the same.
    /// - Returns: The option.
    public static func reconnect(initial: Duration, maximum: Duration) -> SocketOption {
        SocketOption(
            "reconnect", (ZMQ_RECONNECT_IVL, .duration(initial)), (ZMQ_RECONNECT_IVL_MAX, .duration(maximum)))
    }

    /// How long an attempt to connect may take before the next; zero leaves it to the system.
    public static func connectTimeout(_ time: Duration) -> SocketOption {
        SocketOption("connectTimeout", (ZMQ_CONNECT_TIMEOUT, .duration(time)))
    }

    /// Connections that may wait to be accepted; unless set, 100.
    public static func backlog(_ connections: Int) -> SocketOption {
        SocketOption("backlog", (ZMQ_BACKLOG, .integer(connections, least: 1)))
    }

    /// Whether IPv6 addresses may be used beside IPv4.
    public static func ipv6(_ isOn: Bool) -> SocketOption {
        SocketOption("ipv6", (ZMQ_IPV6, .flag(isOn)))
    }

    /// Lets the system find out that an idle TCP peer is gone.
    ///
    /// - Parameters:
    ///   - idle: Silence before the first probe, in whole seconds.
    ///   - interval: Time between probes, in whole seconds.
    ///   - count: Unanswered probes after which the connection is dropped.
    /// - Returns: The option.
    public static func tcpKeepalive(idle: Duration, interval: Duration, count: Int) -> SocketOption {
        SocketOption(
            "tcpKeepalive", (ZMQ_TCP_KEEPALIVE, .flag(true)), (ZMQ_TCP_KEEPALIVE_IDLE, .seconds(idle)),
            (ZMQ_TCP_KEEPALIVE_INTVL, .seconds(interval)), (ZMQ_TCP_KEEPALIVE_CNT, .integer(count, least: 1)))
    }

    /// How long what was sent over TCP may stay unacknowledged before the connection is dropped; zero leaves it to the system, which
    /// takes a quarter of an hour.
    public static func tcpUserTimeout(_ time: Duration) -> SocketOption {
        SocketOption("tcpUserTimeout", (ZMQ_TCP_MAXRT, .duration(time)))
    }
}
