import Wire
package import ZeroMQ

extension Socket {
    /// Sets what NWP/1 asks of every socket: heartbeats, a bound on handshakes, on reconnecting and on frames.
    ///
    /// - Parameters:
    ///   - endpoint: Where it will be bound or connected.
    ///   - fillsUp: Whether its queue of received messages may be full for a while. Then the system looks after its peers, for
    ///     libzmq 4.3 ends a process whose queue is full when a heartbeat is due (libzmq issue 4364).
    /// - Throws: `ZeroMQError` if libzmq refuses an option.
    package mutating func applyProtocolDefaults(
        for endpoint: Endpoint, fillsUp: Bool = false
    ) throws(ZeroMQError) {
        try set(.linger(.zero))
        // An IPv4 address on an IPv6 socket is shown, and logged, as one that nobody typed.
        let isIPv4 = endpoint.host?.allSatisfy { $0.isNumber || $0 == "." } ?? false
        try set(.ipv6(!isIPv4))
        if fillsUp {
            try set(.tcpKeepalive(idle: .seconds(20), interval: .seconds(5), count: 3))
        } else {
            try set(.heartbeat(interval: .seconds(2), timeout: .seconds(6)))
        }
        try set(.handshakeInterval(.seconds(5)))
        try set(.reconnect(initial: .milliseconds(100), maximum: .seconds(5)))
        // CURVE makes a frame 33 bytes longer.
        try set(.maximumMessageSize(Int64(Limits.bodyBytes + 64)))
    }
}
