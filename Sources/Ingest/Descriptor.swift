internal import Glibc
internal import Service

/// An open file, closed when it is no longer held.
struct Descriptor: ~Copyable {
    let number: Int32
    private let isOwned: Bool

    /// Standard input, which stays open.
    static var standardInput: Descriptor { Descriptor(number: STDIN_FILENO, isOwned: false) }

    private init(number: Int32, isOwned: Bool) {
        self.number = number
        self.isOwned = isOwned
    }

    /// Takes over an open descriptor.
    init(owning number: Int32) {
        self.init(number: number, isOwned: true)
    }

    /// Opens a file for reading; never waits, and takes nothing but a file, one within `bounds` if they are given.
    init(openingFileAt path: String, within bounds: FolderBounds? = nil) throws(IngestError) {
        // Without O_NONBLOCK, opening a named pipe would wait for its writer.
        let number = OSString.withCString(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
        guard number >= 0 else { throw IngestError(errno: errno, place: path) }
        guard FileStatus(descriptor: number)?.isFile == true else {
            close(number)
            throw IngestError(
                .notRegular, "it is no file", place: path,
                remedy: "name a file or folder, or pipe it into standard input and name '-'")
        }
        guard bounds?.admits(number) != false else {
            close(number)
            throw IngestError(
                .unreadable, "it leads out of its folder", place: path, remedy: "allow that with --follow-links")
        }
        self.init(owning: number)
    }

    deinit {
        if isOwned { close(number) }
    }

    /// What kind of thing it is and how large.
    var status: FileStatus? { FileStatus(descriptor: number) }

    /// Reads at most as many bytes as the buffer holds.
    /// - Returns: The number of bytes, 0 at the end.
    func read(into buffer: inout [UInt8]) throws(Errno) -> Int {
        while true {
            let count = Glibc.read(number, &buffer, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw Errno(number: errno) }
        }
    }

    /// Waits until there is something to read, or the end.
    func isReadable(within patience: Duration) -> Bool {
        var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, patience.pollMilliseconds) != 0
    }
}

/// An error number of the system.
struct Errno: Error {
    var number: Int32
}

/// What kind of thing a path leads to, how large it is, and which one it is among all.
struct FileStatus {
    /// Which file or folder it is, whatever path led to it.
    struct Identity: Hashable {
        var device: UInt
        var node: UInt
    }

    private let status: stat

    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.status = status
    }

    /// What a path leads to, behind symbolic links.
    init(path: String) throws(IngestError) {
        var status = stat()
        guard OSString.withCString(path, { stat($0, &status) }) == 0 else {
            throw IngestError(errno: errno, place: path)
        }
        self.status = status
    }

    /// What a path names itself, or nil if there is nothing.
    init?(link path: String) {
        var status = stat()
        guard OSString.withCString(path, { lstat($0, &status) }) == 0 else { return nil }
        self.status = status
    }

    var isFile: Bool { status.st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
    var isLink: Bool { status.st_mode & S_IFMT == S_IFLNK }
    var hasOtherNames: Bool { status.st_nlink > 1 }
    var size: Int { Int(status.st_size) }
    /// When it was changed, in nanoseconds.
    var change: Int { Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec) ^ Int(status.st_ino) }
    var identity: Identity { Identity(device: UInt(status.st_dev), node: UInt(status.st_ino)) }
}

extension Duration {
    /// For `poll`: whole milliseconds, rounded up, so that a short wait does not become a busy loop.
    var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = min(max(self, .zero), .seconds(86_400)).components
        return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
