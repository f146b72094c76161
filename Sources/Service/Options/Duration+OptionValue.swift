extension Duration: OptionValue {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// A whole number with its unit: `250ms`, `30s`, `5min`, `12h` or `7d`.
    public init(parsing text: String) throws(OptionValueError) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int64(digits), let unit = Self.units.first(where: { $0.suffix == suffix }) else {
            throw OptionValueError("is not a duration such as 250ms, 30s, 5min, 12h or 7d")
        }
        let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { throw OptionValueError("is too long a duration") }
        self = .milliseconds(milliseconds)
    }

    /// The number in the largest unit that divides it, down to milliseconds.
    public var optionText: String? {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return nil }
        let milliseconds = whole + attoseconds / 1_000_000_000_000_000
        let unit = Self.units.last { milliseconds % $0.milliseconds == 0 && milliseconds >= $0.milliseconds }
        return unit.map { "\(milliseconds / $0.milliseconds)\($0.suffix)" } ?? "0s"
    }
}
