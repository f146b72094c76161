public import Service
public import ZeroMQ

/// The keys and lists that a program runs with.
public struct Security: Sendable {
    /// Its own key pair, nil for plain sockets.
    public let keys: CurveKeys?
    /// What its bound sockets need, nil for plain ones.
    public let server: CurveServer?
    private let serverKeys: [String]

    /// Reads the files that `options` name, and starts to answer for the list.
    ///
    /// - Parameters:
    ///   - options: What the program was told.
    ///   - context: The context of its sockets; none is to be bound before.
    ///   - log: Where it says whom it refuses.
    ///   - metrics: Where it counts them.
    /// - Throws: `SecurityError` where a file cannot be used, `ZeroMQError` where the handler cannot be started.
    public init(_ options: SecurityOptions, in context: Context, log: Log? = nil, metrics: Metrics? = nil) throws {
        keys = try options.key.map { try KeyFile.readPair($0) }
        serverKeys = try options.serverKeys.map { try KeyFile.readPublicKey($0) }
        if let keys, let path = options.allow {
            let list = try AllowFile(reading: path).allowList
            let authenticator = try Authenticator(in: context, allowing: list) { denial in
                log?.limited(
                    "denied \(denial.key ?? "") \(denial.domain)", .warning,
                    "a peer was refused: its key is not on the allow list for this role",
                    ["role": denial.domain, "key": denial.key ?? "none", "address": denial.address])
                metrics?.counter(
                    "onrecord_refused_keys_total", ["role": denial.domain],
                    help: "Connections refused, since their key is not on the list."
                ).increment()
            }
            server = CurveServer(keys: keys, authenticator: authenticator)
        } else {
            server = nil
        }
    }

    /// The public key of a server that the program connects to, nil for a connection without CURVE.
    ///
    /// - Parameter index: Which of the servers, in the order in which they were given.
    /// - Returns: The key in Z85.
    public func serverKey(_ index: Int = 0) -> String? {
        serverKeys.count == 1 ? serverKeys[0] : serverKeys.indices.contains(index) ? serverKeys[index] : nil
    }

    /// Has a socket that connects to a server use CURVE, where there are keys for it.
    ///
    /// - Parameters:
    ///   - socket: A socket that is not yet connected.
    ///   - index: Which of the servers.
    /// - Throws: `ZeroMQError` if libzmq refuses the keys.
    public func identify(_ socket: inout Socket, to index: Int = 0) throws(ZeroMQError) {
        guard let keys, let serverKey = serverKey(index) else { return }
        try socket.set(.curveClient(serverKey: serverKey, keys))
    }

    /// Reads the allow list again; whoever is no longer on it loses access at once.
    ///
    /// Where the file cannot be used, the earlier list stays in force.
    ///
    /// - Parameters:
    ///   - options: What the program is told now.
    ///   - log: Where it says what changed.
    public func reload(_ options: SecurityOptions, log: Log) {
        guard let server, let path = options.allow else { return }
        do {
            let file = try AllowFile(reading: path)
            let earlier = server.authenticator.allowList
            try server.authenticator.allow(file.allowList)
            let (before, after) = (Self.grants(earlier), Self.grants(file.allowList))
            log.info(
                "allow list read again",
                [
                    "file": path, "peers": file.peers.count, "granted": after.subtracting(before).count,
                    "withdrawn": before.subtracting(after).count,
                ])
        } catch {
            log.error("the allow list cannot be used; the earlier one stays in force", ["error": "\(error)"])
        }
    }

    /// Says what is open that might better not be.
    ///
    /// - Parameters:
    ///   - binds: The endpoints that are bound.
    ///   - connects: The endpoints that are connected to, each with the server's key.
    ///   - log: Where it is said.
    public func warn(binding binds: [Endpoint], connecting connects: [(Endpoint, key: String?)] = [], log: Log) {
        for endpoint in binds where server == nil && !endpoint.isLocal {
            log.warning(
                "anybody who reaches this endpoint may use it, and read along: add --key and --allow",
                ["endpoint": endpoint])
        }
        for (endpoint, key) in connects where key == nil && !endpoint.isLocal {
            log.warning(
                "this connection is neither encrypted nor is its server recognised: add --key and --server-key",
                ["endpoint": endpoint])
        }
    }

    private static func grants(_ list: Authenticator.AllowList) -> Set<[String]> {
        Set(list.flatMap { role, keys in keys.map { [role, $0] } })
    }
}
