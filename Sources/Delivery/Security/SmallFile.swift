import Glibc
import Service

/// Files of keys, which are small: reading and writing them as a whole.
enum SmallFile {
    /// A file that was read.
    struct Contents {
        var text: String
        /// The bits of its mode that say who may do what.
        var permissions: mode_t
    }

    /// Bytes that are read at most.
    static let limit = 1 << 20

    static func read(_ path: String) throws(SecurityError) -> Contents {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SecurityError("cannot read \(path): \(reason())") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw SecurityError("cannot read \(path): it is no file")
        }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &part, part.count)
            guard count >= 0 else { throw SecurityError("cannot read \(path): \(reason())") }
            if count == 0 { break }
            bytes += part[..<count]
        }
        guard bytes.count <= limit else { throw SecurityError("\(path) is larger than 1 MiB") }
        guard let text = String(ofFile: bytes) else {
            throw SecurityError("\(path) is not UTF-8 text")
        }
        return Contents(text: text, permissions: status.st_mode & 0o777)
    }

    /// Writes a file in one step: whoever looks sees the old one or all of the new one.
    ///
    /// - Parameters:
    ///   - text: What it is to hold.
    ///   - path: Its name.
    ///   - permissions: Its mode, whatever the process's mask is.
    ///   - replaces: Whether a file of that name may be replaced.
    /// - Throws: `SecurityError` where it cannot be written.
    static func write(
        _ text: String, to path: String, permissions: mode_t, replaces: Bool
    ) throws(SecurityError) {
        func failed() -> SecurityError {
            SecurityError("cannot write \(path): \(reason())", exitCode: .cantCreate)
        }
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, permissions)
        guard descriptor >= 0 else { throw failed() }
        defer { unlink(draft) }
        let bytes = Array(text.utf8)
        let isWritten =
            fchmod(descriptor, permissions) == 0 && Glibc.write(descriptor, bytes, bytes.count) == bytes.count
            && fsync(descriptor) == 0
        guard close(descriptor) == 0, isWritten else { throw failed() }
        // A link fails where a file of that name exists; renaming replaces it.
        guard (replaces ? rename(draft, path) : link(draft, path)) == 0 else {
            if errno == EEXIST { throw exists(path) }
            throw failed()
        }
    }

    static func exists(_ path: String) -> SecurityError {
        SecurityError(
            "\(path) exists; choose another name, or replace the keys for good with --force", exitCode: .cantCreate)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
