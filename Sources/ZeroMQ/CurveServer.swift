/// What a bound socket needs to admit nobody but CURVE clients on a list.
public struct CurveServer: Sendable {
    /// The server's own keys.
    public let keys: CurveKeys
    /// Whoever has the lists, in the context of the socket.
    public let authenticator: Authenticator

    /// Creates a server's identity and list.
    public init(keys: CurveKeys, authenticator: Authenticator) {
        self.keys = keys
        self.authenticator = authenticator
    }
}

extension Socket {
    /// Admits only CURVE clients that are on the list of `domain`; set it before `bind(to:)`.
    ///
    /// Peers over `inproc` are admitted all the same, since there are no handshakes within a process.
    /// - Throws: `ZeroMQError` if libzmq refuses an option.
    public mutating func admitOnly(_ domain: String, of server: CurveServer) throws(ZeroMQError) {
        try set(.curveServer(server.keys))
        try set(.zapDomain(domain))
    }
}
