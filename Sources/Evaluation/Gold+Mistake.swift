import Wire

extension Gold {
    /// Types of speakers; figures of people are over those of persons.
    private static let types: Set = ["person", "organization", "group", "document", "place", "other", "unknown"]
    private static let comparisons: Set = ["equal", "less", "more", "about"]
    private static let modalities: Set = ["asserted", "possible", "intended", "conditional", "denied"]

    /// What of the annotations cannot be meant, and would silently be measured as something else; nil where nothing is.
    package var mistake: String? {
        let length = text.unicodeScalars.count
        func mistake(_ place: String, _ spans: [Span]) -> String? {
            guard let span = spans.first(where: { $0.end > length || $0.count == 0 }) else {
                return spans.isEmpty ? "\(place) has no span" : nil
            }
            return span.count == 0
                ? "\(place) has an empty span at \(span.start)"
                : "\(place) ends at \(span.end), and the text at \(length): offsets count code points"
        }
        func mistake(_ place: String, _ word: String?, _ known: Set<String>) -> String? {
            guard let word, !known.contains(word) else { return nil }
            return "\(place) is '\(word)', and none of \(known.sorted().joined(separator: ", "))"
        }
        func first<Item>(_ name: String, _ items: [Item]?, _ check: (String, Item) -> String?) -> String? {
            for (index, item) in (items ?? []).enumerated() {
                if let mistake = check("\(name)[\(index)]", item) { return mistake }
            }
            return nil
        }
        if let published, Timestamp.parse(article.published ?? "") == nil {
            return "published is '\(published)', and neither a day such as 2024-05-31 nor a time in RFC 3339"
        }
        return first("quotes", quotes) { place, quote in
            mistake("\(place).content", quote.content)
                ?? quote.source.flatMap { $0.isEmpty ? nil : mistake("\(place).source", $0) }
                ?? mistake("\(place).speaker_type", quote.speakerType, Self.types)
        }
            ?? first("sentences", sentences) { place, sentence in
                mistake("\(place).span", [sentence.span])
                    ?? mistake("\(place).label", sentence.label.map(String.init), ["0", "1", "2"])
            }
            ?? first("quantities", quantities) { place, quantity in
                mistake("\(place).span", [quantity.span])
                    ?? mistake("\(place).comparison", quantity.comparison, Self.comparisons)
            }
            ?? first("dates", dates) { place, date in mistake("\(place).span", [date.span]) }
            ?? first("propositions", propositions) { place, proposition in
                mistake("\(place).predicate", [proposition.predicate])
                    ?? proposition.subject.flatMap { mistake("\(place).subject", [$0]) }
                    ?? mistake("\(place).modality", proposition.modality, Self.modalities)
            }
    }
}
