import ZeroMQ

extension Endpoint {
    /// An endpoint to connect to: one with a definite port.
    init(connecting text: String) throws(EndpointMistake) {
        do {
            self = try Endpoint(text)
        } catch {
            throw EndpointMistake(description: error.message)
        }
        if transport == .tcp, port == nil || port == 0 {
            throw EndpointMistake(description: "the port must be a number from 1 to 65535")
        }
        if transport == .inproc { throw EndpointMistake(description: "inproc:// leads to no other process") }
    }

    /// The same address with the port after this one; nil where there is none.
    var next: Endpoint? {
        guard let port, let colon = address.lastIndex(of: ":"), port < UInt16.max else { return nil }
        return try? Endpoint("\(transport.rawValue)://\(address[..<colon]):\(port + 1)")
    }
}

/// Why a text is no endpoint to connect to.
struct EndpointMistake: Error, CustomStringConvertible {
    let description: String
}
