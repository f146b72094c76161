import Wire

/// The time of day, except that it never jumps: it is read once and goes on with the steady clock of the system.
public enum SteadyClock {
    private static let start = (instant: ContinuousClock.now, milliseconds: Timestamp.milliseconds())

    /// Milliseconds since 1970.
    public static func milliseconds() -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start.instant).components
        return start.milliseconds + seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
