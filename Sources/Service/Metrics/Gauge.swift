internal import Synchronization

/// A number that goes up and down, such as the tasks in hand; safe and cheap from every thread.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    /// Creates a gauge at zero; one that is to be exported comes from `Metrics`.
    public init() {}

    /// The present number.
    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    /// Sets the number.
    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Sets the number.
    public func set(_ value: Int) {
        set(Double(value))
    }
}
