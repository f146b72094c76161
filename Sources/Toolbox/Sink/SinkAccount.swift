/// What a sink that goes on and on says of its success: once it has caught up, and what it stored, every minute in which it did.
struct SinkAccount {
    private static let pause: Int64 = 60_000

    private var stored = 0
    private var next: Int64
    private var hasCaughtUp = false

    /// Begins at this time of the steady clock.
    init(now: Int64) { next = now + Self.pause }

    /// Counts messages as stored.
    mutating func take(_ count: Int) { stored += count }

    /// What is to be said now.
    mutating func remark(upTo last: Int64, isCaughtUp: Bool, now: Int64) -> String? {
        if isCaughtUp, !hasCaughtUp {
            hasCaughtUp = true
            return said("caught up: ", last, now)
        }
        return stored > 0 && now >= next ? said("", last, now) : nil
    }

    private mutating func said(_ prefix: String, _ last: Int64, _ now: Int64) -> String {
        defer { (stored, next) = (0, now + Self.pause) }
        return "\(prefix)stored \(stored) message\(stored == 1 ? "" : "s"), all up to \(last)"
    }
}
