/// How a number from 0 to 1 is written: a confidence, or how much a claim is worth checking.
package enum Score {
    /// The number with two decimals; `?` for what is none.
    package static func text(_ number: Double) -> String {
        guard number.isFinite else { return "?" }
        let hundredths = String(Int((min(max(number, 0), 1) * 100).rounded()))
        let digits = String(repeating: "0", count: max(3 - hundredths.count, 0)) + hundredths
        return "\(digits.dropLast(2)).\(digits.suffix(2))"
    }
}
