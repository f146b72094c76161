internal import CZeroMQ

extension Socket {
    /// Accepts peers at an endpoint.
    ///
    /// An `ipc` endpoint replaces the file of a socket that nobody serves any more, and nothing else.
    ///
    /// - Parameter endpoint: Where; `*` as host means all interfaces, as port any free one.
    /// - Returns: Where it is bound, with the port the system chose.
    /// - Throws: `.addressInUse`, `.addressNotAvailable`, `.permissionDenied`, `.terminated`; `.invalid` for an `ipc` endpoint
    ///   where there is something else than a socket.
    @discardableResult
    public mutating func bind(to endpoint: Endpoint) throws(ZeroMQError) -> Endpoint {
        // libzmq looks for an interface of that name.
        let target = endpoint.host == "localhost" ? "tcp://127.0.0.1:\(endpoint.port.map(String.init) ?? "*")" : nil
        let operation = "bind \(endpoint)"
        if let path = endpoint.path {
            let claim = try SocketFile.claim(path, for: operation)
            try check(zmq_bind(handle.pointer, endpoint.description), operation)
            _ = consume claim
        } else {
            try check(zmq_bind(handle.pointer, target ?? endpoint.description), operation)
        }
        return try Endpoint(lastEndpoint())
    }

    /// Stops accepting peers at an endpoint; those connected stay until they leave.
    ///
    /// - Parameter endpoint: What `bind(to:)` returned.
    /// - Throws: `.notFound` if it is not bound there.
    public mutating func unbind(from endpoint: Endpoint) throws(ZeroMQError) {
        try check(zmq_unbind(handle.pointer, endpoint.description), "unbind \(endpoint)")
    }

    /// Connects to an endpoint in the background, and again whenever the connection is lost.
    ///
    /// - Parameter endpoint: Where; nobody needs to be there yet.
    /// - Throws: `.invalid` for an endpoint without a definite host and port, `.terminated`.
    public mutating func connect(to endpoint: Endpoint) throws(ZeroMQError) {
        try check(zmq_connect(handle.pointer, endpoint.description), "connect \(endpoint)")
    }

    /// Ends a connection.
    ///
    /// - Parameter endpoint: What `connect(to:)` was given.
    /// - Throws: `.notFound` if it is not connected there.
    public mutating func disconnect(from endpoint: Endpoint) throws(ZeroMQError) {
        try check(zmq_disconnect(handle.pointer, endpoint.description), "disconnect \(endpoint)")
    }

    private func lastEndpoint() throws(ZeroMQError) -> String {
        var size = 1024
        var result: Int32 = 0
        let bytes = [CChar](unsafeUninitializedCapacity: size) { buffer, count in
            result = zmq_getsockopt(handle.pointer, ZMQ_LAST_ENDPOINT, buffer.baseAddress, &size)
            count = result == 0 ? size : 0
        }
        try check(result, "read bound endpoint")
        return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
