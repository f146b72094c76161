/// The time by which entries grow old: the system's clock, but not in the first hour after that went far ahead.
///
/// A clock that jumps ahead by a year would else have everything dropped at once. What a clock has stamped says nothing of it;
/// that it was believed before shows only in what was dropped by it. Times are in milliseconds.
struct AgeClock: Sendable {
    private static let hour: Int64 = 3_600_000

    /// What the system's clock is ahead of the steady one, as far as it is believed.
    private var offset: Int64
    /// When it was first seen to be further ahead.
    private var seen: Int64?

    /// Starts to watch the clock.
    ///
    /// - Parameters:
    ///   - oldest: When the oldest entry became durable. A clock that has that more than a day too old may be right, after a long
    ///     stop or with another age than before, or wrong: it is not believed at once.
    ///   - age: How long entries are kept.
    ///   - wall: What the system's clock says.
    ///   - steady: What a clock says that is never set.
    init(oldest: Int64?, age: Int64, wall: Int64, steady: Int64) {
        // From an hour before the oldest is too old, so that nothing is until the hour is over.
        let believed = oldest.map { wall - $0 - age > 24 * Self.hour ? $0 + age - Self.hour : wall } ?? wall
        offset = believed - steady
    }

    /// The time, and how far the clock is ahead of it where that is seen for the first time.
    mutating func look(wall: Int64, steady: Int64) -> (now: Int64, leap: Int64?) {
        let ahead = wall - steady - offset
        let isOver = seen.map { steady - $0 >= Self.hour } ?? false
        guard ahead > Self.hour, !isOver else {
            (offset, seen) = (wall - steady, nil)
            return (wall, nil)
        }
        defer { seen = seen ?? steady }
        return (steady + offset, seen == nil ? ahead : nil)
    }
}
