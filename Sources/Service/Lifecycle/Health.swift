internal import Synchronization

/// Whether a service is ready for what it is there for, and whether its loops still turn.
///
/// Parts of the service say what they wait for, and that they are through; others look. Safe from every thread.
public final class Health: Sendable {
    /// How long a loop may take for one turn before it counts as stuck.
    public static let patience = Duration.seconds(60)

    private struct State {
        var waits: [String: String] = [:]
        var beats: [String: ContinuousClock.Instant] = [:]
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Creates the health of a service that starts.
    public init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        state = Mutex(State(waits: ["start": "it starts"]))
        self.now = now
    }

    /// Takes note that `part` waits, and for what.
    /// - Returns: Whether it did not wait before.
    @discardableResult
    public func wait(_ part: String, _ reason: String) -> Bool {
        state.withLock { $0.waits.updateValue(reason, forKey: part) == nil }
    }

    /// Takes note that `part` waits for nothing any more; the service is ready once no part waits.
    /// - Returns: Whether it waited before.
    @discardableResult
    public func go(_ part: String) -> Bool {
        state.withLock { $0.waits.removeValue(forKey: part) != nil }
    }

    /// Takes note that the loop `part` has made a turn; from its first one on, it is looked after.
    public func beat(_ part: String) {
        let instant = now()
        state.withLock { $0.beats[part] = instant }
    }

    /// Takes note that the loop `part` has ended.
    public func end(_ part: String) { state.withLock { $0.beats[part] = nil } }

    /// Why the service is not ready, a line for each part that waits; empty where it is.
    public var waits: [String] {
        state.withLock { $0.waits.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" } }
    }

    /// The loops that have not made a turn for too long.
    public var stuck: [String] {
        let instant = now()
        return state.withLock { state in
            state.beats.filter { instant - $0.value > Self.patience }.keys.sorted()
        }
    }
}
