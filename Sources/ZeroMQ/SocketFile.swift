internal import Glibc

/// The place of an `ipc` endpoint in the file system.
///
/// libzmq unlinks whatever stands where it binds: a file, or the socket of another process that serves it. Here only a socket
/// that nobody serves may be replaced, as a process that was killed leaves it behind.
struct SocketFile: ~Copyable {
    private let lock: Int32

    /// Looks whether a socket may be bound at `path`, and keeps other programs of this kind from doing so for as long as this
    /// value lives.
    ///
    /// - Throws: `.invalid` where there is something else than a socket, `.addressInUse` where somebody serves it.
    static func claim(_ path: String, for operation: String) throws(ZeroMQError) -> SocketFile {
        let claim = try SocketFile(beside: path, for: operation)
        var status = stat()
        guard lstat(path, &status) == 0 else { return claim }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ZeroMQError(
                invalid: operation,
                "something else than a socket has that name; it is left as it is: choose another path")
        }
        switch knock(at: path) {
        case ECONNREFUSED, ENOENT: return claim
        case EACCES, EPERM: throw ZeroMQError(errno: EACCES, operation)
        default: throw ZeroMQError(errno: EADDRINUSE, operation)
        }
    }

    /// Waits for the lock on the folder, so that two who find nobody there do not both take the place.
    private init(beside path: String, for operation: String) throws(ZeroMQError) {
        let end = path.lastIndex(of: "/")
        let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        // A folder that may be written and not read has no lock; the rest of the test still holds.
        lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { return }
        for _ in 0..<200 {
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { return }
            usleep(10_000)
        }
        close(lock)
        throw ZeroMQError(errno: EADDRINUSE, operation)
    }

    deinit {
        if lock >= 0 { close(lock) }
    }

    /// Connects to the socket and leaves at once.
    ///
    /// - Returns: The error number of that, 0 where somebody is there.
    private static func knock(at path: String) -> Int32 {
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        let bytes = Array(path.utf8)
        guard bytes.count < room else { return ENAMETOOLONG }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? 0 : errno
    }
}
