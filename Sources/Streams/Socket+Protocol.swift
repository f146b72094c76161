import Wire
package import ZeroMQ

extension Socket {
    /// Sets what NWP/1 asks of every socket: heartbeats, a bound on handshakes, on reconnecting and on frames.
    ///
    /// - Throws: `ZeroMQError` if libzmq refuses an option.
    package mutating func applyProtocolDefaults() throws(ZeroMQError) {
        try set(.linger(.zero))
        try set(.ipv6(true))
        try set(.heartbeat(interval: .seconds(2), timeout: .seconds(6)))
        try set(.handshakeInterval(.seconds(5)))
        try set(.reconnect(initial: .milliseconds(100), maximum: .seconds(5)))
        try set(.maximumMessageSize(Int64(Limits.bodyBytes)))
    }
}
