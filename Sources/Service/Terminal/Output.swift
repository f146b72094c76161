internal import Glibc

/// Writes text to a file descriptor, all of it or an error: what the programs print on standard output.
public struct Output: Sendable {
    /// Why something could not be written.
    public struct Failure: ExitCodeProviding, Hashable, CustomStringConvertible {
        /// The system's error number.
        public let errno: Int32

        /// Whether the reader has gone, as `head` does: no mistake, but nobody listens any more.
        public var isClosedPipe: Bool { errno == EPIPE }

        /// `ioError`, or `ok` where merely the reader has gone.
        public var exitCode: ExitCode { isClosedPipe ? .ok : .ioError }

        /// What the system says about it.
        public var description: String { "cannot write the output: \(String(cString: strerror(errno)))" }
    }

    /// Standard output.
    public static let standard = Output(descriptor: STDOUT_FILENO)
    /// Standard error.
    public static let error = Output(descriptor: STDERR_FILENO)

    /// The file descriptor that is written to; not closed by this value.
    public let descriptor: Int32

    /// Creates a writer.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a text.
    /// - Throws: `Failure` once the descriptor refuses.
    public func write(_ text: String) throws(Failure) {
        try write(Array(text.utf8))
    }

    /// Writes bytes.
    /// - Throws: `Failure` once the descriptor refuses.
    public func write(_ bytes: [UInt8]) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wanted, 1, -1)
            } else if errno != EINTR {
                throw Failure(errno: errno)
            }
        }
    }
}
