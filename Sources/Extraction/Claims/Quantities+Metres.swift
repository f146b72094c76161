import Language

/// Tells the m of "5m people", which is a million, from that of "45m tall", which is a metre.
extension Quantities {
    /// How many words a noun or verb of money may stand before its number: "lost more than 45m".
    private static let near = 3

    /// Whether the m that is glued to a number without a currency means millions.
    func countsMillions(_ number: NumberReader.Number, _ range: Range<Int>) -> Bool {
        let (first, end) = (number.tokens.lowerBound, number.tokens.upperBound)
        // "3m to 5m people"
        if ["to", "and", "or"].contains(word(end, range)), range.contains(end + 1),
            let next = reader.number(at: end + 1, in: range), next.glued == "m",
            next.tokens.upperBound == end + 2
        {
            return countsMillions(first, end + 2, number.value, range)
        }
        return countsMillions(first, end, number.value, range)
    }

    private func countsMillions(_ first: Int, _ end: Int, _ value: Double, _ range: Range<Int>) -> Bool {
        let (before, behind) = (word(first - 1, range), word(end, range))
        if Self.extents.contains(behind) || range.contains(end) && document.tokens[end].isSign("²") { return false }
        if before == "of", Self.stretches.contains(word(first - 2, range)) { return false }
        if behind == "of" { return ["them", "those", "us"].contains(word(end + 1, range)) }
        if let noun = noun(after: end, range) {
            return countsMany(noun) && !Self.races.contains(noun.text)
        }
        if before == "the", Self.distances.contains(value) { return false }
        if [.verb, .auxiliary].contains(part(end)) { return true }
        return (first - Self.near..<first).contains { Self.amounts.contains(word($0, range)) }
    }

    private static let extents: Set<String> = [
        "above", "apart", "away", "back", "below", "beneath", "breaststroke", "backstroke", "butterfly", "deep", "down",
        "downstream", "east", "freestyle", "from", "high", "long", "north", "off", "south", "tall", "thick", "under",
        "underground", "underwater", "up", "upstream", "west", "wide",
    ]
    private static let stretches: Set<String> = [
        "altitude", "altitudes", "depth", "depths", "distance", "distances", "drop", "height", "heights", "length",
        "lengths", "radius", "swell", "swells", "visibility", "wave", "waves", "width",
    ]
    private static let races: Set<String> = [
        "athletes", "champions", "finals", "heats", "hurdlers", "hurdles", "races", "runners", "sprinters", "sprints",
        "swimmers",
    ]
    private static let distances: Set<Double> = [50, 60, 100, 200, 400, 800, 1_500, 3_000, 5_000, 10_000]
    private static let amounts: Set<String> = [
        "assets", "audience", "audiences", "borrowed", "budget", "cash", "cost", "costs", "debt", "debts", "donated",
        "earned",
        "earns", "fee", "fined", "invested", "lose", "loses", "losing", "loss", "losses", "lost", "made", "membership",
        "number",
        "paid", "pay", "pays", "population", "profit", "profits", "raised", "received", "revenue", "revenues", "sales",
        "sold", "spend", "spends", "spent", "total", "turnover", "value", "valued", "worth",
    ]
}
