/// An amount of storage, as an option gives it: `512MB`, `20GB` or `1GiB`.
public struct ByteCount: OptionValue, Hashable {
    private static let units: [(suffix: String, bytes: Int64)] = [
        ("B", 1), ("kB", 1_000), ("KiB", 1 << 10), ("MB", 1_000_000), ("MiB", 1 << 20), ("GB", 1_000_000_000),
        ("GiB", 1 << 30), ("TB", 1_000_000_000_000), ("TiB", 1 << 40),
    ]

    /// The bytes.
    public var bytes: Int64

    /// Creates an amount.
    public init(bytes: Int64) {
        self.bytes = bytes
    }

    /// A whole number with its unit: `512MB`, `20GB` or `1GiB`.
    public init(parsing text: String) throws(OptionValueError) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int64(digits), let unit = Self.units.first(where: { $0.suffix == suffix }) else {
            throw OptionValueError("is not an amount such as 512MB, 20GB or 1GiB")
        }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
        guard !overflow else { throw OptionValueError("is too large an amount") }
        self.bytes = bytes
    }

    /// The number in the largest unit that divides it.
    public var optionText: String? {
        let unit = Self.units.last { bytes % $0.bytes == 0 && bytes >= $0.bytes }
        return unit.map { "\(bytes / $0.bytes)\($0.suffix)" } ?? "0B"
    }
}
