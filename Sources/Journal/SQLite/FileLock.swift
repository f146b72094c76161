internal import Glibc

/// An exclusive lock on a file or folder, given up at the end of its life or of the process, however that ends.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock on `path`, a file that is made if it is missing.
    ///
    /// - Returns: The lock, or nil while someone else holds it.
    static func tryLock(file path: String) throws(JournalError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw JournalError(.cannotOpen, "\(path): cannot be made", errno: errno) }
        let lock = FileLock(descriptor: descriptor)
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return lock }
        guard errno == EWOULDBLOCK else { throw JournalError(.failed, "\(path): cannot be locked", errno: errno) }
        return nil
    }

    /// Waits for the lock on a folder.
    init(folder path: String) throws(JournalError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw JournalError(.cannotOpen, "\(path): cannot be used as a folder", errno: errno)
        }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw JournalError(.failed, "\(path): cannot be locked", errno: errno) }
        }
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        // A child between fork and exec has the descriptor, too, and closing it here would leave the lock to that.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
