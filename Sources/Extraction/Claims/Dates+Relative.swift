/// Dates that count from publication, or from a day that the text named before.
extension Dates {
    func relative(_ word: String, _ index: Int, _ range: Range<Int>, _ isAhead: () -> Bool) -> Match? {
        if let days = Self.days[word] {
            let date = published?.adding(days)
            return Match(date: date?.text, day: date, tokens: index..<index + 1)
        }
        let next = self.word(index + 1, range)
        if word == "last", next == "night" {
            let date = published?.adding(-1)
            return Match(date: date?.text, day: date, tokens: index..<index + 2)
        }
        if word == "this", ["morning", "afternoon", "evening"].contains(next) {
            return Match(date: published?.text, day: published, tokens: index..<index + 2)
        }
        if word == "earlier", next == "this" || next == "in",
            let period = period(self.word(index + 2, range), 0)
                ?? period(self.word(index + 3, range), 0)
        {
            return Match(date: period, tokens: index..<min(index + (next == "this" ? 3 : 4), range.upperBound))
        }
        if let step = Self.steps[word] {
            if let period = period(next, step) { return Match(date: period, tokens: index..<index + 2) }
            if Dates.seasons.contains(next) {
                return Match(date: published.map { CalendarDate.padded($0.year + step, 4) }, tokens: index..<index + 2)
            }
        }
        if word == "the", Dates.seasons.contains(next),
            ["by", "in", "until", "before"].contains(self.word(index - 1, range))
        {
            // "By the summer", told in the autumn, is the next one.
            let isOver = published.map { isAhead() && $0.month > (Dates.lastMonths[next] ?? 12) } ?? false
            return Match(
                date: published.map { CalendarDate.padded($0.year + (isOver ? 1 : 0), 4) }, tokens: index..<index + 2)
        }
        return nil
    }

    private static let days = ["today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1]
    private static let steps = ["last": -1, "past": -1, "this": 0, "next": 1, "coming": 1]
    private static let directions = ["ago": -1, "earlier": -1, "later": 1]

    /// The month or year that "last week", "next month", "this year" lie in; empty where the article tells no day.
    func period(_ unit: String, _ step: Int) -> String?? {
        switch unit {
        case "week": .some(published?.adding(7 * step).monthText)
        case "month": .some(published?.addingMonths(step).monthText)
        case "year": .some(published.map { CalendarDate.padded($0.year + step, 4) })
        default: nil
        }
    }

    /// "Two days later", "three Sundays ago", "a week earlier".
    func counted(_ index: Int, _ range: Range<Int>, _ named: Named, _ isAhead: () -> Bool) -> Match? {
        let first = word(index, range)
        let count =
            integer(index, range, 1...400) ?? NumberReader.cardinals[first].map { Int($0) } ?? (first == "a" ? 1 : nil)
        guard let count,
            let direction = Self.directions[word(index + 2, range)]
        else { return nil }
        let tokens = index..<index + 3
        let isAgo = word(index + 2, range) == "ago"
        guard let origin = isAgo ? published : isAhead() ? named.last : named.past else {
            return ["day", "days", "week", "weeks"].contains(word(index + 1, range)) && !isAgo
                ? Match(date: nil, tokens: tokens) : nil
        }
        switch word(index + 1, range) {
        case "day", "days":
            let date = origin.adding(direction * count)
            return Match(date: date.text, day: date, tokens: tokens)
        case "week", "weeks":
            let date = origin.adding(7 * direction * count)
            return Match(date: isAgo ? date.monthText : date.text, day: isAgo ? nil : date, tokens: tokens)
        case "month", "months": return Match(date: origin.addingMonths(direction * count).monthText, tokens: tokens)
        case "year", "years":
            return Match(date: CalendarDate.padded(origin.year + direction * count, 4), tokens: tokens)
        case "decade", "decades":
            return Match(date: CalendarDate.padded(origin.year + 10 * direction * count, 4), tokens: tokens)
        case let name where name.hasSuffix("s"):
            guard let weekday = Dates.weekdays.firstIndex(of: String(name.dropLast())), isAgo else { return nil }
            let back = Dates.daysBack(to: weekday, from: origin, forward: false)
            let date = origin.adding(-back - 7 * (count - 1))
            return Match(date: date.text, day: date, tokens: tokens)
        default: return nil
        }
    }

    /// "The same day", "the next day".
    func sameDay(_ index: Int, _ range: Range<Int>, _ named: Named, _ isAhead: () -> Bool) -> Match? {
        guard word(index, range) == "the", word(index + 2, range) == "day",
            let step = ["same": 0, "next": 1, "following": 1, "previous": -1][word(index + 1, range)]
        else { return nil }
        let date = (isAhead() ? named.last : named.past)?.adding(step)
        return Match(date: date?.text, day: date, tokens: index..<index + 3)
    }
}
