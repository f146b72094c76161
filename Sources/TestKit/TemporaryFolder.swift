internal import FoundationEssentials
internal import Glibc

/// A new folder of its own for a test, removed with all that is in it when the last reference goes.
public final class TemporaryFolder: Sendable {
    /// Its absolute path.
    public let path: String

    /// Makes the folder under `TMPDIR` or `/tmp`.
    /// - Throws: `TestKitError` where it cannot be made.
    public init() throws(TestKitError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/onrecord-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestKitError(errno, "cannot make a folder in \(parent)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in the folder.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, with the folders that lead to it.
    /// - Returns: Its path.
    /// - Throws: `TestKitError` where that is impossible.
    @discardableResult
    public func write(_ name: String, _ text: String) throws(TestKitError) -> String {
        try write(name, Array(text.utf8))
    }

    /// Writes a file, with the folders that lead to it.
    /// - Returns: Its path.
    /// - Throws: `TestKitError` where that is impossible.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws(TestKitError) -> String {
        let folders = name.split(separator: "/").dropLast()
        if !folders.isEmpty { try makeFolder(folders.joined(separator: "/")) }
        let path = path(name)
        guard let file = fopen(path, "we") else { throw TestKitError(errno, "cannot write \(path)") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw TestKitError(errno, "cannot write \(path)")
        }
        return path
    }

    /// Makes a folder, with the folders that lead to it.
    /// - Returns: Its path.
    /// - Throws: `TestKitError` where that is impossible.
    @discardableResult
    public func makeFolder(_ name: String) throws(TestKitError) -> String {
        var path = path
        for part in name.split(separator: "/") {
            path += "/\(part)"
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw TestKitError(errno, "cannot make \(path)") }
        }
        return path
    }
}
