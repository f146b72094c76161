internal import Synchronization

/// Lets one event a second pass for each key and counts the others.
///
/// Tells at most `keyLimit` keys apart; beyond, the keys of the last second share one allowance.
final class RateLimiter: Sendable {
    private struct Seen {
        var last: ContinuousClock.Instant
        var suppressed = 0
    }

    static let keyLimit = 1024
    private static let interval = Duration.seconds(1)

    private let now: @Sendable () -> ContinuousClock.Instant
    private let seen = Mutex<[String: Seen]>([:])

    init(now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.now = now
    }

    /// The number of events held back since the last one that passed, or nil if this one is to be held back too.
    func admit(_ key: String) -> Int? {
        let time = now()
        return seen.withLock { seen in
            if seen[key] == nil, seen.count >= Self.keyLimit {
                seen = seen.filter { time - $0.value.last < Self.interval }
            }
            let key = seen[key] == nil && seen.count >= Self.keyLimit ? "" : key
            guard let earlier = seen[key] else {
                seen[key] = Seen(last: time)
                return 0
            }
            guard time - earlier.last >= Self.interval else {
                seen[key]?.suppressed += 1
                return nil
            }
            seen[key] = Seen(last: time)
            return earlier.suppressed
        }
    }
}
