import Wire

/// Finds dates and resolves them against the day of publication.
struct Dates {
    let document: Document
    /// The day of publication, or nil where the article does not tell it.
    let published: CalendarDate?

    /// The dates in `range` with the tokens they stand at.
    func dates(in range: Range<Int>) -> [(mention: Analysis.DateMention, tokens: Range<Int>)] {
        var found: [(Analysis.DateMention, Range<Int>)] = []
        var at = range.lowerBound
        while at < range.upperBound {
            if let (date, tokens) = date(at, range), let span = document.span(tokens) {
                found.append((Analysis.DateMention(text: document.text(span), spans: [span], date: date), tokens))
                at = tokens.upperBound
            } else {
                at += 1
            }
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

    private func date(_ index: Int, _ range: Range<Int>) -> (String?, Range<Int>)? {
        let token = document.tokens[index]
        let word = word(index, range)
        if token.isCapitalized, token.has(.month), let month = Dates.months[String(word.prefix(3))] {
            return monthFirst(month, index, range)
        }
        if let day = integer(index, range, 1...31), range.contains(index + 1), document.tokens[index + 1].isCapitalized,
            document.tokens[index + 1].has(.month),
            let month = Dates.months[String(self.word(index + 1, range).prefix(3))]
        {
            let year = integer(index + 2, range, 1000...2999)
            return (resolve(year, month, day), index..<index + (year == nil ? 2 : 3))
        }
        if token.has(.weekday), token.isCapitalized, let weekday = Dates.weekdays.firstIndex(of: word) {
            return (self.weekday(weekday, index, range), index..<index + 1)
        }
        if let days = ["today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1][word] {
            return (published?.adding(days).text, index..<index + 1)
        }
        if let step = ["last": -1, "this": 0, "next": 1][word], self.word(index + 1, range) == "year" {
            return (published.map { CalendarDate.padded($0.year + step, 4) }, index..<index + 2)
        }
        if let year = integer(index, range, 1500...2099), index > range.lowerBound,
            ["in", "since", "by", "of", "until", "from", "before", "after", "during", "than"].contains(
                self.word(index - 1, range)),
            !(range.contains(index + 1) && document.tokens[index + 1].isWord
                && document.tokens[index + 1].shape.contains(.plural) && !document.tokens[index + 1].has(.common))
        {
            return (CalendarDate.padded(year, 4), index..<index + 1)
        }
        return nil
    }

    /// "July 21, 2017", "July 21", "July 2017".
    private func monthFirst(_ month: Int, _ index: Int, _ range: Range<Int>) -> (String?, Range<Int>)? {
        if let day = integer(index + 1, range, 1...31) {
            let comma = range.contains(index + 2) && document.tokens[index + 2].isComma ? 1 : 0
            if let year = integer(index + 2 + comma, range, 1000...2999) {
                return (resolve(year, month, day), index..<index + 3 + comma)
            }
            return (resolve(nil, month, day), index..<index + 2)
        }
        if let year = integer(index + 1, range, 1000...2999) {
            return ("\(CalendarDate.padded(year, 4))-\(CalendarDate.padded(month, 2))", index..<index + 2)
        }
        // "May" and "March" alone are more often something else.
        guard word(index, range).count > 3 || index > range.lowerBound && document.tokens[index - 1].has(.preposition)
        else { return nil }
        let year = published.map { $0.month < month ? $0.year - 1 : $0.year }
        return (year.map { "\(CalendarDate.padded($0, 4))-\(CalendarDate.padded(month, 2))" }, index..<index + 1)
    }

    /// A day without a year is the one nearest to publication.
    private func resolve(_ year: Int?, _ month: Int, _ day: Int) -> String? {
        if let year { return CalendarDate(year: year, month: month, day: day).text }
        guard let published else { return nil }
        let distance = published.month - month
        let year = distance > 6 ? published.year + 1 : distance < -6 ? published.year - 1 : published.year
        return CalendarDate(year: year, month: month, day: day).text
    }

    /// News tells of the past unless "next" or the future tense says otherwise.
    private func weekday(_ weekday: Int, _ index: Int, _ range: Range<Int>) -> String? {
        guard let published else { return nil }
        let back = ((published.weekday - weekday) % 7 + 7) % 7
        if word(index - 1, range) == "next" { return published.adding(back == 0 ? 7 : 7 - back).text }
        let ahead = range.contains {
            document.tokens[$0].isWord && ["will", "upcoming", "scheduled"].contains(word($0, range))
        }
        return published.adding(ahead && back != 0 ? 7 - back : -back).text
    }

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}
