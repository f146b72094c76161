import Wire

/// Finds dates and resolves them against the day of publication; what is not certain is left open.
struct Dates {
    /// A date, the tokens it stands at and, if it is one day, that day.
    struct Found {
        var mention: Analysis.DateMention
        var tokens: Range<Int>
    }

    private struct Match {
        var date: String?
        var day: CalendarDate?
        var tokens: Range<Int>
    }

    let document: Document
    /// The day of publication, or nil where the article does not tell it.
    let published: CalendarDate?

    /// The dates in `range`.
    ///
    /// - Parameters:
    ///   - range: The tokens of a sentence.
    ///   - day: The last day that the text named before, for "two days later"; afterwards the last one here.
    /// - Returns: The dates in order.
    func dates(in range: Range<Int>, after day: inout CalendarDate?) -> [Found] {
        var found: [Found] = []
        let looksAhead = looksAhead(range)
        var at = range.lowerBound
        while at < range.upperBound {
            guard let match = match(at, range, looksAhead, day), let span = document.span(match.tokens) else {
                at += 1
                continue
            }
            day = match.day ?? day
            found.append(
                Found(
                    mention: Analysis.DateMention(text: document.text(span), spans: [span], date: match.date),
                    tokens: match.tokens))
            at = match.tokens.upperBound
        }
        return found
    }

    private func word(_ index: Int, _ range: Range<Int>) -> String {
        guard range.contains(index), document.tokens[index].end - document.tokens[index].start <= 12 else { return "" }
        return document.word(document.tokens[index])
    }

    private func integer(_ index: Int, _ range: Range<Int>, _ limits: ClosedRange<Int>) -> Int? {
        guard range.contains(index), document.tokens[index].kind == .number else { return nil }
        var text = word(index, range)
        for ending in ["st", "nd", "rd", "th"] where text.hasSuffix(ending) { text.removeLast(2) }
        guard let value = Int(text), limits.contains(value) else { return nil }
        return value
    }

    /// Whether the sentence tells of what is to come.
    private func looksAhead(_ range: Range<Int>) -> Bool {
        range.contains { index in
            guard document.tokens[index].isWord else { return false }
            switch word(index, range) {
            case "will", "upcoming", "scheduled", "planned", "due", "expected", "hopes", "plans", "shall", "until",
                "intends":
                return true
            case "by": return document.tokens.indices.contains(index + 1) && document.tokens[index + 1].has(.month)
            case "to": return word(index + 1, range) == "be" || word(index + 1, range) == "go"
            default: return false
            }
        }
    }

    private func match(_ index: Int, _ range: Range<Int>, _ ahead: Bool, _ day: CalendarDate?) -> Match? {
        let token = document.tokens[index]
        let word = word(index, range)
        if token.isCapitalized, token.has(.month), let month = Dates.months[String(word.prefix(3))] {
            return monthFirst(month, index, range, ahead)
        }
        if let number = integer(index, range, 1...31), let month = month(at: index + 1, range) {
            let year = integer(index + 2, range, 1000...2999)
            return self.day(number, month, year, ahead, index..<index + (year == nil ? 2 : 3))
        }
        if token.has(.weekday), token.isCapitalized, let weekday = Dates.weekdays.firstIndex(of: word) {
            // "It was a Saturday" names no day, "a Saturday interview" does.
            let before = self.word(index - 1, range)
            if ["any", "each", "every"].contains(before) { return nil }
            if before == "a", !range.contains(index + 1) || !document.tokens[index + 1].isWord { return nil }
            return self.weekday(weekday, index, range, ahead)
        }
        return relative(word, index, range) ?? counted(index, range, day) ?? sameDay(index, range, day)
            ?? year(index, range)
    }

    private func month(at index: Int, _ range: Range<Int>) -> Int? {
        guard range.contains(index), document.tokens[index].isCapitalized, document.tokens[index].has(.month) else {
            return nil
        }
        return Dates.months[String(word(index, range).prefix(3))]
    }

    // MARK: - Months and days

    /// "July 21, 2017", "July 21", "July 2017", "July".
    private func monthFirst(_ month: Int, _ index: Int, _ range: Range<Int>, _ ahead: Bool) -> Match? {
        if let number = integer(index + 1, range, 1...31) {
            let comma = range.contains(index + 2) && document.tokens[index + 2].isComma ? 1 : 0
            if let year = integer(index + 2 + comma, range, 1000...2999) {
                return day(number, month, year, ahead, index..<index + 3 + comma)
            }
            return day(number, month, nil, ahead, index..<index + 2)
        }
        if let day = integer(index - 1, range, 1...31), CalendarDate(year: 2024, month: month, checkedDay: day) == nil {
            return nil
        }
        if let year = integer(index + 1, range, 1000...2999) {
            return Match(
                date: "\(CalendarDate.padded(year, 4))-\(CalendarDate.padded(month, 2))", tokens: index..<index + 2)
        }
        // "May" and "March" alone are more often something else.
        guard word(index, range).count > 3 || index > range.lowerBound && document.tokens[index - 1].has(.preposition)
        else { return nil }
        let year = published.map { published in
            if word(index - 1, range) == "last" {
                return published.month <= month ? published.year - 1 : published.year
            }
            if ahead || word(index - 1, range) == "next" {
                return published.month > month ? published.year + 1 : published.year
            }
            return published.month < month ? published.year - 1 : published.year
        }
        return Match(
            date: year.map { "\(CalendarDate.padded($0, 4))-\(CalendarDate.padded(month, 2))" },
            tokens: index..<index + 1)
    }

    /// A day without a year is the one nearest to publication, the next one where the sentence looks ahead.
    private func day(_ day: Int, _ month: Int, _ year: Int?, _ ahead: Bool, _ tokens: Range<Int>) -> Match? {
        // 30 February is no date.
        guard CalendarDate(year: year ?? 2024, month: month, checkedDay: day) != nil else { return nil }
        var resolved = year
        if resolved == nil, let published {
            let distance = published.month - month
            resolved = distance > 6 ? published.year + 1 : distance < -6 ? published.year - 1 : published.year
            if ahead, resolved == published.year, (month, day) < (published.month, published.day) {
                resolved = published.year + 1
            }
        }
        let date = resolved.flatMap { CalendarDate(year: $0, month: month, checkedDay: day) }
        return Match(date: date?.text, day: date, tokens: tokens)
    }

    /// "Monday", "Monday, March 4"; news tells of the past unless "next" or the future tense says otherwise.
    private func weekday(_ weekday: Int, _ index: Int, _ range: Range<Int>, _ ahead: Bool) -> Match? {
        let comma = range.contains(index + 1) && document.tokens[index + 1].isComma ? 2 : 1
        if let month = month(at: index + comma, range), let found = monthFirst(month, index + comma, range, ahead),
            found.day != nil
        {
            return Match(date: found.date, day: found.day, tokens: index..<found.tokens.upperBound)
        }
        guard let published else { return Match(date: nil, tokens: index..<index + 1) }
        let back = ((published.weekday - weekday) % 7 + 7) % 7
        let before = word(index - 1, range)
        let date: CalendarDate
        if before == "next" {
            date = published.adding(back == 0 ? 7 : 7 - back)
        } else if before == "last" {
            date = published.adding(back == 0 ? -7 : -back)
        } else {
            date = published.adding(ahead && back != 0 ? 7 - back : -back)
        }
        return Match(date: date.text, day: date, tokens: index..<index + 1)
    }

    // MARK: - Relative to publication

    private func relative(_ word: String, _ index: Int, _ range: Range<Int>) -> Match? {
        if let days = ["today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1][word] {
            let date = published?.adding(days)
            return Match(date: date?.text, day: date, tokens: index..<index + 1)
        }
        let next = self.word(index + 1, range)
        if word == "earlier", next == "this" || next == "in",
            let period = period(self.word(index + 2, range), 0)
                ?? period(self.word(index + 3, range), 0)
        {
            return Match(date: period, tokens: index..<min(index + (next == "this" ? 3 : 4), range.upperBound))
        }
        if let step = ["last": -1, "past": -1, "this": 0, "next": 1, "coming": 1][word] {
            if let period = period(next, step) { return Match(date: period, tokens: index..<index + 2) }
            if Dates.seasons.contains(next) {
                return Match(date: published.map { CalendarDate.padded($0.year + step, 4) }, tokens: index..<index + 2)
            }
        }
        if word == "the", Dates.seasons.contains(next),
            ["by", "in", "until", "before"].contains(self.word(index - 1, range))
        {
            return Match(date: published?.yearText, tokens: index..<index + 2)
        }
        return nil
    }

    /// The month or year that "last week", "next month", "this year" lie in; empty where the article tells no day.
    private func period(_ unit: String, _ step: Int) -> String?? {
        switch unit {
        case "week": .some(published?.adding(7 * step).monthText)
        case "month": .some(published?.addingMonths(step).monthText)
        case "year": .some(published.map { CalendarDate.padded($0.year + step, 4) })
        default: nil
        }
    }

    /// "Two days later", "three Sundays ago", "a week earlier".
    private func counted(_ index: Int, _ range: Range<Int>, _ day: CalendarDate?) -> Match? {
        let first = word(index, range)
        let count =
            integer(index, range, 1...400) ?? NumberReader.cardinals[first].map { Int($0) } ?? (first == "a" ? 1 : nil)
        guard let count,
            let direction = ["ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1][word(index + 2, range)]
        else { return nil }
        let tokens = index..<index + 3
        let isAgo = word(index + 2, range) == "ago"
        guard isAgo || ["later", "earlier"].contains(word(index + 2, range)) else { return nil }
        guard let origin = isAgo ? published : day else {
            return ["day", "days", "week", "weeks"].contains(word(index + 1, range)) && day == nil && !isAgo
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
        case let name where name.hasSuffix("s"):
            guard let weekday = Dates.weekdays.firstIndex(of: String(name.dropLast())), isAgo else { return nil }
            let back = ((origin.weekday - weekday) % 7 + 7) % 7
            let date = origin.adding(-(back == 0 ? 7 : back) - 7 * (count - 1))
            return Match(date: date.text, day: date, tokens: tokens)
        default: return nil
        }
    }

    /// "The same day", "the next day".
    private func sameDay(_ index: Int, _ range: Range<Int>, _ day: CalendarDate?) -> Match? {
        guard word(index, range) == "the", word(index + 2, range) == "day",
            let step = ["same": 0, "next": 1, "following": 1, "previous": -1][word(index + 1, range)]
        else { return nil }
        let date = day?.adding(step)
        return Match(date: date?.text, day: date, tokens: index..<index + 3)
    }

    // MARK: - Years

    /// A year that stands alone: "in 1968", "(1972)", "the 2017 election".
    private func year(_ index: Int, _ range: Range<Int>) -> Match? {
        guard let year = integer(index, range, 1500...2099),
            document.tokens[index].end - document.tokens[index].start == 4
        else { return nil }
        let before = word(index - 1, range)
        let next = word(index + 1, range)
        if ["utc", "gmt", "people", "b.c", "bc"].contains(next) { return nil }
        if index > range.lowerBound, document.tokens[index - 1].kind == .punctuation,
            !document.tokens[index].shape.contains(.spaceBefore), !document.tokens[index - 1].isSign("("),
            !document.tokens[index - 1].isDash
        {
            return nil
        }
        let leads = [
            "in", "since", "by", "of", "until", "from", "before", "after", "during", "than", "early", "late", "mid",
        ]
        let isNoun =
            range.contains(index + 1) && document.tokens[index + 1].isWord
            && document.tokens[index + 1].shape.contains(.plural) && !document.tokens[index + 1].has(.common)
        if leads.contains(before), !isNoun || before != "of" && before != "than" && before != "by" {
            return date(year, index)
        }
        let inBrackets =
            index > range.lowerBound && document.tokens[index - 1].isSign("(")
            && range.contains(index + 1) && document.tokens[index + 1].isSign(")")
        let isAttribute =
            (1900...2099).contains(year) && ["the", "a", "its", "his", "her", "their", "and", "or"].contains(before)
            && range.contains(index + 1) && document.tokens[index + 1].isWord && !isNoun
        return inBrackets || isAttribute ? date(year, index) : nil
    }

    private func date(_ year: Int, _ index: Int) -> Match {
        Match(date: CalendarDate.padded(year, 4), tokens: index..<index + 1)
    }

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let seasons: Set<String> = ["spring", "summer", "autumn", "fall", "winter"]
}
