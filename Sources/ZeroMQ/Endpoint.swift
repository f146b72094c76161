/// Where a socket binds or connects, such as `tcp://127.0.0.1:5556`, `ipc:///run/onrecord/raw` or `inproc://raw`.
public struct Endpoint: Sendable, Hashable {
    /// How bytes travel.
    public enum Transport: String, Sendable, Hashable {
        /// Over the network.
        case tcp
        /// Between processes of one machine, through a file-system socket.
        case ipc
        /// Between threads of one context.
        case inproc
    }

    /// How bytes travel.
    public let transport: Transport
    /// What follows `://`: host and port, path, or name.
    public let address: String

    /// Reads an endpoint.
    ///
    /// - Parameter text: `tcp://HOST:PORT`, `ipc://PATH` or `inproc://NAME`. HOST is an address (IPv6 in brackets), a
    ///   name, an interface or `*`; PORT is a number or, where one binds, `*` for any free one.
    /// - Throws: `.invalid` with what is wrong with it.
    public init(_ text: String) throws(ZeroMQError) {
        guard let separator = text.firstRange(of: "://"),
            let transport = Transport(rawValue: String(text[..<separator.lowerBound]))
        else { throw Self.malformed(text, "it must start with tcp://, ipc:// or inproc://") }
        self.transport = transport
        address = String(text[separator.upperBound...])
        if let flaw = Self.flaw(of: address, over: transport) { throw Self.malformed(text, flaw) }
    }

    private static func malformed(_ text: String, _ flaw: String) -> ZeroMQError {
        ZeroMQError(invalid: "read endpoint \"\(text.prefix(300))\"", flaw)
    }

    /// What is wrong with `address`, or nil.
    private static func flaw(of address: String, over transport: Transport) -> String? {
        if address.isEmpty { return "nothing follows \(transport.rawValue)://" }
        if address.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            return "it holds a control character"
        }
        switch transport {
        case .tcp: return flawOfHostAndPort(address)
        case .ipc: return address.utf8.count > 107 ? "the path is longer than 107 bytes" : nil
        case .inproc: return address.utf8.count > 255 ? "the name is longer than 255 bytes" : nil
        }
    }

    private static func flawOfHostAndPort(_ address: String) -> String? {
        guard let (host, port) = split(address) else { return "it must end with :PORT" }
        if host.isEmpty { return "the host is missing" }
        if host.utf8.count > 255 { return "the host is longer than 255 bytes" }
        if host.contains(where: { $0 == " " || $0 == "/" || $0 == ";" }) {
            return "the host holds an impossible character"
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if host.contains(":"), !isBracketed { return "an IPv6 address must stand in brackets" }
        let isNumber = !port.isEmpty && port.utf8.allSatisfy { (48...57).contains($0) } && UInt16(port) != nil
        return isNumber || port == "*" ? nil : "the port must be a number from 0 to 65535, or *"
    }

    /// Host and port of a TCP address.
    private static func split(_ address: String) -> (host: Substring, port: Substring)? {
        guard let colon = address.lastIndex(of: ":") else { return nil }
        return (address[..<colon], address[address.index(after: colon)...])
    }

    /// The host of a `tcp` endpoint, without the brackets of an IPv6 address, or nil.
    public var host: String? {
        guard transport == .tcp, let host = Self.split(address)?.host else { return nil }
        return String(host.hasPrefix("[") ? host.dropFirst().dropLast() : host)
    }

    /// The port of a `tcp` endpoint, or nil where it is `*` or there is none.
    public var port: UInt16? {
        transport == .tcp ? Self.split(address).flatMap { UInt16($0.port) } : nil
    }

    /// The path of an `ipc` endpoint, or nil where it is `*`, which makes a new one, or a name that stands in no folder.
    public var path: String? {
        transport == .ipc && address != "*" && !address.hasPrefix("@") ? address : nil
    }

    /// Whether nobody outside this machine can reach it: `ipc`, `inproc`, or `tcp` on a loopback address.
    ///
    /// Only `localhost`, `127.0.0.0/8`, `::1` and `::ffff:127.0.0.0/8` count; any other name or interface does not,
    /// whatever it resolves to.
    public var isLocal: Bool {
        host.map(isLoopback) ?? true
    }
}

extension Endpoint: CustomStringConvertible {
    /// The endpoint as libzmq writes it.
    public var description: String { "\(transport.rawValue)://\(address)" }
}
