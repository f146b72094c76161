internal import Glibc

/// Ports that nothing listens on.
public enum FreePort {
    /// A TCP port of the loopback interface that was free a moment ago.
    ///
    /// Only for a program that must be told its port; everything else binds to port 0 or `*`.
    /// - Throws: `TestKitError` where the system has none.
    public static func tcp() throws(TestKitError) -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestKitError(errno, "cannot open a socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
            }
        }
        guard result == 0 else { throw TestKitError(errno, "cannot find a free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
