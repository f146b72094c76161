internal import Glibc

/// A connection of another owner, kept until it was looked at: a server may close it before anybody can ask what came over it.
final class HeldConnection: Sendable {
    private let descriptor: Int32

    /// Keeps the connection behind a descriptor, if there is one.
    init(_ descriptor: Int32) { self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Bytes that came over it; none where it is no TCP connection.
    var received: UInt64 {
        // Of Linux's own `tcp_info`, which has more than that of glibc.
        let offset = 128
        return withUnsafeTemporaryAllocation(byteCount: offset + 8, alignment: 8) { info in
            var size = socklen_t(info.count)
            let code = getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, info.baseAddress, &size)
            guard code == 0, size >= info.count else { return 0 }
            return info.load(fromByteOffset: offset, as: UInt64.self)
        }
    }
}
