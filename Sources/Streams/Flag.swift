import Synchronization

/// A flag that any thread can raise, once.
package final class Flag: Sendable {
    private let value = Atomic(false)

    /// Creates a lowered flag.
    package init() {}

    /// Raises the flag for good.
    package func raise() { value.store(true, ordering: .releasing) }

    /// Whether the flag is raised.
    package var isRaised: Bool { value.load(ordering: .acquiring) }
}
