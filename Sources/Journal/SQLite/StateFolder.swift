internal import Glibc

/// The folder that a service keeps its state in.
public enum StateFolder {
    /// Makes the folder at `path`, and what is missing above it, for its owner alone.
    ///
    /// - Throws: `JournalError` where it cannot be made.
    public static func make(at path: String) throws(JournalError) {
        var isMade = mkdir(path, 0o700) == 0 || errno == EEXIST
        if !isMade, errno == ENOENT, parent(of: path) != path {
            try make(at: parent(of: path))
            isMade = mkdir(path, 0o700) == 0 || errno == EEXIST
        }
        guard isMade else {
            throw JournalError(.cannotOpen, "\(path): the folder cannot be made", errno: errno)
        }
        sync(parent(of: path))
    }

    /// Makes an empty file for its owner alone, unless there is something by that name; the error has that code where it cannot be made.
    static func makeFile(at path: String, orElse code: JournalError.Code = .cannotOpen) throws(JournalError) {
        // A file that is there is not even opened: closing it would end the locks that SQLite holds on it.
        let descriptor = open(path, O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 || errno == EEXIST else {
            throw JournalError(code, "\(path): cannot be made", errno: errno)
        }
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes the name of the file at `path` durable, as far as its file system can.
    static func syncParent(of path: String) { sync(parent(of: path)) }

    /// The folder that the file at `path` is in.
    static func parent(of path: String) -> String {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        _ = parts.popLast()
        return path.hasPrefix("/")
            ? "/" + parts.joined(separator: "/") : parts.isEmpty ? "." : parts.joined(separator: "/")
    }

    /// Makes the names in a folder durable, as far as its file system can.
    private static func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }
}
