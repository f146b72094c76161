internal import Synchronization

/// A number that only grows, such as the articles published; safe and cheap from every thread.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    /// Creates a counter at zero; one that is to be exported comes from `Metrics`.
    public init() {}

    /// The number so far.
    public var value: UInt64 { count.load(ordering: .relaxed) }

    /// Counts one more, or several.
    public func increment(by amount: UInt64 = 1) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }
}
