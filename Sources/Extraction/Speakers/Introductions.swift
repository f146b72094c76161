import Language

/// A description in the first sentence of an article whose name comes in one of the next.
extension [Word] {
    /// Finds it: "A storekeeper told a court …. Ann Li, who has worked there for 19 years, …"
    ///
    /// - Parameter names: The names in the text, in order.
    /// - Returns: The words of the description without an article, its noun, and the number of the name; or nil.
    func introduction(in names: [Name]) -> (phrase: Range<Int>, noun: Int, name: Int)? {
        guard let start = firstIndex(where: { $0.paragraph > 0 && isSentence(at: $0) }) else { return nil }
        let opening = Range(uncheckedBounds: (start, Swift.min(count, start + Self.dateline))).first { index in
            self[index].sentence == self[start].sentence && (index == start || self[index].gap.hasDash)
                && (["A", "An"].contains(self[index].text) || names.contains { $0.first == index && $0.isPossessive })
        }
        guard let opening, let phrase = description(from: opening) else { return nil }
        let noun = phrase.upperBound - 1
        // The name stands in one of the next sentences, and nobody else before it.
        guard
            let name = names.firstIndex(where: {
                $0.first > noun && self[$0.first].sentence > self[noun].sentence && $0.kind == .person
            }), self[names[name].first].sentence - self[noun].sentence <= 2, names[name].keys.count > 1,
            !names[..<name].contains(where: { $0.entity == names[name].entity && self[$0.first].paragraph > 0 }),
            !names[..<name].contains(where: { $0.kind == .person && self[$0.first].sentence == self[noun].sentence }),
            names[name].words.contains(where: { self[$0].relation.hasPrefix("nsubj") }),
            names[name].title == nil, role(before: names[name]) == nil, !dies(names[name]),
            // "A coroner has warned of more deaths after a student was struck": either may be named.
            !speaksOfOthers(beside: noun),
            // "A nurse denied it. Ann Li, a nurse for 20 years,"
            !(apposition(behind: names[name]).map { self[$0.noun].lower == self[noun].lower } ?? false),
            gender(of: noun).map({ $0 == names[name].gender ?? $0 }) ?? true
        else { return nil }
        return (phrase, noun, name)
    }

    /// The longest dateline before the first sentence, in words.
    private static var dateline: Int { 10 }
    private static var longestDescription: Int { 8 }

    /// Whether the sentence of a noun speaks of another single person without a name.
    private func speaksOfOthers(beside noun: Int) -> Bool {
        let first = partitioningIndex { $0.sentence >= self[noun].sentence }
        return Range.between(first, count).prefix { self[$0].sentence == self[noun].sentence }.contains { index in
            index != noun && self[index].part == .noun && (self[index].has(.person) || self[index].mention == .person)
                && !self[index].has([.group, .body]) && self[index].lower.singular == nil
                && Range.between(Swift.max(first, index - 3), index).contains {
                    self[$0].text == "a" || self[$0].text == "an"
                }
        }
    }

    /// Whether a name is told to have died or to have been hurt, who says nothing.
    private func dies(_ name: Name) -> Bool {
        name.words.contains { index in
            self[index].relation == "nsubj:pass"
                || self[index].relation == "nsubj"
                    && (self[index].head.map { self[$0].lower.hasPrefix("die") } ?? false)
        }
    }

    /// Whether the sentence of a word is more than a dateline or a byline.
    private func isSentence(at word: Word) -> Bool {
        let first = partitioningIndex { $0.sentence >= word.sentence }
        return first + 8 < count && self[first + 8].sentence == word.sentence
    }

    /// The words of one person's description behind an article or a possessive, up to its noun; or nil.
    private func description(from opening: Int) -> Range<Int>? {
        let start = self[opening].has(.article) ? opening + 1 : opening
        var end = opening + 1
        while end < Swift.min(count, opening + Self.longestDescription), self[end].gap.isOne(of: [" ", "-"]),
            [.noun, .adjective, .properNoun, .numeral].contains(self[end].part), self[end].name != .person
        {
            end += 1
        }
        let noun = end - 1
        guard noun > opening, self[noun].part == .noun,
            self[noun].has([.person, .title]) || self[noun].mention == .person,
            !self[noun].has([.group, .body]), self[noun].lower.singular == nil,
            self[noun].relation.hasPrefix("nsubj")
        else { return nil }
        return start..<end
    }

    private func gender(of noun: Int) -> Gender? {
        let word = self[noun].lower
        if ["father", "boy", "son", "brother", "husband"].contains(word)
            || word.hasSuffix("man") && !word.hasSuffix("woman")
        {
            return .masculine
        }
        return ["mother", "girl", "daughter", "sister", "wife", "actress"].contains(word) || word.hasSuffix("woman")
            ? .feminine : nil
    }
}
