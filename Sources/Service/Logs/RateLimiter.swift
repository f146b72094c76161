internal import Synchronization

/// Lets one event a second pass for each key, ever fewer down to one a minute while it goes on, and counts the others.
///
/// Tells at most `keyLimit` keys apart; beyond, the keys of the last second share one allowance.
final class RateLimiter: Sendable {
    private struct Seen {
        var last: ContinuousClock.Instant
        var suppressed = 0
        /// Until the next one may pass.
        var interval = RateLimiter.interval
    }

    static let keyLimit = 1024
    private static let interval = Duration.seconds(1)
    private static let longestInterval = Duration.seconds(60)
    /// What did not come for so long after it could have passed, begins anew.
    private static let rest = Duration.seconds(10)

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
                seen = seen.filter { time - $0.value.last < $0.value.interval }
            }
            let key = seen[key] == nil && seen.count >= Self.keyLimit ? "" : key
            guard let earlier = seen[key] else {
                seen[key] = Seen(last: time)
                return 0
            }
            let passed = time - earlier.last
            guard passed >= earlier.interval else {
                seen[key]?.suppressed += 1
                return nil
            }
            let goesOn = passed < earlier.interval + Self.rest
            let next = goesOn ? min(earlier.interval * 2, Self.longestInterval) : Self.interval
            seen[key] = Seen(last: time, interval: next)
            return earlier.suppressed
        }
    }
}
