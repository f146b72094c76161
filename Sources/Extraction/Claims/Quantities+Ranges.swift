import Wire

/// Ranges: "2-3%", "between 20 and 30 people".
extension Quantities {
    /// Whether "2-3" counts, as in "2-3%" and "2-3 weeks", rather than tells a score.
    func isRange(_ number: NumberReader.Number, _ unit: Unit?) -> Bool {
        guard let unit else { return false }
        return number.currency != nil || number.glued != nil || unit.text == "percent" || countsMany(unit)
    }

    /// "Between 20 and 30 people", "3 to 5 per cent".
    func isRange(from first: NumberReader.Number, to second: NumberReader.Number, _ range: Range<Int>) -> Bool {
        let end = first.tokens.upperBound
        guard second.tokens.lowerBound == end + 1, !first.isVague, !second.isVague else { return false }
        switch word(end, range) {
        // A margin of "3 to 1" is no range.
        case "to": return first.value < second.value || word(first.tokens.lowerBound - 1, range) == "from"
        case "or": return first.value < second.value
        case "and": return word(first.tokens.lowerBound - 1, range) == "between"
        default: return document.tokens[end].isDash && first.value < second.value
        }
    }

    /// Gives the first number of a range the unit and the million that only the second is written with.
    func share(
        _ second: NumberReader.Number, _ unit: String?, _ code: String?, with quantity: inout Analysis.Quantity,
        _ first: NumberReader.Number
    ) {
        if quantity.unit == nil, second.currency == nil { (quantity.unit, quantity.unitCode) = (unit, code) }
        // "Rose 9% to 39.4bn"
        guard quantity.unit == unit else { return }
        if first.scale == 1, second.scale > 1, first.value == quantity.value, first.value < second.value / second.scale
        {
            quantity.value = NumberReader.product(first.value, second.scale)
        }
    }
}
