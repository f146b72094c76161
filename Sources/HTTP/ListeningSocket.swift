internal import Glibc
internal import Service

/// A TCP socket that listens at an address.
struct ListeningSocket {
    let descriptor: Int32
    /// The port, which was chosen where the address has none.
    let port: UInt16

    /// Listens at `address`.
    /// - Throws: `HTTPError` where that is not possible.
    init(at address: HTTPAddress) throws(HTTPError) {
        func failed(_ reason: String, _ code: ExitCode) -> HTTPError {
            HTTPError(description: "--http \(address): \(reason)", exitCode: code)
        }
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        // Every address is one socket for both families, where the system has both.
        let hasSix = address.host == nil && Self.hasFamily(AF_INET6)
        if address.host == nil { hints.ai_family = hasSix ? AF_INET6 : AF_INET }
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, String(address.port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard code == 0, let info = found?.pointee else { throw failed(String(cString: gai_strerror(code)), .config) }
        let descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), info.ai_protocol)
        guard descriptor >= 0 else { throw failed(String(cString: strerror(errno)), .osError) }
        var (yes, no, buffer): (Int32, Int32, Int32) = (1, 0, 64 << 10)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        // Connections inherit it: a reader that stands still holds no more of the system's memory than this.
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer, socklen_t(MemoryLayout<Int32>.size))
        if hasSix {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &no, socklen_t(MemoryLayout<Int32>.size))
        }
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, 32) == 0 else {
            let error = errno
            close(descriptor)
            throw failed(
                String(cString: strerror(error)),
                error == EADDRINUSE ? .tempFail : error == EACCES ? .noPermission : .config)
        }
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        port = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { inet in
                // The port stands at the same place in both families.
                inet.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
                return UInt16(bigEndian: inet.pointee.sin_port)
            }
        }
        self.descriptor = descriptor
    }

    private static func hasFamily(_ family: Int32) -> Bool {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }
}
