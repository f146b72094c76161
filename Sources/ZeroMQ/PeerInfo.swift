internal import CZeroMQ

/// What is known of the sender of a message.
public struct PeerInfo: Sendable, Hashable {
    /// Whom the `Authenticator` found it to be: the public key in Z85; nil without CURVE and an authenticator.
    public var userID: String?
    /// Its IP address without port; nil over `inproc`.
    public var address: String?

    /// Creates a description.
    public init(userID: String? = nil, address: String? = nil) {
        self.userID = userID
        self.address = address
    }

    /// Reads what came with a frame.
    init(of frame: UnsafeMutablePointer<zmq_msg_t>) {
        userID = Self.property("User-Id", of: frame)
        address = Self.property("Peer-Address", of: frame)
    }

    private static func property(_ name: String, of frame: UnsafeMutablePointer<zmq_msg_t>) -> String? {
        guard let text = zmq_msg_gets(frame, name) else { return nil }
        let value = String(cString: text)
        return value.isEmpty ? nil : value
    }
}
