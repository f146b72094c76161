internal import CZeroMQ
internal import Glibc

/// An operation on a context, socket, endpoint or key that failed, with the reason libzmq gave.
public struct ZeroMQError: Error, Sendable, Hashable {
    /// The kind of failure, for code that reacts to it.
    public let code: Code
    /// The system's error number behind `code`, such as `EADDRINUSE`.
    public let errno: Int32
    /// What was tried, such as `bind tcp://127.0.0.1:5556`.
    public let operation: String
    /// Why it failed, in words.
    public let message: String

    /// Whether the same call may succeed later although nothing in it changes.
    public var isRetriable: Bool {
        switch code {
        case .again, .interrupted, .hostUnreachable, .addressInUse, .tooManyOpen, .outOfMemory: true
        default: false
        }
    }

    /// The failure of `operation` with the error number that libzmq left behind for this thread.
    init(_ operation: String) {
        self.init(errno: zmq_errno(), operation)
    }

    /// The failure of `operation` with the error number `errno`.
    init(errno: Int32, _ operation: String) {
        code = Code(errno: errno)
        self.errno = errno
        self.operation = operation
        message = zmq_strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    }

    /// The refusal of `operation` because of a bad argument, before libzmq saw it.
    init(invalid operation: String, _ message: String) {
        code = .invalid
        errno = EINVAL
        self.operation = operation
        self.message = message
    }
}

extension ZeroMQError: CustomStringConvertible {
    /// What was tried and why it failed, on one line.
    public var description: String { "\(operation): \(message)" }
}
