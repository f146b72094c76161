import Language

/// Roles and titles beside a name.
extension [Word] {
    /// The nouns of a stretch by which whoever has it as a role can be called.
    func roleNouns(in range: Range<Int>) -> Set<String> {
        Set(
            range.filter { index in
                let word = self[index]
                guard !word.isPossessive else { return false }
                return word.has([.person, .title, .body])
                    || (word.mention == .person || word.mention == .organization) && word.part == .noun
            }.map { self[$0].lower })
    }

    /// "Culture Secretary", "the mayor of Oslo," before a name, or nil.
    func role(before name: Name) -> Range<Int>? {
        let end = name.first
        let title = name.title ?? end
        let isNoun = { (word: Word) in word.has(.person) || word.mention == .person && word.part == .noun }
        let followsComma =
            end > 0 && self[end].gap.text == ", " && isNoun(self[end - 1])
            || title > 0 && self[title].gap.text == ", "
        var start = end
        while start > Swift.max(0, end - 12), extends(start, end, title, followsComma) { start -= 1 }
        while start < end, self[start].has(.small) { start += 1 }
        guard start < end, !followsComma || !roleNouns(in: start..<end).isEmpty else { return nil }
        return start..<end
    }

    /// Whether the word before `start` belongs to a role.
    private func extends(_ start: Int, _ end: Int, _ title: Int, _ followsComma: Bool) -> Bool {
        let (word, gap) = (self[start - 1], self[start].gap.text)
        let isComma = followsComma && gap == ", " && (start == end || start == title)
        guard [" ", ". ", "-", " & ", " “", "” "].contains(gap) || isComma else { return false }
        if word.has(.determiner.union(.pronoun)) { return false }
        if [.verb, .auxiliary, .adverb, .subordinatingConjunction, .pronoun].contains(word.part), !word.isCapital,
            !word.has([.title, .person])
        {
            return false
        }
        if word.has(.small), word.lower != "and",
            !(followsComma && ["of", "for", "to", "in", "at"].contains(word.lower))
        {
            return false
        }
        return gap != ". " || word.has(.shortTitle)
    }

    /// ", the mayor of Oslo" or " (mayor of Oslo" behind a name, or nil.
    func role(behind name: Name) -> Range<Int>? {
        let start = name.end
        guard start < count, self[start].gap.isOne(of: [", ", " ("]), !self[start].isQuoted else { return nil }
        var end = start
        while end < Swift.min(count, start + 16) {
            let word = self[end]
            if end > start {
                guard word.gap.isOne(of: [" ", "-", ". ", " & ", " “", "” "]),
                    word.gap.text != ". " || self[end - 1].has(.shortTitle)
                else { break }
            }
            if word.has(.relative) || word.isPlainVerb && !word.has(.person) { break }
            end += 1
        }
        guard end > start else { return nil }
        let head = Range.between(start + 1, end).first { self[$0].has(.stop) } ?? end
        return roleNouns(in: start..<head).isEmpty ? nil : start..<end
    }
}
