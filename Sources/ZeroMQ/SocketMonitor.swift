internal import CZeroMQ
internal import Synchronization

/// Tells what happens to the connections of one socket, until it is let go or the socket is closed.
///
/// A thread of its own hands the events to a closure, one after the other. libzmq stops a whole context while a monitor
/// is not read, so events are never held back: those that come while the closure works wait in memory without limit.
public final class SocketMonitor: Sendable {
    /// Only the monitor of this socket is stopped through it, which its lock allows on any thread.
    nonisolated(unsafe) private let watched: SocketHandle

    /// Watches a socket.
    fileprivate init(
        of socket: borrowing Socket, _ kinds: Set<MonitorEvent.Kind>,
        _ handle: @escaping @Sendable (MonitorEvent) -> Void
    ) throws(ZeroMQError) {
        watched = socket.handle
        let number = monitorsMade.add(1, ordering: .relaxed).newValue
        let endpoint = try Endpoint("inproc://zeromq.monitor-\(number)")
        // Connected first and without a limit, so that libzmq never has to wait with an event.
        var events = try Socket(.pair, in: socket.context)
        try events.set(SocketOption("receiveHighWaterMark", (ZMQ_RCVHWM, .integer(0, least: 0))))
        try events.connect(to: endpoint)
        let mask = kinds.union([.stopped]).reduce(0) { $0 | $1.mask }
        try socket.check(zmq_socket_monitor(socket.handle.pointer, endpoint.description, mask), "monitor")
        _ = try DedicatedThread(named: "zmq monitor", owning: events) { events in
            report(events, to: handle)
        }
    }

    deinit {
        watched.stopMonitor()
    }
}

extension Socket {
    /// Watches this socket's connections; another monitor of it stops.
    ///
    /// - Parameters:
    ///   - kinds: What to hear of; `.stopped` always comes, as the last event.
    ///   - handle: Is called for each event on the monitor's thread.
    /// - Returns: The monitor, to be held for as long as it is wanted.
    /// - Throws: `.terminated`, `.tooManyOpen`, `.again` where the system has no threads left.
    public mutating func monitor(
        _ kinds: Set<MonitorEvent.Kind> = Set(MonitorEvent.Kind.allCases),
        _ handle: @escaping @Sendable (MonitorEvent) -> Void
    ) throws(ZeroMQError) -> SocketMonitor {
        try SocketMonitor(of: self, kinds, handle)
    }
}

/// Makes the names of monitors unique in the process.
private let monitorsMade = Atomic<UInt64>(0)

/// Hands on the events that arrive at `events`, until the last one.
private func report(_ events: consuming Socket, to handle: (MonitorEvent) -> Void) {
    // An error means that the context is shut down.
    while let frames = try? events.receive(maxFrames: 2) {
        guard let event = MonitorEvent(frames) else { continue }
        if event.kind == .stopped { break }
        handle(event)
    }
    handle(MonitorEvent(.stopped))
}
