internal import Wire

/// A date or time as people and their programs write it: RFC 3339 and the wider ISO 8601, RFC 2822 and its older kin, `ctime`,
/// dates in words, and times as programs count them.
///
/// What could be read in two ways, such as `01/02/2024`, is not read.
public struct WrittenTime: Sendable, Hashable {
    /// Year, from 1 to 9999.
    public private(set) var year: Int
    /// Month, from 1 to 12.
    public private(set) var month = 1
    /// Day of the month, from 1.
    public private(set) var day = 1
    /// Seconds since midnight, in the writer's own time; 0 where only a date is written.
    public private(set) var seconds = 0
    /// Milliseconds of the second.
    public private(set) var milliseconds = 0
    /// Minutes that the writer's clock is ahead of UTC; 0 where no zone is written.
    public private(set) var offset = 0
    /// Whether a time of day is written.
    public private(set) var hasTime = false
    /// Whether a zone is written.
    public private(set) var hasZone = false

    /// Reads a date or time, or gives nil where the text is none, or names a day that there is not.
    public init?(_ text: String) {
        // A zone's name behind the offset (RFC 9557) says no more than that.
        let text = text.hasSuffix("]") ? String(text.prefix { $0 != "[" }) : text
        let bytes = Array(text.utf8.prefix(Self.limit + 1))
        guard bytes.count <= Self.limit else { return nil }
        // Seconds or milliseconds from 1970, as programs write them; in fewer digits they could be a date.
        if [10, 13].contains(bytes.count), bytes.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text) {
            guard let time = WrittenTime(Timestamp.format(bytes.count == 10 ? number * 1000 : number)) else {
                return nil
            }
            self = time
            return
        }
        var scan = TimeScan(bytes)
        guard let read = scan.iso() ?? scan.words() else { return nil }
        self = read
        if scan.isAmerican, isAmericanSummer { offset += 60 }
        guard isPossible else { return nil }
    }

    /// The longest text that can be one, in bytes.
    private static let limit = 100

    init(year: Int, month: Int = 1, day: Int = 1) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    mutating func set(hour: Int, minute: Int, second: Int, milliseconds: Int = 0) -> Bool {
        // A leap second is the one before it; 24:00 is the end of the day.
        guard hour < 24 || hour == 24 && minute == 0 && second == 0, minute < 60, second <= 60 else { return false }
        seconds = hour * 3600 + minute * 60 + min(second, 59)
        self.milliseconds = milliseconds
        hasTime = true
        return true
    }

    mutating func set(offset: Int) -> Bool {
        guard abs(offset) < 24 * 60 else { return false }
        self.offset = offset
        hasZone = true
        return true
    }

    private var isPossible: Bool {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= (month == 2 ? isLeap ? 29 : 28 : [4, 6, 9, 11].contains(month) ? 30 : 31)
    }

    /// Whether clocks of the United States are an hour ahead on this day: from the second Sunday of March to the first of November.
    private var isAmericanSummer: Bool {
        let days = WrittenTime(year: year, month: month).sinceEpoch / 86_400_000
        // The first day of 1970 was a Thursday.
        let weekday = Int((days % 7 + 11) % 7)
        let firstSunday = 1 + (7 - weekday) % 7
        return (4...10).contains(month) || month == 3 && day >= firstSunday + 7 || month == 11 && day < firstSunday
    }

    /// Milliseconds from 1970 to this time.
    public var sinceEpoch: Int64 {
        // Days from civil, after Howard Hinnant: years begin with March.
        let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        let era = y / 400
        let ofEra = (y - era * 400) * 365 + (y - era * 400) / 4 - (y - era * 400) / 100 + (153 * m + 2) / 5 + day - 1
        let days = Int64(era * 146_097 + ofEra - 719_468)
        return (days * 86_400 + Int64(seconds - offset * 60)) * 1000 + Int64(milliseconds)
    }

    /// The time in RFC 3339, in the writer's own zone.
    public var rfc3339: String {
        var text = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        // The first instant of the next day: no clock of RFC 3339 shows 24.
        guard seconds < 86_400 else { return Timestamp.format(sinceEpoch) }
        text += "T\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
        if milliseconds > 0 { text += ".\(padded(milliseconds, 3))" }
        if offset == 0 { return text + "Z" }
        return text + (offset < 0 ? "-" : "+") + "\(padded(abs(offset) / 60)):\(padded(abs(offset) % 60))"
    }

    private func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
