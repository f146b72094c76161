internal import Glibc

/// A moment of the civil calendar, in whole milliseconds.
struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    var milliseconds: Int64

    /// The present moment.
    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The moment in RFC 3339, in UTC with milliseconds: `2025-01-31T08:15:30.250Z`.
    var rfc3339: String {
        let parts = calendar
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))T\(clock)Z"
    }

    /// The time of day in UTC: `08:15:30.250`.
    var clock: String {
        let parts = calendar
        let time = [parts.hour, parts.minute, parts.second].map { padded($0, 2) }.joined(separator: ":")
        return "\(time).\(padded(parts.millisecond, 3))"
    }

    private var calendar: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int) {
        var seconds = time_t(milliseconds / 1000)
        var rest = milliseconds % 1000
        if rest < 0 {
            rest += 1000
            seconds -= 1
        }
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return (
            Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour),
            Int(parts.tm_min), Int(parts.tm_sec), Int(rest)
        )
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
