/// Thousands that are set apart by a space: "1 200", as French and the SI write them.
extension NumberReader {
    /// How many groups of three digits may stand behind the first.
    private static let mostGroups = 4

    /// The figures that begin at `index`, with the groups of three digits behind them, and the end of their tokens.
    func grouped(at index: Int, in range: Range<Int>) -> (text: String, end: Int) {
        let first = document.tokens[index]
        let text = document.text(first.span)
        var (joined, end, isPlain) = (text, index + 1, false)
        guard text.count <= 3, text.allSatisfy(\.isNumber), text.first != "0" else { return (text, end) }
        while end <= index + Self.mostGroups, range.contains(end), let group = group(at: end) {
            joined += group
            isPlain = isPlain || document.scalars[Int(document.tokens[end].start) - 1] == " "
            end += 1
        }
        guard end > index + 1 else { return (text, end) }
        return !isPlain || isCertain(index, end, in: range) ? (joined, end) : (text, index + 1)
    }

    /// The three digits at `index`, one space behind what stands before, and whatever unit is glued to them.
    private func group(at index: Int) -> String? {
        let token = document.tokens[index]
        guard token.kind == .number, token.start == document.tokens[index - 1].end + 1 else { return nil }
        let space = document.scalars[Int(token.start) - 1]
        guard [" ", "\u{A0}", "\u{2009}", "\u{202F}"].contains(space) else { return nil }
        let text = document.text(token.span)
        return text.count == 3 && text.allSatisfy(\.isNumber) ? text : nil
    }

    /// Whether numbers parted by ordinary spaces are one: neither a row of a table nor the number of a name, as in "Route 5 200".
    private func isCertain(_ index: Int, _ end: Int, in range: Range<Int>) -> Bool {
        if range.contains(end), document.tokens[end].kind == .number { return false }
        guard index > range.lowerBound else { return true }
        let before = document.tokens[index - 1]
        if Self.signs[before.sign] != nil, before.kind == .punctuation { return true }
        let isName = before.isCapitalized && Quantities.comparisons[word(index - 1, in: range)] == nil
        return before.isWord && !isName && !Self.naming.contains(word(index - 1, in: range))
    }

    private static let naming: Set<String> = ["category", "flight", "line", "number", "page", "room", "route", "type"]
}
