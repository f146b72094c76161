internal import CZeroMQ
internal import Synchronization

/// Tells what happens to the connections of one socket.
///
/// Read it regularly: after about 2,000 unread events libzmq's threads wait for room. It may be owned by another thread
/// than the socket that it watches, and outlive it: the last event is then `.stopped`.
public struct SocketMonitor: ~Copyable, Sendable {
    private var events: Socket

    /// Watches a socket; another monitor of it stops.
    fileprivate init(of socket: borrowing Socket, _ kinds: Set<MonitorEvent.Kind>) throws(ZeroMQError) {
        let number = monitorsMade.add(1, ordering: .relaxed).newValue
        let endpoint = try Endpoint("inproc://onrecord.zeromq.monitor-\(number)")
        let mask = kinds.reduce(0) { $0 | $1.mask }
        try socket.check(zmq_socket_monitor(socket.handle.pointer, endpoint.description, mask), "monitor")
        var events = try Socket(.pair, in: socket.context)
        try events.connect(to: endpoint)
        self.events = events
    }

    /// The next event.
    ///
    /// - Parameter wait: Whether to wait for one.
    /// - Returns: The event, or nil where there is none.
    /// - Throws: `.terminated`.
    public mutating func receive(wait: Bool = true) throws(ZeroMQError) -> MonitorEvent? {
        while let frames = try events.receive(wait: wait, maxFrames: 2) {
            if let event = MonitorEvent(frames) { return event }
        }
        return nil
    }

    /// An item that is ready once there is an event.
    public var pollItem: PollItem { events.pollItem(.readable) }
}

/// Makes the names of monitors unique in the process.
private let monitorsMade = Atomic<UInt64>(0)

extension Socket {
    /// Watches this socket's connections; another monitor of it stops.
    ///
    /// - Parameter kinds: What to hear of.
    /// - Returns: The monitor.
    /// - Throws: `.terminated`, `.tooManyOpen`.
    public mutating func monitor(
        _ kinds: Set<MonitorEvent.Kind> = Set(MonitorEvent.Kind.allCases)
    ) throws(ZeroMQError) -> SocketMonitor {
        try SocketMonitor(of: self, kinds)
    }
}
