import Wire
package import ZeroMQ

extension Socket {
    /// Sets what NWP/1 asks of every socket: that lost peers are noticed, and bounds on handshakes, reconnecting and frames.
    ///
    /// The system notices whether a peer is gone, and no heartbeats of ZeroMQ do: libzmq 4.3 ends the process where the queue of a
    /// peer is full when a heartbeat is due (its issues 3937 and 4364). A peer that lives and says nothing is noticed by the
    /// protocol, which has marks, beats and answers.
    ///
    /// - Parameter endpoint: Where it will be bound or connected.
    /// - Throws: `ZeroMQError` if libzmq refuses an option.
    package mutating func applyProtocolDefaults(for endpoint: Endpoint) throws(ZeroMQError) {
        try set(.linger(.zero))
        // An IPv4 address on an IPv6 socket is shown, and logged, as one that nobody typed.
        let isIPv4 = endpoint.host?.allSatisfy { $0.isNumber || $0 == "." } ?? false
        try set(.ipv6(!isIPv4))
        try set(.tcpKeepalive(idle: .seconds(4), interval: .seconds(2), count: 3))
        try set(.tcpUserTimeout(.seconds(10)))
        // The system's own patience with a host that is away grows to minutes, and goes on when it is back.
        try set(.connectTimeout(.seconds(5)))
        try set(.handshakeInterval(.seconds(5)))
        try set(.reconnect(initial: .milliseconds(100), maximum: .seconds(5)))
        // CURVE makes a frame 33 bytes longer.
        try set(.maximumMessageSize(Int64(Limits.bodyBytes + 64)))
    }

    /// Takes larger frames than a message may have, as far as a reader can bear: one that is too large can then be named and passed over,
    /// while a connection that ends over it would end at every attempt.
    ///
    /// - Throws: `ZeroMQError` if libzmq refuses the option.
    package mutating func takeWhatIsTooLarge() throws(ZeroMQError) {
        try set(.maximumMessageSize(Int64(Limits.unreadFrameBytes)))
    }
}
