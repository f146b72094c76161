internal import Glibc
internal import Service

/// Files that are there only once they are whole.
enum NewFile {
    /// Makes the folders that a file is to be in, where they are missing.
    static func makeFolder(around path: String) {
        var end = path.utf8.startIndex
        while let slash = path.utf8[end...].dropFirst().firstIndex(of: UInt8(ascii: "/")) {
            end = slash
            _ = OSString.withCString(String(decoding: path.utf8[..<slash], as: UTF8.self)) { mkdir($0, 0o750) }
        }
    }

    /// Writes bytes beside a file, and puts them in its place.
    static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        let slash =
            path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.utf8.startIndex
        let hidden =
            String(decoding: path.utf8[..<slash], as: UTF8.self) + "."
            + String(decoding: path.utf8[slash...], as: UTF8.self)
        let number = OSString.withCString(hidden) {
            open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
        }
        guard number >= 0 else { throw FileFailure(errno: errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = FileFailure(errno: errno)
                close(number)
                _ = OSString.withCString(hidden) { unlink($0) }
                throw failure
            }
            rest = rest.dropFirst(count)
        }
        fsync(number)
        close(number)
        let renamed = OSString.withCString(hidden) { from in OSString.withCString(path) { rename(from, $0) } }
        guard renamed == 0 else { throw FileFailure(errno: errno) }
    }
}

/// Why a file could not be written.
public struct FileFailure: Error, CustomStringConvertible {
    /// The system's number.
    var errno: Int32
    /// The system's words.
    public var description: String { String(cString: strerror(errno)) }
}
