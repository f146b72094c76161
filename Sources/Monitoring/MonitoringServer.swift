internal import CMicroHTTPD
internal import Glibc
internal import Service

/// Answers HTTP with `MonitoringPages`, on a thread of libmicrohttpd's own.
///
/// At most 32 connections at a time, 16 KiB of a request, 10 seconds of silence. It answers whoever reaches it.
public final class MonitoringServer: @unchecked Sendable {
    // Unchecked, since libmicrohttpd is safe from all threads, and the handle changes with `stop` alone.

    /// Where it listens, with the port that was chosen.
    public let address: HTTPAddress
    private let pages: MonitoringPages
    private var daemon: OpaquePointer?

    /// Listens at `address`.
    ///
    /// - Throws: `MonitoringError` where that is not possible.
    public init(at address: HTTPAddress, _ pages: MonitoringPages) throws(MonitoringError) {
        let (descriptor, port) = try Self.listen(at: address)
        self.address = HTTPAddress(host: address.host, port: port)
        self.pages = pages
        daemon = onrecord_http_start(descriptor, Self.answer, Unmanaged.passUnretained(self).toOpaque())
        guard daemon != nil else {
            close(descriptor)
            throw MonitoringError(description: "--http \(address): no thread can be started", exitCode: .osError)
        }
    }

    deinit { stop() }

    /// Answers nothing any more; waits for answers that are under way.
    public func stop() {
        if let daemon { MHD_stop_daemon(daemon) }
        daemon = nil
    }

    private static let answer: MHD_AccessHandlerCallback = { this, connection, url, method, _, _, size, state in
        guard let this, let url, let method, let size, let state else { return onrecord_http_close() }
        // Called once for the head of a request, and again for what follows it, which is thrown away.
        guard state.pointee != nil else {
            state.pointee = this
            return onrecord_http_go_on()
        }
        guard size.pointee == 0 else {
            size.pointee = 0
            return onrecord_http_go_on()
        }
        let server = Unmanaged<MonitoringServer>.fromOpaque(this).takeUnretainedValue()
        let page = server.pages.page(for: String(cString: method), String(cString: url))
        let text = Array(page.text.utf8)
        return onrecord_http_answer(connection, page.status, page.type, text, text.count)
    }

    private static func hasFamily(_ family: Int32) -> Bool {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    /// A socket that listens, and its port.
    private static func listen(at address: HTTPAddress) throws(MonitoringError) -> (Int32, UInt16) {
        func failed(_ reason: String, _ code: ExitCode) -> MonitoringError {
            MonitoringError(description: "--http \(address): \(reason)", exitCode: code)
        }
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        // Every address is one socket for both families, where the system has both.
        let hasSix = address.host == nil && hasFamily(AF_INET6)
        if address.host == nil { hints.ai_family = hasSix ? AF_INET6 : AF_INET }
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, String(address.port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard code == 0, let info = found?.pointee else { throw failed(String(cString: gai_strerror(code)), .config) }
        let descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), info.ai_protocol)
        guard descriptor >= 0 else { throw failed(String(cString: strerror(errno)), .osError) }
        var (yes, no): (Int32, Int32) = (1, 0)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        if hasSix {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &no, socklen_t(MemoryLayout<Int32>.size))
        }
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, Glibc.listen(descriptor, 32) == 0 else {
            let error = errno
            close(descriptor)
            throw failed(
                String(cString: strerror(error)),
                error == EADDRINUSE ? .tempFail : error == EACCES ? .noPermission : .config)
        }
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let port = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { inet in
                // The port stands at the same place in both families.
                inet.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
                return UInt16(bigEndian: inet.pointee.sin_port)
            }
        }
        return (descriptor, port)
    }
}
