import Wire

/// A simple estimate of how much a sentence deserves to be checked.
///
/// Counts what fact-checkers look for: figures, dates, names and finished events. It is no trained score.
struct CheckWorthiness {
    let document: Document

    /// The estimate for the sentence at `range`, from 0 to 1.
    func score(_ range: Range<Int>, quantities: Int, dates: Int, isSpoken: Bool) -> Double {
        var words = 0
        var names = 0
        var events = 0
        var subjective = 0
        var first = 0
        var modals = 0
        for (offset, token) in document.tokens[range].enumerated() where token.isWord {
            words += 1
            if offset > 0, token.isNameLike { names += 1 }
            if token.has([.past, .verb, .be]) && !token.has(.modal) { events += 1 }
            if token.has(.subjective) { subjective += 1 }
            if token.has([.firstPerson, .secondPerson]) { first += 1 }
            if token.has(.modal) { modals += 1 }
        }
        // In hundredths.
        var score = 25
        score += 15 * min(quantities, 2) + 10 * min(dates, 2) + 6 * min(names, 4) + 5 * min(events, 2)
        score += words >= 12 ? 10 : words < 6 ? -20 : 0
        score -= 10 * min(subjective, 2) + 10 * min(first, 2) + 5 * min(modals, 1)
        if isSpoken { score -= 15 }
        return Double(min(max(score, 1), 99)) / 100
    }
}
