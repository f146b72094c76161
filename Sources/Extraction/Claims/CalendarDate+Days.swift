extension CalendarDate {
    /// The day, or nil where the month has no such day.
    init?(year: Int, month: Int, checkedDay day: Int) {
        guard (1...12).contains(month), (1...CalendarDate.days(in: month, of: year)).contains(day) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The month `months` later, on its first day.
    func addingMonths(_ months: Int) -> CalendarDate {
        let number = year * 12 + month - 1 + months
        return CalendarDate(year: number / 12, month: number % 12 + 1, day: 1)
    }

    /// As `2022-11`.
    var monthText: String { "\(CalendarDate.padded(year, 4))-\(CalendarDate.padded(month, 2))" }
    /// As `2022`.
    var yearText: String { CalendarDate.padded(year, 4) }
}
