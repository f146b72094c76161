/// Reads the parts of a written time from its bytes.
struct TimeScan {
    private var rest: ArraySlice<UInt8>
    /// Whether the zone is one of America that says nothing of summer, such as ET, and is read as in winter.
    private(set) var isAmerican = false

    init(_ bytes: [UInt8]) {
        let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
        rest = bytes[...].drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
    }

    /// ISO 8601: `2024-05-31T18:00:00.5+02:00`, `2024-05-31 18:00`, `20240531T180000Z`, `2024-05`, `2024/05/31`; or nil, with
    /// nothing taken.
    mutating func iso() -> WrittenTime? {
        let start = rest
        if let time = isoTime() { return time }
        rest = start
        return nil
    }

    private mutating func isoTime() -> WrittenTime? {
        guard let year = number(4...4) else { return nil }
        var time = WrittenTime(year: year)
        if let separator = rest.first, separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") {
            rest.removeFirst()
            guard let month = number(1...2) else { return nil }
            time = WrittenTime(year: year, month: month)
            if rest.first == separator {
                rest.removeFirst()
                guard let day = number(1...2) else { return nil }
                time = WrittenTime(year: year, month: month, day: day)
            }
        } else if let month = number(2...2) {
            guard let day = number(2...2) else { return nil }
            time = WrittenTime(year: year, month: month, day: day)
        }
        if rest.isEmpty { return time }
        guard skip("Tt_") || skipSpace(), clock(&time) else { return nil }
        _ = skipSpace()
        return rest.isEmpty || zone(&time) && rest.isEmpty ? time : nil
    }

    /// `18`, `18:00`, `18:00:00`, `18:00:00.123`, `180000`, `6:00 pm`.
    private mutating func clock(_ time: inout WrittenTime) -> Bool {
        guard var hour = number(1...2) else { return false }
        var (minute, second, fraction) = (0, 0, 0)
        if skip(":.") || rest.count >= 2 && rest.prefix(2).allSatisfy(Self.isDigit) {
            guard let minutes = number(2...2) else { return false }
            minute = minutes
            if skip(":") || rest.count >= 2 && rest.prefix(2).allSatisfy(Self.isDigit) {
                guard let seconds = number(2...2) else { return false }
                second = seconds
                if skip(".,") {
                    let digits = rest.prefix(while: Self.isDigit)
                    guard !digits.isEmpty else { return false }
                    rest = rest.dropFirst(digits.count)
                    fraction = (Array(digits.prefix(3)) + [0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
                }
            }
        }
        let start = rest
        _ = skipSpace()
        switch word() {
        case "am", "a.m.": if hour == 12 { hour = 0 } else if hour > 12 { return false }
        case "pm", "p.m.": if hour < 12 { hour += 12 }
        default: rest = start
        }
        return time.set(hour: hour, minute: minute, second: second, milliseconds: fraction)
    }

    /// `Z`, `+02:00`, `+0200`, `+02`, `GMT`, `PST`, `UTC+2`.
    private mutating func zone(_ time: inout WrittenTime) -> Bool {
        if let first = rest.first, Self.isLetter(first) {
            guard let minutes = zone(named: word()) else { return false }
            if rest.isEmpty || minutes != 0 || !(rest.starts(with: "+".utf8) || rest.starts(with: "-".utf8)) {
                return time.set(offset: minutes)
            }
        }
        guard let sign = rest.first, skip("+-"), let hours = number(1...2) else { return false }
        _ = skip(":")
        let minutes = number(2...2) ?? 0
        return minutes < 60 && time.set(offset: (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1))
    }

    private mutating func zone(named name: String) -> Int? {
        isAmerican = ["et", "ct", "mt", "pt"].contains(name)
        return Self.zones[name]
    }

    /// A date in words, before or after a time: RFC 2822, RFC 850, `ctime`, `31 May 2024`, `May 31st, 2024 at 6 pm`, `31.5.2024`.
    mutating func words() -> WrittenTime? {
        var (year, month, day): (Int?, Int?, Int?)
        var written = WrittenTime(year: 1)
        while true {
            rest = rest.drop {
                $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-")
            }
            guard let first = rest.first else { break }
            if Self.isDigit(first) {
                let digits = rest.prefix(while: Self.isDigit).count
                let next = rest.dropFirst(digits).first
                if next == UInt8(ascii: ":"), digits <= 2, !written.hasTime {
                    guard clock(&written) else { return nil }
                    let start = rest
                    _ = skipSpace()
                    if !rest.isEmpty, !zone(&written) { rest = start }
                } else if next == UInt8(ascii: "."), day == nil, month == nil, let date = dotted() {
                    (day, month, year) = date
                } else if next == UInt8(ascii: "-"), digits <= 2, day == nil, month == nil, let date = dashed() {
                    (day, month, year) = date
                } else if next == UInt8(ascii: "/") {
                    guard day == nil, month == nil, let date = slashed() else { return nil }
                    (day, month, year) = date
                } else if let value = number(1...4) {
                    if digits <= 2, day == nil {
                        day = value
                        _ = ["st", "nd", "rd", "th"].contains { skipWord($0) } || skip(".")
                    } else if year == nil, digits == 4 {
                        year = value
                    } else if year == nil, digits == 2 {
                        year = value + (value < 70 ? 2000 : 1900)
                    } else {
                        return nil
                    }
                } else {
                    return nil
                }
            } else if Self.isLetter(first) {
                let name = word()
                if let number = Self.month(name), month == nil {
                    month = number
                } else if Self.fillers.contains(name) || Self.isWeekday(name) {
                    continue
                } else if written.hasTime, let minutes = zone(named: name) {
                    guard written.set(offset: minutes) else { return nil }
                } else {
                    return nil
                }
            } else if written.hasTime, !written.hasZone, first == UInt8(ascii: "+") {
                guard zone(&written) else { return nil }
            } else {
                return nil
            }
        }
        // A month alone is its first day, as in `2024-05`.
        guard let year, let month, let day = day ?? (written.hasTime ? nil : 1) else { return nil }
        var date = WrittenTime(year: year, month: month, day: day)
        if written.hasTime {
            let seconds = written.seconds
            _ = date.set(
                hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60,
                milliseconds: written.milliseconds)
        }
        if written.hasZone { _ = date.set(offset: written.offset) }
        return date
    }

    /// `31/5/2024` or `5/31/2024`: which of the two is the month can be told only where the other one is beyond 12, or equal.
    private mutating func slashed() -> (Int?, Int?, Int?)? {
        guard let first = number(1...2), skip("/-"), let second = number(1...2), skip("/-"), let year = number(4...4),
            first == second || (first > 12) != (second > 12)
        else { return nil }
        return (max(first, second), min(first, second), year)
    }

    /// `31-5-2024`, of which the same is true; not `31-May-24`.
    private mutating func dashed() -> (Int?, Int?, Int?)? {
        let start = rest
        if let date = slashed() { return date }
        rest = start
        return nil
    }

    /// `31.5.2024`: dots are written where days come first.
    private mutating func dotted() -> (Int?, Int?, Int?)? {
        let start = rest
        if let day = number(1...2), skip("."), let month = number(1...2), skip("."), let year = number(4...4) {
            return (day, month, year)
        }
        rest = start
        return nil
    }
}

extension TimeScan {
    private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        let field = rest.prefix(digits.upperBound).prefix(while: Self.isDigit)
        guard field.count >= digits.lowerBound else { return nil }
        rest = rest.dropFirst(field.count)
        return field.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func skip(_ oneOf: String) -> Bool {
        guard let first = rest.first, oneOf.utf8.contains(first) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipWord(_ word: String) -> Bool {
        guard rest.prefix(word.utf8.count).map({ $0 | 0x20 }) == Array(word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    private mutating func skipSpace() -> Bool {
        let start = rest.count
        rest = rest.drop { $0 <= 0x20 }
        return rest.count < start
    }

    /// The letters and dots that come next, in lower case.
    private mutating func word() -> String {
        let letters = rest.prefix { Self.isLetter($0) || $0 == UInt8(ascii: ".") }
        rest = rest.dropFirst(letters.count)
        return String(decoding: letters.map { $0 == UInt8(ascii: ".") ? $0 : $0 | 0x20 }, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func month(_ name: String) -> Int? {
        let name = name.hasSuffix(".") ? String(name.dropLast()) : name
        guard name.utf8.count >= 3 else { return nil }
        return months.firstIndex { $0.hasPrefix(name) || name == "sept" && $0 == "september" }.map { $0 + 1 }
    }

    private static func isWeekday(_ name: String) -> Bool {
        let name = name.hasSuffix(".") ? String(name.dropLast()) : name
        return name.utf8.count >= 2 && weekdays.contains { $0.hasPrefix(name) || name.hasPrefix($0.prefix(3)) }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let fillers: Set<String> = ["at", "on", "of", "the"]

    /// Minutes ahead of UTC.
    private static let zones: [String: Int] = [
        "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
        "mdt": -360,
        "pst": -480, "pdt": -420, "et": -300, "ct": -360, "mt": -420, "pt": -480, "wet": 0, "west": 60, "bst": 60,
        "cet": 60, "cest": 120, "eet": 120,
        "eest": 180, "msk": 180, "ist": 330, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    ]
}
