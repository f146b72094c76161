import Wire

/// Finds names by their capitals, titles and neighbours.
struct NameFinder {
    private let document: Document
    /// Words seen with a capital where no sentence starts: "Han" in "Han said" is then a name too.
    private var names: Set<String> = []

    /// The names of `sentences`, in order.
    static func names(in document: Document, sentences: [Range<Int>]) -> [NameRun] {
        var finder = NameFinder(document: document)
        for sentence in sentences { finder.collect(sentence) }
        return sentences.flatMap { finder.runs(in: $0) }
    }

    private init(document: Document) { self.document = document }

    private mutating func collect(_ sentence: Range<Int>) {
        for index in sentence.dropFirst() where document.tokens[index].isNameLike {
            if document.tokens[index - 1].kind != .mark { names.insert(document.word(document.tokens[index])) }
        }
    }

    private func runs(in sentence: Range<Int>) -> [NameRun] {
        var runs: [NameRun] = []
        var at = sentence.lowerBound
        while at < sentence.upperBound {
            guard document.tokens[at].isNameLike else {
                at += 1
                continue
            }
            let end = self.end(of: at, in: sentence)
            if let run = run(.between(at, end), in: sentence) { runs.append(run) }
            at = end
        }
        return runs
    }

    /// Behind the last word of the name that starts at `start`.
    private func end(of start: Int, in sentence: Range<Int>) -> Int {
        var at = start
        while at < sentence.upperBound, at - start < 12 {
            let token = document.tokens[at]
            if token.isNameLike {
                at += 1
                if token.isPossessive { break }
            } else if at > start, at + 1 < sentence.upperBound, document.tokens[at + 1].isNameLike,
                token.has(.particle) && !token.has(.common)
                    || document.word(token) == "of" && document.tokens[at - 1].has([.organization, .document])
                    || token.isSign("&")
            {
                at += 1
            } else {
                break
            }
        }
        return at
    }

    private func run(_ range: Range<Int>, in sentence: Range<Int>) -> NameRun? {
        var start = range.lowerBound
        let tokens = document.tokens
        if tokens[start].has([.weekday, .month]), range.count == 1 { return nil }
        // A lone capital at the start of a sentence is a name where it is one elsewhere.
        let opensSentence = start == sentence.lowerBound || tokens[start - 1].kind == .mark || tokens[start - 1].isColon
        if range.count == 1, opensSentence, !tokens[start].has([.givenName, .place]),
            !names.contains(document.word(tokens[start]))
        {
            return nil
        }
        // Titles in front: all up to the last one.
        var gender: Gender?
        var titled = false
        for index in range.dropLast() where tokens[index].has([.role, .honorific]) {
            start = index + 1
            titled = true
            if tokens[index].has(.honorificFeminine) { gender = .feminine }
            if tokens[index].has(.honorificMasculine) { gender = .masculine }
        }
        if start > range.lowerBound, tokens[range.upperBound - 1].has(.organization),
            !tokens[range.upperBound - 1].has(.role), range.upperBound - start == 1
        {
            start = range.lowerBound
            titled = false
        }
        var name = Range.between(start, range.upperBound)
        if !titled { name = withoutOffice(name, in: sentence) }
        guard let first = name.first, let last = name.last else { return nil }
        // "Afghan Ambassador": an office, no name.
        if tokens[last].has(.role), !tokens[last].has(.honorific), !tokens[first].has(.givenName) { return nil }
        if name.count == 1, tokens[first].has([.honorific, .nationality, .weekday, .month]),
            !tokens[first].has([.place, .givenName])
        {
            return nil
        }
        if name.count == 1, tokens[first].has(.role), !tokens[first].has(.givenName), !titled { return nil }
        let honorificOnly =
            name.lowerBound > range.lowerBound
            && Range.between(range.lowerBound, name.lowerBound).allSatisfy {
                tokens[$0].has(.honorific) && tokens[$0].end - tokens[$0].start <= 4
            }
        var role = honorificOnly ? name.lowerBound..<name.lowerBound : .between(range.lowerBound, name.lowerBound)
        if !titled, let lower = roleBefore(range.lowerBound, in: sentence) {
            role = .between(lower, name.lowerBound)
            titled = true
        } else if titled, !role.isEmpty, let lower = modifiersBefore(role.lowerBound, in: sentence) {
            role = .between(lower, role.upperBound)
        }
        if !titled { role = name.lowerBound..<name.lowerBound }
        if gender == nil, name.count > 1 || titled {
            if tokens[first].has(.femaleName) {
                gender = .feminine
            } else if tokens[first].has(.maleName) {
                gender = .masculine
            }
        }
        var type = type(of: name, titled: titled)
        if let (after, kind) = apposition(behind: name.upperBound, in: sentence) {
            if kind == .organization, type == nil { type = .organization }
            if kind == .person, type == nil || type == .person {
                type = .person
                if role.isEmpty { role = after }
            }
        }
        return NameRun(
            name: name, role: role, type: type, gender: gender,
            isPossessive: tokens[last].isPossessive)
    }

    /// What a name is called behind a comma: "Ann Li, the mayor of Oslo,".
    private func apposition(behind end: Int, in sentence: Range<Int>) -> (Range<Int>, Analysis.EntityType)? {
        guard end + 2 < sentence.upperBound, document.tokens[end].isComma else { return nil }
        var start = end + 1
        guard document.tokens[start].has([.determiner, .possessivePronoun, .role]) else { return nil }
        if document.tokens[start].has(.determiner) { start += 1 }
        var at = start
        var kind: Analysis.EntityType?
        while at < min(sentence.upperBound, start + 12) {
            let token = document.tokens[at]
            if !token.isWord { break }
            if token.has([.relative, .subordinator, .verb, .be]) && !token.has(.preposition), !token.isCapitalized {
                break
            }
            if token.has(.preposition), kind == nil { return nil }
            if kind == nil, token.has(.role) { kind = .person }
            if kind == nil, token.has(.organization), at + 1 < sentence.upperBound,
                !document.tokens[at + 1].isWord
                    || document.tokens[at + 1].has([.relative, .preposition])
            {
                kind = .organization
            }
            at += 1
        }
        return kind.map { (.between(start, at), $0) }
    }

    private func type(of name: Range<Int>, titled: Bool) -> Analysis.EntityType? {
        let tokens = document.tokens[name]
        if titled { return .person }
        if tokens.contains(where: { $0.has(.organization) }) { return .organization }
        if let first = tokens.first, first.has(.givenName), name.count > 1 { return .person }
        if isPlace(name) { return .place }
        if tokens.contains(where: { $0.has([.group, .document]) }) { return .group }
        if name.count == 1, let only = tokens.first {
            if only.shape.contains(.allCapitals) || only.shape.contains(.dotted) { return .organization }
            if name.lowerBound > 0, document.word(document.tokens[name.lowerBound - 1]) == "the" {
                return .organization
            }
        }
        if name.lowerBound > 0, document.word(document.tokens[name.lowerBound - 1]) == "the" { return .organization }
        return nil
    }

    private func isPlace(_ name: Range<Int>) -> Bool {
        guard let last = name.last else { return false }
        if document.tokens[last].has(.place), name.count <= 2 { return true }
        return name.count == 2 && NounWords.placePairs.contains(pair(name.lowerBound))
    }

    private func pair(_ index: Int) -> String {
        document.word(document.tokens[index]) + " " + document.word(document.tokens[index + 1])
    }

    /// "Ambassador to the United States | Ann Li", "minister of Education | Ann Li": an office before the name of who holds it.
    private func withoutOffice(_ name: Range<Int>, in sentence: Range<Int>) -> Range<Int> {
        guard name.count >= 3, let last = name.last, !document.tokens[last].has([.organization, .place, .role]) else {
            return name
        }
        var at = name.lowerBound - 1
        if at > sentence.lowerBound, document.tokens[at].has(.determiner) { at -= 1 }
        guard at > sentence.lowerBound, document.tokens[at].has(.preposition), document.tokens[at - 1].has(.role),
            !NounWords.placePairs.contains(pair(last - 1))
        else { return name }
        return .between(last - 1, name.upperBound)
    }

    /// Where the lower-case role in front of a name starts: "team member | Rodaba Noori".
    private func roleBefore(_ index: Int, in sentence: Range<Int>) -> Int? {
        guard index > sentence.lowerBound else { return nil }
        let token = document.tokens[index - 1]
        guard token.isWord, token.has(.role), !token.isPossessive, !token.shape.contains(.plural) || !token.has(.group)
        else { return nil }
        return modifiersBefore(index - 1, in: sentence) ?? index - 1
    }

    /// The words in front of a role that belong to it, up to a determiner, a preposition, a verb or a sign.
    private func modifiersBefore(_ index: Int, in sentence: Range<Int>) -> Int? {
        var at = index
        while at > sentence.lowerBound, index - at < 6 {
            let token = document.tokens[at - 1]
            if !token.isWord || token.isPossessive { break }
            if token.has(.common) { break }
            if token.has([.verb, .cue]), !token.isCapitalized, !token.has([.role, .organization]) { break }
            if token.shape.contains(.adverbial) { break }
            at -= 1
        }
        return at < index ? at : nil
    }
}
