internal import Glibc

/// Points in time as RFC 3339 writes them, in UTC with milliseconds: `2024-05-01T12:34:56.789Z`.
///
/// All that `format` writes has the same length up to the year 9999, so that such times sort as text.
public enum Timestamp {
    /// The present.
    public static func now() -> String { format(milliseconds()) }

    /// Milliseconds from 1970 to the present.
    public static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The time `milliseconds` after the start of 1970; it is clamped to the years 0 to 9999.
    public static func format(_ milliseconds: Int64) -> String {
        let time = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
        let fraction = (time % 1000 + 1000) % 1000
        var seconds = time_t((time - fraction) / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func write(_ number: some BinaryInteger, _ digits: Int, _ closing: Character) {
            let decimal = String(number)
            text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(digits - decimal.utf8.count, 0)))
            text.append(contentsOf: decimal.utf8)
            text.append(contentsOf: closing.utf8)
        }
        write(parts.tm_year + 1900, 4, "-")
        write(parts.tm_mon + 1, 2, "-")
        write(parts.tm_mday, 2, "T")
        write(parts.tm_hour, 2, ":")
        write(parts.tm_min, 2, ":")
        write(parts.tm_sec, 2, ".")
        write(fraction, 3, "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// Milliseconds from 1970 to a time written in RFC 3339, or nil if it is not; finer fractions are cut off.
    public static func parse(_ text: String) -> Int64? {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("Tt "), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2), hour < 24, minute < 60,
            second <= 60, let fraction = reader.fraction(), let offset = reader.offset(), reader.rest.isEmpty
        else { return nil }
        var parts = tm()
        parts.tm_year = Int32(year - 1900)
        parts.tm_mon = Int32(month - 1)
        parts.tm_mday = Int32(day)
        let midnight = timegm(&parts)
        // timegm carries what does not exist, such as 30 February, over to what does.
        guard parts.tm_mon == Int32(month - 1), parts.tm_mday == Int32(day) else { return nil }
        return (Int64(midnight) + ((hour * 60 + minute - offset) * 60 + second)) * 1000 + fraction
    }

    /// When an article was published, in milliseconds from 1970: at a time in RFC 3339, or in the first moment of a day; nil for what
    /// is neither, and for what lies before the year 1 of UTC, as does the 0000-00-00 of programs that know no date.
    public static func published(_ text: String) -> Int64? {
        let moment = parse(text) ?? parse(text + "T00:00:00Z")
        return moment.flatMap { $0 < -62_135_596_800_000 ? nil : $0 }
    }
}

/// Reads the parts of a time from the front of its bytes.
private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func number(_ digits: Int) -> Int64? {
        let field = rest.prefix(digits)
        guard field.count == digits, field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(digits)
        return field.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    mutating func skip(_ oneOf: String) -> Bool {
        guard let first = rest.first, oneOf.utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Milliseconds of an optional fraction, nil for a point without digits.
    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        return (Array(digits.prefix(3)) + [0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Minutes that the clock is ahead of UTC.
    mutating func offset() -> Int64? {
        if skip("Zz") { return 0 }
        guard let sign = rest.first, skip("+-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}
