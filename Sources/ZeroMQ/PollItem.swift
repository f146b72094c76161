internal import CZeroMQ

/// What to wait for on a socket or `Waker`, and what `poll` found.
///
/// It belongs to the thread that owns the socket. It does not keep the socket open: polling one that its owner let go
/// throws `.notSocket`.
public struct PollItem {
    /// What is waited on.
    enum Source {
        case socket(SocketHandle)
        case waker(Waker)
    }

    let source: Source
    /// What to wait for.
    public var events: PollEvents
    /// What the last `poll` found.
    public internal(set) var ready: PollEvents = []

    init(_ source: Source, events: PollEvents) {
        self.source = source
        self.events = events
    }
}

@available(*, unavailable)
extension PollItem: Sendable {}

/// What can be waited for.
public struct PollEvents: OptionSet, Sendable, Hashable {
    /// The events as libzmq's bits.
    public let rawValue: Int16

    /// The events of libzmq's bits.
    public init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// A whole message can be received at once.
    public static let readable = PollEvents(rawValue: Int16(ZMQ_POLLIN))
    /// A whole message can be sent at once, to some peer.
    public static let writable = PollEvents(rawValue: Int16(ZMQ_POLLOUT))
}

extension Socket {
    /// An item that waits for this socket.
    ///
    /// - Parameter events: What to wait for.
    /// - Returns: The item, for `poll` on the thread that owns the socket.
    public func pollItem(_ events: PollEvents = .readable) -> PollItem {
        PollItem(.socket(handle), events: events)
    }
}
