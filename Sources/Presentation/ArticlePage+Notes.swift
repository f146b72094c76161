import Wire

/// What the margin says of claims.
extension ArticlePage {
    /// Characters of an object that a note shows.
    private static let longest = 90

    /// The class of the style sheet that says how much a claim is worth checking.
    func weight(_ claim: Int) -> String {
        Weight.style(analysis.claims[claim].checkWorthiness)
    }

    /// Whose claim it is.
    func claimant(_ index: Int, _ page: inout Markup) {
        let claimant = analysis.claims[index].claimant
        let style = cast.speaker(of: claimant).map { cast.members[$0].style } ?? ""
        let name = claimant.kind == .article ? "the article" : claimant.name ?? "unknown speaker"
        page.element("bdi", ["class": claimant.kind == .article ? "whose" : "whose \(style)"], name)
    }

    /// The number behind a claim, and what the margin says of it.
    func note(_ index: Int, _ page: inout Markup) {
        let claim = analysis.claims[index]
        let number = "\(numbers[index] ?? 0)"
        page.element("a", ["class": "ref", "href": "#\(prefix)n\(index)", "aria-label": "note \(number)"], number)
        page.begin("span", ["class": "note", "id": "\(prefix)n\(index)", "role": "note"])
        page.begin("span", ["class": "line"])
        page.element("a", ["class": "number", "href": "#\(prefix)c\(index)", "aria-label": "to the text"], number)
        page.element(
            "span", ["class": "score \(weight(index))", "title": "check-worthiness"],
            Score.text(claim.checkWorthiness))
        claimant(index, &page)
        if let first = claim.repeats.flatMap({ places[$0] }), let known = numbers[first] {
            page.element("a", ["class": "again", "href": "#\(prefix)c\(first)"], "says \(known) again")
        }
        page.end()
        for proposition in claim.propositions.prefix(2) { state(proposition, &page) }
        if !claim.quantities.isEmpty || !claim.dates.isEmpty {
            page.begin("span", ["class": "values"])
            for quantity in claim.quantities { page.element("bdi", ["class": "value"], Self.text(of: quantity)) }
            for date in claim.dates {
                page.begin("bdi", ["class": "value"])
                page.text(date.text)
                if let day = date.date, day != date.text { page.element("time", ["datetime": day], " \(day)") }
                page.end()
            }
            page.end()
        }
        page.element("a", ["class": "close", "href": "#\(prefix)c\(index)"], "Close")
        page.end()
    }

    private func state(_ proposition: Analysis.Proposition, _ page: inout Markup) {
        page.begin("span", ["class": "states"])
        if let subject = proposition.subject {
            page.element("bdi", ["class": "part"], subject.text)
            page.text(" ")
        }
        page.element("bdi", ["class": "part verb"], proposition.predicate.text)
        for object in proposition.objects {
            page.text(" ")
            page.element("bdi", ["class": "part"], Self.shortened(object.text))
        }
        let marks = [
            proposition.negated ? "negated" : nil,
            proposition.modality == .asserted ? nil : proposition.modality.rawValue,
        ]
        for mark in marks.compactMap({ $0 }) {
            page.text(" ")
            page.element("span", ["class": "mark"], mark)
        }
        page.end()
    }

    /// The first words of a long text: the whole stands beside it.
    private static func shortened(_ text: String) -> String {
        guard text.count > longest else { return text }
        let start = text.prefix(longest)
        return "\(start[..<(start.lastIndex(of: " ") ?? start.endIndex)]) …"
    }

    /// `more than 20 missiles`, and the value behind it where the words hide it: `a dozen = 12`.
    private static func text(of quantity: Analysis.Quantity) -> String {
        guard quantity.value.isFinite, abs(quantity.value) < 1e15 else { return quantity.text }
        let isWhole = quantity.value == quantity.value.rounded()
        let value = isWhole ? String(Int(quantity.value)) : String(quantity.value)
        let digits = quantity.text.filter { $0.isNumber || $0 == "." }
        return digits == value
            ? quantity.text : "\(quantity.text) = \(value)\(quantity.unitCode.map { " \($0)" } ?? "")"
    }
}
