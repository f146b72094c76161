public import ZeroMQ

/// How other threads reach a loop that owns sockets: there is something new, or it is to stop.
public final class LoopSignal: Sendable {
    /// Ends the wait of the loop's poll.
    public let waker: Waker
    private let stopping = Flag()

    /// Creates a signal.
    ///
    /// - Throws: `ZeroMQError` if the process has no file descriptor left.
    public init() throws(ZeroMQError) { waker = try Waker() }

    /// Says that there is something new.
    public func wake() { waker.wake() }

    /// Asks the loop to finish what it has and return.
    public func stop() {
        stopping.raise()
        waker.wake()
    }

    /// Whether the loop was asked to return.
    public var isStopping: Bool { stopping.isRaised }
}
