extension Range<Int> {
    /// The positions from `lower` up to, but not including, `upper`; none where they have crossed.
    ///
    /// Rules compute both ends apart from each other, so `lower..<upper` could trap on odd input.
    static func between(_ lower: Int, _ upper: Int) -> Range<Int> { lower..<Swift.max(lower, upper) }
}
