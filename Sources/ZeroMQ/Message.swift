internal import CZeroMQ

/// One frame, owned by whoever holds it: received without copying, and given up by sending it.
public struct Message: ~Copyable, @unchecked Sendable {
    /// On the heap, because libzmq keeps short bodies inside the structure, which must therefore stay where it is.
    let frame: UnsafeMutablePointer<zmq_msg_t>

    /// An empty message.
    public init() {
        frame = .allocate(capacity: 1)
        zmq_msg_init(frame)
    }

    /// A message that holds a copy of `bytes`.
    ///
    /// - Parameter bytes: The body.
    /// - Throws: `.outOfMemory`.
    public init(_ bytes: [UInt8]) throws(ZeroMQError) {
        try self.init(count: bytes.count) { buffer in
            bytes.withUnsafeBytes { buffer.copyMemory(from: $0) }
        }
    }

    /// A message whose body `initialize` writes in place.
    ///
    /// - Parameters:
    ///   - count: Size of the body in bytes.
    ///   - initialize: Writes all of it; what it leaves out is zero.
    /// - Throws: `.outOfMemory`, `.invalid` for a negative size.
    public init(count: Int, initialize: (UnsafeMutableRawBufferPointer) -> Void) throws(ZeroMQError) {
        guard count >= 0 else { throw ZeroMQError(invalid: "create message", "its size cannot be \(count)") }
        let frame = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: 1)
        guard zmq_msg_init_size(frame, count) == 0 else {
            let error = ZeroMQError("create message of \(count) bytes")
            frame.deallocate()
            throw error
        }
        self.frame = frame
        let body = UnsafeMutableRawBufferPointer(start: zmq_msg_data(frame), count: count)
        body.initializeMemory(as: UInt8.self, repeating: 0)
        initialize(body)
    }

    deinit {
        zmq_msg_close(frame)
        frame.deallocate()
    }

    /// Size of the body in bytes.
    public var count: Int { zmq_msg_size(frame) }

    /// Whether another frame of the same message follows.
    public var hasMore: Bool { zmq_msg_more(frame) == 1 }

    /// What is known of the sender, where it was received.
    public var peer: PeerInfo { PeerInfo(of: frame) }

    /// A copy of the body.
    public var bytes: [UInt8] { withBytes { body in body.withUnsafeBytes { [UInt8]($0) } } }

    /// Reads the body in place.
    ///
    /// - Parameter body: Is given the bytes, which cannot leave it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let buffer = UnsafeRawBufferPointer(start: zmq_msg_data(frame), count: zmq_msg_size(frame))
        return try body(RawSpan(_unsafeBytes: buffer))
    }

    /// Another message with the same body, which both share.
    ///
    /// - Returns: The other message.
    /// - Throws: `.outOfMemory`.
    public borrowing func copy() throws(ZeroMQError) -> Message {
        let other = Message()
        guard zmq_msg_copy(other.frame, frame) == 0 else { throw ZeroMQError("copy message") }
        return other
    }
}
