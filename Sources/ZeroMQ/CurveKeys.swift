internal import CZeroMQ

/// A CURVE key pair: the public key says who one is, the secret key proves it.
public struct CurveKeys: Sendable, Hashable {
    /// The public key in Z85, 40 characters.
    public let publicKey: String
    /// The secret key in Z85, 40 characters: never log it.
    public let secretKey: String

    /// A pair read from somewhere.
    ///
    /// - Parameters:
    ///   - publicKey: The public key in Z85.
    ///   - secretKey: The secret key in Z85.
    /// - Throws: `.invalid` for a malformed key, or two that do not belong together.
    public init(publicKey: String, secretKey: String) throws(ZeroMQError) {
        self.publicKey = try Self.validated(publicKey, as: "public key", for: "read key pair")
        self.secretKey = try Self.validated(secretKey, as: "secret key", for: "read key pair")
        guard try Self.publicKey(ofSecret: secretKey) == publicKey else {
            throw ZeroMQError(invalid: "read key pair", "the public key \(publicKey) does not belong to the secret key")
        }
    }

    private init(unchecked publicKey: String, _ secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// A new random pair.
    ///
    /// - Returns: The pair.
    /// - Throws: `.notSupported` where libzmq was built without CURVE.
    public static func generate() throws(ZeroMQError) -> CurveKeys {
        var publicKey = [CChar](repeating: 0, count: 41)
        var secretKey = publicKey
        guard zmq_curve_keypair(&publicKey, &secretKey) == 0 else { throw ZeroMQError("generate key pair") }
        return CurveKeys(unchecked: text(publicKey), text(secretKey))
    }

    /// The public key that goes with a secret key.
    ///
    /// - Parameter secretKey: The secret key in Z85.
    /// - Returns: The public key in Z85.
    /// - Throws: `.invalid` for a malformed key, `.notSupported` where libzmq was built without CURVE.
    public static func publicKey(ofSecret secretKey: String) throws(ZeroMQError) -> String {
        let secretKey = try validated(secretKey, as: "secret key", for: "derive public key")
        var publicKey = [CChar](repeating: 0, count: 41)
        guard zmq_curve_public(&publicKey, secretKey) == 0 else { throw ZeroMQError("derive public key") }
        return text(publicKey)
    }

    /// Whether `text` is a key in Z85: 40 characters that stand for 32 bytes.
    public static func isKey(_ text: String) -> Bool {
        Z85.decode(text)?.count == 32
    }

    /// `key` if it is one; the error does not repeat it, since it may be secret.
    static func validated(_ key: String, as name: String, for operation: String) throws(ZeroMQError) -> String {
        guard isKey(key) else {
            throw ZeroMQError(
                invalid: operation, "the \(name) must be 40 characters of Z85 (it has \(key.unicodeScalars.count))")
        }
        return key
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension CurveKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The public key; the secret one is never shown.
    public var description: String { "CurveKeys(\(publicKey))" }
    /// The public key; the secret one is never shown.
    public var debugDescription: String { description }
    /// The public key; the secret one is never shown.
    public var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}
