/// Dates with slashes, and days that have a name.
extension Dates {
    /// "25/12/2026", "3/14/26", and the season of "2024/25".
    ///
    /// Which of two small numbers is the month stays open, as does the year of a season.
    func slashed(_ index: Int, _ range: Range<Int>) -> Match? {
        guard range.contains(index + 2), document.tokens[index].kind == .number, isGlued(index + 1) else {
            return nil
        }
        if let year = integer(index, range, 1900...2099), integer(index + 2, range, 0...99) == (year + 1) % 100 {
            return Match(date: nil, tokens: index..<index + 3)
        }
        guard let first = integer(index, range, 1...31), let second = integer(index + 2, range, 1...31),
            min(first, second) <= 12, range.contains(index + 4), isGlued(index + 3),
            let year = integer(index + 4, range, 0...99).map({ 2000 + $0 }) ?? integer(index + 4, range, 1000...2999)
        else { return nil }
        let tokens = index..<index + 5
        guard first == second || max(first, second) > 12 else {
            return Match(date: CalendarDate.padded(year, 4), tokens: tokens)
        }
        let date = CalendarDate(year: year, month: min(first, second), checkedDay: max(first, second))
        return Match(date: date?.text, day: date, tokens: tokens)
    }

    private func isGlued(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.isSign("/") && !token.shape.contains(.spaceBefore) && !token.shape.contains(.spaceAfter)
    }

    /// "New Year's Day", "Christmas Eve".
    func feast(_ index: Int, _ range: Range<Int>, _ isAhead: () -> Bool) -> Match? {
        let words = (index..<index + 3).map { word($0, range) }
        for (name, month, day) in Self.feasts where name.elementsEqual(words.prefix(name.count)) {
            return self.day(day, month, nil, isAhead, index..<index + name.count)
        }
        return nil
    }

    private static let feasts = [
        (["new", "year", "day"], 1, 1), (["new", "year", "eve"], 12, 31), (["christmas", "eve"], 12, 24),
        (["christmas", "day"], 12, 25), (["boxing", "day"], 12, 26),
    ]
}
