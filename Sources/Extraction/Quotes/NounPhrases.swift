/// Finds the noun phrases beside a cue, without a parser: from the cue outwards to the nearest boundary.
struct NounPhrases {
    /// The longest phrase that is looked for, in units.
    static let reach = 40

    let view: SentenceView

    /// The subject that ends before `end`, with its apposition, or nil where there is none.
    func subject(before end: Int) -> Range<Int>? {
        var end = end
        var trailing: Range<Int>?
        // "Smith, the mayor, said": step over what stands between two commas.
        if view.isComma(end - 1), let comma = comma(before: end - 1), comma > 0, !startsClause(comma + 1) {
            trailing = .between(comma + 1, end - 1)
            end = comma
        }
        // "Moore (D-Wis.) said": what stands in brackets belongs to the name.
        if view.token(end - 1)?.isSign(")") == true,
            let bracket = Range.between(max(0, end - 8), end).last(where: { view.token($0)?.isSign("(") == true })
        {
            if trailing == nil { trailing = .between(bracket, end) }
            end = bracket
        }
        guard let core = chunk(before: end) else { return nil }
        if let trailing {
            if view.token(trailing.lowerBound)?.isSign("(") == true {
                return .between(core.lowerBound, trailing.upperBound)
            }
            return isApposition(trailing.lowerBound) || names(trailing.lowerBound, core)
                ? Range.between(core.lowerBound, trailing.upperBound) : core
        }
        return core
    }

    /// The noun phrase that starts at `start`, up to the end of its clause, or nil where there is none.
    ///
    /// Where it opens the sentence, the clause behind its comma is no apposition: "According to Li, the bridge …".
    func phrase(from start: Int, opensSentence: Bool = false) -> Range<Int>? {
        guard let first = view.token(start), first.kind == .word || first.kind == .number else { return nil }
        if first.hasAll([.subjectPronoun]), first.has([.masculine, .feminine, .plural, .neuter, .firstPerson]) {
            return start..<start + 1
        }
        var at = start
        let limit = min(start + NounPhrases.reach, view.count)
        while at < limit {
            guard let token = view.token(at), !view.isBreak(at) else { break }
            if token.isComma {
                let isNamed = names(at + 1, .between(start, at))
                if at > start, isNamed || isApposition(at + 1) && !(opensSentence && view.has(at + 1, .determiner)) {
                    let close = nextComma(after: at) ?? (opensSentence ? at : view.count)
                    if close - at < 20 { at = close }
                }
                break
            }
            if token.has([.subordinator, .relative]), at > start, !token.has(.preposition) { break }
            if token.has(.time), at > start, token.has(.weekday) || !token.isCapitalized { break }
            if token.has([.verb, .be, .modal]), at > start, !token.isCapitalized { break }
            if token.has(.preposition), at > start, !token.isCapitalized, !joinsPhrase(at, from: start) { break }
            if token.has(.coordinator), view.has(at + 1, [.cue, .verb, .be]) { break }
            at += 1
        }
        return at > start ? Range.between(start, at) : nil
    }

    private func comma(before index: Int) -> Int? {
        var at = index - 1
        while at >= max(0, index - NounPhrases.reach) {
            if view.isComma(at) { return at }
            if view.quotation(at) != nil || view.isBreak(at) { return nil }
            at -= 1
        }
        return nil
    }

    private func nextComma(after index: Int) -> Int? {
        var at = index + 1
        while at < min(view.count, index + NounPhrases.reach) {
            if view.isComma(at) { return at }
            if view.quotation(at) != nil { return nil }
            at += 1
        }
        return nil
    }

    /// Whether a comma is followed by what else the phrase before it is: "the mayor", "a spokesman for", "who leads".
    private func isApposition(_ index: Int) -> Bool {
        guard let token = view.token(index) else { return false }
        return token.has([.determiner, .relative, .possessivePronoun]) && !token.has(.that)
            || token.has([.role, .nationality]) || token.kind == .number
    }

    /// Whether the name at `index` is that of the role before the comma: "the team's coach, Ann Li".
    private func names(_ index: Int, _ phrase: Range<Int>) -> Bool {
        view.token(index)?.isNameLike == true && phrase.contains { view.has($0, .role) && !view.has($0, .honorific) }
    }

    /// Whether a clause of its own starts here rather than an insertion.
    private func startsClause(_ index: Int) -> Bool {
        view.has(index, [.coordinator, .subordinator]) && !view.has(index, .preposition)
    }

    /// Whether the preposition at `index` belongs to the noun phrase that starts at `start`: "of", "for", "at".
    private func joinsPhrase(_ index: Int, from start: Int) -> Bool {
        guard let token = view.token(index) else { return false }
        let word = view.document.word(token)
        if word == "of" || word == "for" || word == "from" || word == "at" || word == "to" { return true }
        // "in a statement", "during the debate", "on Monday" tell of the speaking, not of the speaker.
        if word == "in" || word == "on" {
            return !view.has(index + 1, [.time, .month, .determiner, .document, .possessivePronoun])
                && view.token(index + 1)?.isCapitalized == true
        }
        return word == "with"
    }

    /// The run of units before `end` that can be one noun phrase.
    private func chunk(before end: Int) -> Range<Int>? {
        var start = end
        let limit = max(0, end - NounPhrases.reach)
        while start > limit {
            guard let token = view.token(start - 1), !view.isBreak(start - 1), !token.isComma else {
                // "the “brazen” man said": a short quotation inside the phrase.
                if let quotation = view.quotation(start - 1), !quotation.isPunctuated, quotation.words <= 4,
                    start < end,
                    start - 2 >= 0, view.token(start - 2)?.isComma == false
                {
                    start -= 1
                    continue
                }
                if isList(start - 1, end) {
                    start -= 1
                    continue
                }
                break
            }
            if token.has([.subordinator, .that]) && !token.has(.determiner), !token.isCapitalized,
                !(token.has(.preposition))
            {
                break
            }
            if token.hasAll([.subordinator, .preposition]), !token.isCapitalized, start < end { break }
            if token.has(.relative), !token.isCapitalized || start - 1 == 0 {
                // "who said": the pronoun is the subject itself; otherwise a clause starts behind it.
                if start == end { start -= 1 }
                break
            }
            if token.has([.verb, .be, .modal]), !token.isCapitalized { break }
            if token.has(.cue), !token.isCapitalized, token.has([.past, .third]),
                !token.has([.role, .document, .group]),
                isVerbLike(start - 1)
            {
                break
            }
            if token.has(.coordinator), !coordinates(start - 1, end) { break }
            if token.isPronounSubject, start < end, !token.has(.determiner) { break }
            start -= 1
            if token.isPronounSubject, !token.has(.determiner),
                token.has([.masculine, .feminine, .plural, .neuter, .firstPerson])
            {
                break
            }
        }
        return trimmed(.between(start, end))
    }

    /// Whether the comma at `index` parts a list of names: "Japan, South Korea and Canada".
    private func isList(_ index: Int, _ end: Int) -> Bool {
        guard view.isComma(index), view.token(index - 1)?.isNameLike == true, view.token(index + 1)?.isNameLike == true
        else { return false }
        let hasAnd = Range.between(index + 1, end).contains { view.has($0, .coordinator) }
        var before = index - 1
        while before >= max(0, index - 4), view.token(before)?.isNameLike == true { before -= 1 }
        let hasComma = view.isComma(before) || Range.between(index + 1, end).contains { view.isComma($0) }
        return hasAnd && hasComma
    }

    private func isVerbLike(_ index: Int) -> Bool {
        !view.has(index - 1, [.determiner, .preposition, .possessivePronoun])
            && view.token(index - 1)?.isPossessive != true
    }

    /// Whether "and" joins two noun phrases: "Trump and Clinton", "the mayor and her deputy".
    private func coordinates(_ index: Int, _ end: Int) -> Bool {
        guard let left = view.token(index - 1), let right = view.token(index + 1), left.isWord, right.isWord,
            index + 1 < end, view.document.word(right) != "but"
        else { return false }
        if right.isPronounSubject { return false }
        if left.isCapitalized, right.isCapitalized || right.has([.determiner, .possessivePronoun, .group]) {
            return true
        }
        // Two lower-case nouns at the start of the sentence: "officials and experts say".
        return index <= 4 && !left.isCapitalized
    }

    /// Without introductory words: "But", "On Monday", "Still", "In Ohio".
    private func trimmed(_ range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        while start < range.upperBound, let token = view.token(start) {
            let leads =
                token.has([.coordinator, .adverb]) || token.shape.contains(.adverbial)
                || token.has(.time) && !token.has(.determiner)
                    && (token.has(.adverb) || token.has(.weekday) && start + 1 < range.upperBound)
                || !token.isWord && token.kind != .number
            guard leads, !(token.has(.negation) && token.has(.determiner)) else { break }
            start += 1
        }
        guard start < range.upperBound else { return nil }
        if view.has(start, [.preposition, .subordinator, .according]), !view.has(start, .determiner) {
            guard let inner = lastPhrase(.between(start + 1, range.upperBound)) else { return nil }
            start = inner
        }
        return hasHead(.between(start, range.upperBound)) ? Range.between(start, range.upperBound) : nil
    }

    /// The start of the last noun phrase of `range`: "In Ohio | Trump", "After the debate | the senator".
    private func lastPhrase(_ range: Range<Int>) -> Int? {
        guard let last = view.token(range.upperBound - 1), range.count >= 2 else { return nil }
        var start = range.upperBound - 1
        if last.isPronounSubject { return start }
        if last.isCapitalized {
            while start > range.lowerBound, let token = view.token(start - 1), token.isCapitalized, !token.has(.time) {
                start -= 1
            }
            return start > range.lowerBound ? start : nil
        }
        while start > range.lowerBound, let token = view.token(start) {
            if token.has([.determiner, .possessivePronoun]) { return start }
            if token.has(.preposition) { return nil }
            start -= 1
        }
        return nil
    }

    /// Whether someone or something can be named here: a noun, a name or a pronoun.
    private func hasHead(_ range: Range<Int>) -> Bool {
        range.contains { index in
            guard let token = view.token(index) else { return false }
            if token.isPronounSubject { return true }
            return token.isWord && (!token.has(.common) || token.has([.role, .group])) && !token.has(.adverb)
        }
    }
}

extension Token {
    /// A pronoun that is a subject by itself.
    var isPronounSubject: Bool { has(.subjectPronoun) && !isPossessive }
}
