internal import CZeroMQ

/// libzmq's socket behind a `Socket` and its poll items, which outlive it without harm: they find it closed.
final class SocketHandle {
    /// The open socket, nil once closed.
    private(set) var pointer: UnsafeMutableRawPointer?
    /// Takes one received frame at a time.
    let frame: UnsafeMutablePointer<zmq_msg_t>

    init(_ pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
        frame = .allocate(capacity: 1)
        zmq_msg_init(frame)
    }

    func close() {
        guard let open = pointer else { return }
        pointer = nil
        zmq_close(open)
    }

    deinit {
        close()
        zmq_msg_close(frame)
        frame.deallocate()
    }
}
