internal import CZeroMQ
internal import Glibc

/// Wakes a thread out of `poll`, from any other thread.
public final class Waker: Sendable {
    /// An event descriptor: readable while it was woken and not cleared.
    let descriptor: Int32

    /// Creates a waker that is not awake.
    ///
    /// - Throws: `.tooManyOpen` where the process has no files left.
    public init() throws(ZeroMQError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        if descriptor == -1 { throw ZeroMQError("create waker") }
    }

    /// Makes the waker's poll item ready, and keeps it so until `clear()`.
    public func wake() {
        // It fails only where it is awake already.
        _ = repeatingInterrupted { eventfd_write(descriptor, 1) }
    }

    /// Makes the poll item wait for the next `wake()`; clear first, then look for what there is to do.
    public func clear() {
        var count: eventfd_t = 0
        _ = repeatingInterrupted { eventfd_read(descriptor, &count) }
    }

    /// An item that is ready once the waker is awake.
    public var pollItem: PollItem { PollItem(.waker(self), events: .readable) }

    deinit {
        close(descriptor)
    }
}
