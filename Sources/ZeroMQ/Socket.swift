internal import CZeroMQ

/// A ZeroMQ socket, owned by one place at a time and closed when its owner lets it go.
///
/// It cannot be copied, and all that uses it is `mutating`, so the compiler sees that two threads never use it at once.
/// It may move to another thread: consume it into `DedicatedThread`, or into a `Mutex<Socket?>` that the thread takes it
/// from. Calls that wait block their thread: keep them off Swift's cooperative pool.
///
/// Closing happens in the background: where an endpoint must be free at once, `unbind(from:)` it first.
///
/// Queues are bounded: 1,000 messages each way for each peer unless `sendHighWaterMark` and `receiveHighWaterMark` say
/// otherwise. Size is not, unless `maximumMessageSize` is set.
public struct Socket: ~Copyable, @unchecked Sendable {
    /// What a socket does with messages.
    public let kind: Kind
    let handle: SocketHandle
    let context: Context

    /// Creates a socket that is neither bound nor connected.
    ///
    /// - Parameters:
    ///   - kind: What it does with messages.
    ///   - context: The context it lives in, and keeps alive.
    /// - Throws: `.terminated` after `shutdown()`, `.tooManyOpen` beyond 1,023 sockets or the process's limit of files.
    public init(_ kind: Kind, in context: Context) throws(ZeroMQError) {
        guard let pointer = zmq_socket(context.pointer, kind.rawValue) else {
            throw ZeroMQError("create \(kind) socket")
        }
        handle = SocketHandle(pointer)
        self.context = context
        self.kind = kind
    }

    deinit {
        handle.close()
    }

    /// Throws what libzmq says went wrong if `result` is -1.
    func check(_ result: Int32, _ operation: @autoclosure () -> String) throws(ZeroMQError) {
        guard result == -1 else { return }
        let errno = zmq_errno()
        throw ZeroMQError(errno: errno, "\(kind) socket: \(operation())")
    }
}
