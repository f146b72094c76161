internal import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: Sendable {
    private let time = Mutex(ContinuousClock.now)

    /// Creates a clock.
    public init() {}

    /// The present moment, as code under test asks for it.
    public var now: ContinuousClock.Instant { time.withLock { $0 } }

    /// Moves the time on.
    public func advance(by duration: Duration) {
        time.withLock { $0 += duration }
    }
}
