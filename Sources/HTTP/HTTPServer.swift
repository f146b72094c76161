internal import CMicroHTTPD
internal import Glibc
internal import Service

/// Answers HTTP, on threads of libmicrohttpd's own.
///
/// It takes 16 KiB of a request, and leaves connections that neither read nor write for 10 seconds. It answers whoever reaches it.
package final class HTTPServer: @unchecked Sendable {
    // Unchecked, since libmicrohttpd is safe from all threads, and the handle changes with `stop` alone.

    /// Seconds after which to ask again what cannot be answered now.
    private static let retryAfter = "5"

    /// Where it listens, with the port that was chosen.
    package let address: HTTPAddress
    private let respond: @Sendable (HTTPRequest?) -> HTTPResponse
    private var daemon: OpaquePointer?

    /// Listens at `address`.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - threads: How many requests are answered at the same time.
    ///   - connections: How many clients may be connected at the same time.
    ///   - respond: Answers a request, nil for one whose target cannot be decoded; called on any of the threads.
    /// - Throws: `HTTPError` where that is not possible.
    package init(
        at address: HTTPAddress, threads: UInt32 = 1, connections: UInt32 = 32,
        respond: @escaping @Sendable (HTTPRequest?) -> HTTPResponse
    ) throws(HTTPError) {
        let socket = try ListeningSocket(at: address)
        self.address = HTTPAddress(host: address.host, port: socket.port)
        self.respond = respond
        let calls = onrecord_http_calls(begin: Self.begin, answer: Self.answer, end: Self.end)
        daemon = onrecord_http_start(
            socket.descriptor, threads, connections, 10, calls, Unmanaged.passUnretained(self).toOpaque())
        guard daemon != nil else {
            close(socket.descriptor)
            throw HTTPError(description: "--http \(address): no thread can be started", exitCode: .osError)
        }
    }

    deinit { stop() }

    /// Answers nothing any more; waits for answers that are under way, so that events are to be stopped first.
    package func stop() {
        if let daemon { MHD_stop_daemon(daemon) }
        daemon = nil
    }

    /// A request from its first line to its end.
    private final class Exchange {
        let target: String
        var hasBegun = false

        init(target: String) { self.target = target }
    }

    private static let begin:
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
            _, target, _ in
            Unmanaged.passRetained(Exchange(target: target.map { String(cString: $0) } ?? "")).toOpaque()
        }

    private static let end: MHD_RequestCompletedCallback = { _, _, state, _ in
        guard let exchange = state?.pointee else { return }
        Unmanaged<Exchange>.fromOpaque(exchange).release()
        state?.pointee = nil
    }

    private static let answer: MHD_AccessHandlerCallback = { this, connection, _, method, _, _, size, state in
        guard let this, let method, let size, let state = state?.pointee else { return onrecord_http_close() }
        let exchange = Unmanaged<Exchange>.fromOpaque(state).takeUnretainedValue()
        // Called once for the head of a request, and again for what follows it, which is thrown away.
        guard exchange.hasBegun else {
            exchange.hasBegun = true
            return onrecord_http_go_on()
        }
        guard size.pointee == 0 else {
            size.pointee = 0
            return onrecord_http_go_on()
        }
        let server = Unmanaged<HTTPServer>.fromOpaque(this).takeUnretainedValue()
        let host = onrecord_http_header(connection, "Host").map { String(cString: $0) }
        let request = HTTPRequest(String(cString: method), exchange.target, host: host)
        return server.send(server.respond(request), on: connection)
    }

    private func send(_ answer: HTTPResponse, on connection: OpaquePointer?) -> MHD_Result {
        let response: OpaquePointer?
        switch answer.content {
        case .bytes(let bytes): response = onrecord_http_bytes(bytes, bytes.count)
        case .events(let events):
            guard let client = events.join(connection) else {
                return send(
                    HTTPResponse(
                        status: 503, type: "text/plain; charset=utf-8", "too many listen already\n"), on: connection)
            }
            response = onrecord_http_pieces(
                HTTPEvents.read, Unmanaged.passRetained(client).toOpaque(), HTTPEvents.release)
        }
        guard let response else { return onrecord_http_close() }
        var headers = answer.headers
        if answer.status == 503 { headers.append(("Retry-After", Self.retryAfter)) }
        for (name, value) in headers { MHD_add_response_header(response, name, value) }
        return onrecord_http_send(connection, answer.status, response)
    }
}
