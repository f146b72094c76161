internal import CZeroMQ
internal import Synchronization

/// libzmq's socket behind a `Socket`; its poll items and monitor outlive it without harm: they find it closed.
final class SocketHandle {
    /// The open socket, nil once closed; read by its owner's thread, which alone closes it.
    private(set) var pointer: UnsafeMutableRawPointer?
    /// Takes one received frame at a time.
    let frame: UnsafeMutablePointer<zmq_msg_t>
    /// Keeps the socket open while another thread stops its monitor.
    private let closing = Mutex<Void>(())

    init(_ pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
        frame = .allocate(capacity: 1)
        zmq_msg_init(frame)
    }

    /// Closes the socket; again, does nothing.
    func close() {
        closing.withLock { _ in
            if let open = pointer { zmq_close(open) }
            pointer = nil
        }
    }

    /// Stops the monitor of the socket, from any thread.
    func stopMonitor() {
        closing.withLock { _ in
            if let open = pointer { zmq_socket_monitor(open, nil, 0) }
        }
    }

    deinit {
        close()
        zmq_msg_close(frame)
        frame.deallocate()
    }
}
