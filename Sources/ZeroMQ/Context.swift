internal import CZeroMQ
internal import Glibc

/// The home of sockets: it owns libzmq's threads and the `inproc` endpoints.
///
/// A process needs one. Sockets keep their context alive, and it ends when the last of them and the last reference to
/// it are gone. That cannot hang: undelivered messages wait at most for their socket's `linger`, which is zero unless
/// set and never endless.
public final class Context: Sendable {
    /// libzmq's context, which may be used from any thread.
    nonisolated(unsafe) let pointer: UnsafeMutableRawPointer

    /// Creates a context.
    ///
    /// - Parameter ioThreads: Threads that move bytes for all sockets, from 1 to 64; one serves about a gigabyte a
    ///   second.
    /// - Throws: `.invalid` for another number of threads, `.tooManyOpen` where the process has no files left.
    public init(ioThreads: Int = 1) throws(ZeroMQError) {
        guard (1...64).contains(ioThreads) else {
            throw ZeroMQError(invalid: "create context", "ioThreads must be from 1 to 64, not \(ioThreads)")
        }
        guard let pointer = zmq_ctx_new() else { throw ZeroMQError("create context") }
        self.pointer = pointer
        zmq_ctx_set(pointer, ZMQ_IO_THREADS, Int32(ioThreads))
        zmq_ctx_set(pointer, ZMQ_BLOCKY, 0)
    }

    /// Makes every blocked and every later call on this context's sockets throw `.terminated`; from any thread.
    ///
    /// Sockets still have to be let go by their owners.
    public func shutdown() {
        zmq_ctx_shutdown(pointer)
    }

    deinit {
        _ = repeatingInterrupted { zmq_ctx_term(pointer) }
    }
}

/// The result of `call`, which is repeated for as long as signals interrupt it.
func repeatingInterrupted(_ call: () -> Int32) -> Int32 {
    while true {
        let result = call()
        if result == -1, zmq_errno() == EINTR { continue }
        return result
    }
}
