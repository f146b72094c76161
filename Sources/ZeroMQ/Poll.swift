internal import CZeroMQ
internal import Glibc

/// Waits until one of `items` is ready, and sets their `ready`.
///
/// - Parameters:
///   - items: At least one; only sockets of the calling thread.
///   - timeout: How long to wait, in milliseconds rounded up; nil: for ever.
/// - Returns: How many items are ready: 0 after the time-out, or when a signal arrived.
/// - Throws: `.terminated`, `.notSocket` for a closed socket, `.invalid` for no items or a negative time.
public func poll(_ items: inout [PollItem], timeout: Duration? = nil) throws(ZeroMQError) -> Int {
    guard !items.isEmpty else { throw ZeroMQError(invalid: "poll", "there is nothing to wait for") }
    var milliseconds = -1
    if let timeout {
        guard let time = timeout.milliseconds else {
            throw ZeroMQError(invalid: "poll", "\(timeout) is not from 0 to \(Int32.max) ms")
        }
        milliseconds = Int(time)
    }
    var entries: [zmq_pollitem_t] = []
    entries.reserveCapacity(items.count)
    for index in items.indices {
        items[index].ready = []
        entries.append(try items[index].entry())
    }
    let count = zmq_poll(&entries, Int32(clamping: entries.count), milliseconds)
    if count == -1 {
        let error = ZeroMQError("poll")
        if error.code == .interrupted { return 0 }
        throw error
    }
    for index in items.indices {
        items[index].ready = PollEvents(rawValue: entries[index].revents)
    }
    return Int(count)
}

extension PollItem {
    /// The item in libzmq's form.
    fileprivate func entry() throws(ZeroMQError) -> zmq_pollitem_t {
        switch source {
        case .waker(let waker):
            return zmq_pollitem_t(socket: nil, fd: waker.descriptor, events: events.rawValue, revents: 0)
        case .socket(let handle):
            guard let pointer = handle.pointer else { throw ZeroMQError(errno: ENOTSOCK, "poll") }
            return zmq_pollitem_t(socket: pointer, fd: -1, events: events.rawValue, revents: 0)
        }
    }
}
