import Wire
package import ZeroMQ

extension Socket {
    /// Sets what NWP/1 asks of every socket: heartbeats, a bound on handshakes, on reconnecting and on frames.
    ///
    /// - Parameter endpoint: Where it will be bound or connected.
    /// - Throws: `ZeroMQError` if libzmq refuses an option.
    package mutating func applyProtocolDefaults(for endpoint: Endpoint) throws(ZeroMQError) {
        try set(.linger(.zero))
        // An IPv4 address on an IPv6 socket is shown, and logged, as one that nobody typed.
        let isIPv4 = endpoint.host?.allSatisfy { $0.isNumber || $0 == "." } ?? false
        try set(.ipv6(!isIPv4))
        try set(.heartbeat(interval: .seconds(2), timeout: .seconds(6)))
        try set(.handshakeInterval(.seconds(5)))
        try set(.reconnect(initial: .milliseconds(100), maximum: .seconds(5)))
        // CURVE makes a frame 33 bytes longer.
        try set(.maximumMessageSize(Int64(Limits.bodyBytes + 64)))
    }
}
