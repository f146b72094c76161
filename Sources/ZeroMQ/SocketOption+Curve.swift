internal import CZeroMQ

extension SocketOption {
    /// Admits only clients that use CURVE and know this key pair's public key; set it before `bind(to:)`.
    public static func curveServer(_ keys: CurveKeys) -> SocketOption {
        SocketOption("curveServer", (ZMQ_CURVE_SERVER, .flag(true)), (ZMQ_CURVE_SECRETKEY, .key(keys.secretKey)))
    }

    /// Encrypts connections to one server and proves who the client is; set it before `connect(to:)`.
    ///
    /// - Parameters:
    ///   - serverKey: The server's public key in Z85, 40 characters.
    ///   - keys: The client's own key pair.
    /// - Returns: The option.
    public static func curveClient(serverKey: String, _ keys: CurveKeys) -> SocketOption {
        SocketOption(
            "curveClient", (ZMQ_CURVE_SERVERKEY, .key(serverKey)), (ZMQ_CURVE_PUBLICKEY, .key(keys.publicKey)),
            (ZMQ_CURVE_SECRETKEY, .key(keys.secretKey)))
    }

    /// The list of keys that the `Authenticator` checks this socket's peers against; set it before `bind(to:)`.
    ///
    /// Without a running authenticator nobody is admitted.
    public static func zapDomain(_ name: String) -> SocketOption {
        SocketOption(
            "zapDomain", (ZMQ_ZAP_DOMAIN, .bytes(Array(name.utf8))), (zapEnforceDomain, .flag(true)))
    }

    /// `ZMQ_ZAP_ENFORCE_DOMAIN`, which libzmq has had since 4.3.0 and its header shows to drafts only; without it,
    /// everybody is admitted while no authenticator runs.
    private static let zapEnforceDomain: Int32 = 93
}
