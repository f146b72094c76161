public import Service

/// Where a service shows its health and numbers: `ADDRESS:PORT`, such as `127.0.0.1:9464`, `[::1]:9464`, or `*:9464` for everywhere.
public struct HTTPAddress: OptionValue, Hashable, CustomStringConvertible {
    /// The address or name; nil for every address of the machine.
    public let host: String?
    /// The port; 0 for any free one.
    public let port: UInt16

    /// An address.
    public init(host: String?, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `ADDRESS:PORT`.
    public init(parsing text: String) throws(OptionValueError) {
        let expected = OptionValueError("is not of the form ADDRESS:PORT, such as 127.0.0.1:9464, [::1]:9464 or *:9464")
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw expected
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw expected
        }
        guard !host.isEmpty else { throw expected }
        self.init(host: host == "*" ? nil : String(host), port: port)
    }

    /// As it would be typed.
    public var optionText: String? { description }

    /// As it would be typed.
    public var description: String {
        let host = host ?? "*"
        return (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
