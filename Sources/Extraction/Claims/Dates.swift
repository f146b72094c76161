import Wire

/// Finds dates and resolves them against the day of publication; what is not certain is left open.
struct Dates {
    /// A date, the tokens it stands at and, if it is one day, that day.
    struct Found {
        var mention: Analysis.DateMention
        var tokens: Range<Int>
    }

    /// A date where it stands.
    struct Match {
        var date: String?
        var day: CalendarDate?
        var tokens: Range<Int>
    }

    /// The days that the text named before, for "two days later".
    struct Named {
        /// The last one.
        var last: CalendarDate?
        /// The last one that is not after publication: what is told of the past counts from there.
        var past: CalendarDate?
    }

    let document: Document
    /// The day of publication, or nil where the article does not tell it.
    let published: CalendarDate?

    /// The dates in `range`.
    ///
    /// - Parameters:
    ///   - range: The tokens of a sentence.
    ///   - tree: Its tree, or nil.
    ///   - named: The days that the text named before; afterwards with those here.
    /// - Returns: The dates in order.
    func dates(in range: Range<Int>, _ tree: SentenceTree?, after named: inout Named) -> [Found] {
        var found: [Found] = []
        let outlook = Outlook(tree: tree)
        var at = range.lowerBound
        while at < range.upperBound {
            guard let match = match(at, range, outlook, named), let span = document.span(match.tokens) else {
                at += 1
                continue
            }
            if let day = match.day {
                named.last = day
                if published.map({ day.text <= $0.text }) ?? true { named.past = day }
            }
            found.append(
                Found(
                    mention: Analysis.DateMention(text: document.text(span), spans: [span], date: match.date),
                    tokens: match.tokens))
            at = match.tokens.upperBound
        }
        return found
    }

    func word(_ index: Int, _ range: Range<Int>) -> String {
        guard range.contains(index), document.tokens[index].end - document.tokens[index].start <= 12 else { return "" }
        return document.words[index]
    }

    func integer(_ index: Int, _ range: Range<Int>, _ limits: ClosedRange<Int>) -> Int? {
        guard range.contains(index), document.tokens[index].kind == .number else { return nil }
        var text = word(index, range)
        for ending in ["st", "nd", "rd", "th"] where text.hasSuffix(ending) { text.removeLast(2) }
        guard let value = Int(text), limits.contains(value) else { return nil }
        return value
    }

    private func match(_ index: Int, _ range: Range<Int>, _ outlook: Outlook, _ named: Named) -> Match? {
        let token = document.tokens[index]
        let word = word(index, range)
        func view() -> Outlook.View { outlook.view(at: Int(token.start)) }
        func isAhead() -> Bool { view() != .past }
        if token.isCapitalized, token.has(.month), let month = Dates.months[String(word.prefix(3))] {
            return monthFirst(month, index, range, isAhead)
        }
        if let found = numberFirst(index, range, isAhead) ?? iso(index, range) ?? slashed(index, range) { return found }
        if token.isCapitalized, let found = feast(index, range, isAhead) { return found }
        if token.has(.weekday), token.isCapitalized, let weekday = Dates.weekdays.firstIndex(of: word) {
            // "It was a Saturday" names no day, "a Saturday interview" does.
            let before = self.word(index - 1, range)
            if ["any", "each", "every"].contains(before) { return nil }
            if before == "a", !range.contains(index + 1) || !document.tokens[index + 1].isWord { return nil }
            return self.weekday(weekday, index, range, view, named)
        }
        return relative(word, index, range, isAhead) ?? counted(index, range, named, isAhead)
            ?? sameDay(index, range, named, isAhead) ?? year(index, range)
    }

    private func month(at index: Int, _ range: Range<Int>) -> Int? {
        guard range.contains(index), document.tokens[index].isCapitalized, document.tokens[index].has(.month) else {
            return nil
        }
        return Dates.months[String(word(index, range).prefix(3))]
    }

    // MARK: - Months and days

    /// "21 July 2017", "the 21st of July", "21-23 July", of which no day is certain; the 3 of "from 3 to 7 June".
    private func numberFirst(_ index: Int, _ range: Range<Int>, _ isAhead: () -> Bool) -> Match? {
        guard let number = integer(index, range, 1...31) else {
            // "4-5 May"
            guard let month = month(at: index + 1, range), document.tokens[index].kind == .number else { return nil }
            let days = word(index, range).split { !$0.isNumber }.compactMap { Int($0) }
            let year = integer(index + 2, range, 1000...2999)
            guard days.count == 2, let first = day(days[0], month, year, isAhead, index..<index + (year == nil ? 2 : 3))
            else { return nil }
            return Match(date: first.day?.monthText, tokens: first.tokens)
        }
        let isOrdinal = word(index, range).last?.isLetter ?? false
        let link = isOrdinal && word(index + 1, range) == "of" ? 2 : 1
        if let month = month(at: index + link, range) {
            let year = integer(index + link + 1, range, 1000...2999)
            return day(number, month, year, isAhead, index..<index + link + (year == nil ? 1 : 2))
        }
        guard ["to", "and", "or"].contains(word(index + 1, range)), !isOrdinal,
            let last = integer(index + 2, range, number...31), last > number, let month = month(at: index + 3, range),
            ["from", "between", "on", "the"].contains(word(index - 1, range)), word(index + 1, range) != "or"
        else { return nil }
        return day(number, month, integer(index + 4, range, 1000...2999), isAhead, index..<index + 1)
    }

    /// "2024-06-03".
    private func iso(_ index: Int, _ range: Range<Int>) -> Match? {
        guard document.tokens[index].kind == .number, document.tokens[index].end - document.tokens[index].start == 10,
            let day = CalendarDate(word(index, range)),
            CalendarDate(year: day.year, month: day.month, checkedDay: day.day) != nil
        else { return nil }
        return Match(date: day.text, day: day, tokens: index..<index + 1)
    }

    /// "July 21, 2017", "July 21", "July 2017", "July".
    private func monthFirst(_ month: Int, _ index: Int, _ range: Range<Int>, _ isAhead: () -> Bool) -> Match? {
        if let number = integer(index + 1, range, 1...31) {
            let comma = range.contains(index + 2) && document.tokens[index + 2].isComma ? 1 : 0
            if let year = integer(index + 2 + comma, range, 1000...2999) {
                return day(number, month, year, isAhead, index..<index + 3 + comma)
            }
            return day(number, month, nil, isAhead, index..<index + 2)
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
            if word(index - 1, range) == "next" || isAhead() {
                return published.month > month ? published.year + 1 : published.year
            }
            return published.month < month ? published.year - 1 : published.year
        }
        return Match(
            date: year.map { "\(CalendarDate.padded($0, 4))-\(CalendarDate.padded(month, 2))" },
            tokens: index..<index + 1)
    }

    /// A day without a year is the one nearest to publication, the next one where the sentence looks ahead.
    func day(_ day: Int, _ month: Int, _ year: Int?, _ isAhead: () -> Bool, _ tokens: Range<Int>) -> Match? {
        // 30 February is no date.
        guard CalendarDate(year: year ?? 2024, month: month, checkedDay: day) != nil else { return nil }
        var resolved = year
        if resolved == nil, let published {
            let distance = published.month - month
            resolved = distance > 6 ? published.year + 1 : distance < -6 ? published.year - 1 : published.year
            if resolved == published.year, (month, day) < (published.month, published.day), isAhead() {
                resolved = published.year + 1
            }
        }
        let date = resolved.flatMap { CalendarDate(year: $0, month: month, checkedDay: day) }
        return Match(date: date?.text, day: date, tokens: tokens)
    }

    /// "Monday", "Monday, March 4", "Monday 4 March"; news tells of the past unless "next" or the future tense says otherwise.
    private func weekday(
        _ weekday: Int, _ index: Int, _ range: Range<Int>, _ view: () -> Outlook.View, _ named: Named
    ) -> Match? {
        let comma = range.contains(index + 1) && document.tokens[index + 1].isComma ? 2 : 1
        func isAhead() -> Bool { view() != .past }
        let dated =
            month(at: index + comma, range).flatMap { monthFirst($0, index + comma, range, isAhead) }
            ?? (range.contains(index + comma) ? numberFirst(index + comma, range, isAhead) : nil)
        if let dated, dated.day != nil {
            return Match(date: dated.date, day: dated.day, tokens: index..<dated.tokens.upperBound)
        }
        guard let published else { return Match(date: nil, tokens: index..<index + 1) }
        let before = word(index - 1, range)
        // "The following Tuesday" counts from what was told before.
        if let step = ["following": 1, "previous": -1, "preceding": -1][before] {
            let day = named.past.map { $0.adding(step * (Dates.daysBack(to: weekday, from: $0, forward: step > 0))) }
            return Match(date: day?.text, day: day, tokens: index..<index + 1)
        }
        let back = ((published.weekday - weekday) % 7 + 7) % 7
        // "Monday week"
        if word(index + 1, range) == "week" {
            let day = published.adding(14 - back)
            return Match(date: day.text, day: day, tokens: index..<index + 2)
        }
        let date: CalendarDate
        if before == "next" {
            date = published.adding(back == 0 ? 7 : 7 - back)
        } else if before == "last" {
            date = published.adding(back == 0 ? -7 : -back)
        } else {
            date = self.weekday(weekday, view(), named, published, back)
        }
        return Match(date: date.text, day: date, tokens: index..<index + 1)
    }

    private func weekday(
        _ weekday: Int, _ view: Outlook.View, _ named: Named, _ published: CalendarDate, _ back: Int
    ) -> CalendarDate {
        // "Agreed on Wednesday that schools would close on Friday", told a week later
        if view == .told, let day = named.past, (1...7).contains(published.days(since: day)) {
            return day.adding(Dates.daysBack(to: weekday, from: day, forward: true))
        }
        return published.adding(back != 0 && view != .past ? 7 - back : -back)
    }

    /// How many days a weekday lies before or behind a day, from 1 to 7.
    static func daysBack(to weekday: Int, from day: CalendarDate, forward: Bool) -> Int {
        let back = ((day.weekday - weekday) % 7 + 7) % 7
        return forward ? 7 - back : back == 0 ? 7 : back
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
            "between", "fiscal", "quarter", "season", "q1", "q2", "q3", "q4",
        ]
        let isNoun =
            range.contains(index + 1) && document.tokens[index + 1].isWord
            && document.tokens[index + 1].shape.contains(.plural) && !document.tokens[index + 1].has(.common)
        // "Between 2015 and 2020", "from 2015 to 2020"
        let isRangeEnd =
            ["and", "to"].contains(before) && ["between", "from"].contains(word(index - 3, range))
            && integer(index - 2, range, 1500...2099) != nil
        if isRangeEnd { return date(year, index) }
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
    static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    static let seasons: Set<String> = ["spring", "summer", "autumn", "fall", "winter"]
    /// The last months of the northern seasons that end within the year.
    static let lastMonths = ["spring": 5, "summer": 8, "autumn": 11, "fall": 11]
}
