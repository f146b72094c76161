import Language

/// Splits a run of capitals into names: "Culture Secretary | Tessa Jowell", "ABS-CBN | CEO | Carlo Katigbak".
struct NameSplitter {
    let words: [Word]

    /// The names in a run, in order; a bare office is none.
    func names(in run: Range<Int>) -> [Name] {
        let people = run.filter { words[$0].name == .person }
        if let last = people.last, run.reduce(0, { $0 + (words[$1].name == .organization ? 1 : 0) }) <= people.count {
            return split(run, around: last)
        }
        return withoutPeople(run)
    }

    /// The last stretch of a person's words, widened by capitals without a label that are no titles, and what stands around it.
    private func split(_ run: Range<Int>, around last: Int) -> [Name] {
        var stop = last + 1
        var start = last
        while start > run.lowerBound, goesBack(start - 1, to: run.lowerBound, isFirst: start == stop - 1) { start -= 1 }
        while stop < run.upperBound, goesOn(stop) { stop += 1 }
        if words[run.lowerBound].has(.keptTitle) { (start, stop) = (run.lowerBound, run.upperBound) }
        var found: [Name] = start > run.lowerBound ? names(in: run.lowerBound..<start) : []
        if let name = person(start..<stop) { found.append(name) }
        if stop < run.upperBound { found += names(in: stop..<run.upperBound) }
        return found
    }

    private func goesBack(_ index: Int, to first: Int, isFirst: Bool) -> Bool {
        let word = words[index]
        if word.name == .person || word.has(.particle) || index > first && words.isNickname(index) { return true }
        // "Ann van ’t Ek"
        if word.lower == "t", index > first, words[index - 1].lower == "van" { return true }
        // "K. A. Li"
        if word.isUpper, word.text.count == 1, words[index + 1].gap.text == ". " { return true }
        return word.name == nil && isFirst && word.part == .properNoun && word.isCapital
            && !word.has([.title, .keptTitle, .person])
            && !(index > 0 && ["of", "and", "for"].contains(words[index - 1].lower)
                && (index > first || index > 1 && words[index - 2].has(.title)))
    }

    private func goesOn(_ index: Int) -> Bool {
        let word = words[index]
        let isFree = word.name == nil || word.name == .person || word.name == .other
        return isFree && !word.has(.body) || SpeakerWords.honours.contains(word.text)
            || ["II", "III", "Jr", "Sr"].contains(word.text)
    }

    private func withoutPeople(_ run: Range<Int>) -> [Name] {
        let end = run.upperBound
        let origin = Range.between(run.lowerBound, end - 1).last { index in
            ["-based", "-born", "-led"].contains { words[index].lower.hasSuffix($0) }
        }
        var first = origin.map { $0 + 1 } ?? run.lowerBound
        // "Sheriff | Bill Brown", whom the model does not know as a person
        let office = Range.between(first, end - 1).last { words[$0].has(.title) && !words[$0].has(.keptTitle) }
        if let office, (2...4).contains(end - office - 1),
            !(office + 1..<end).contains(where: {
                words[$0].has(.small.union([.body, .title])) || words[$0].isPossessive && $0 < end - 1
            })
        {
            let before = office > first ? names(in: first..<office) : []
            return before + [person(office + 1..<end)].compactMap { $0 }
        }
        while first < end - 1, words[first].has(.title), words[first].name == nil { first += 1 }
        let keys = (first..<end).map { words[$0].lower }
        var kind = majority(run)
        if kind != .place, keys.count > 1, (first..<end).contains(where: { words[$0].has(.body) }) {
            kind = .organization
        }
        // "The weekly | Zambeze Livre"
        if [.person, .unknown].contains(kind), first > 0, words[first].gap.text == " ",
            Media.isNoun(words[first - 1].lower),
            Gender(givenName: words[first].lower) == nil
        {
            kind = .organization
        }
        // "Kerala | Chief Minister"
        let title = Range.between(first, end).first { words[$0].has(.title) && words[$0].name != .place }
        if kind == .place, let title, title > first,
            (title..<end).allSatisfy({ words[$0].has([.title, .person]) && words[$0].name != .place })
        {
            return names(in: first..<title)
        }
        let last = words[end - 1]
        // "Her MP, Ann Li", "MPs"
        let isPlural = last.text.count > 2 && last.text.hasSuffix("s") && last.text.dropLast().allSatisfy(\.isUppercase)
        if keys.count == 1, isPlural || SpeakerWords.things.contains(last.text) {
            return []
        }
        // "The Company" of a press release
        if keys.count == 1, last.has(.business), first > 0, words[first - 1].lower == "the" { return [] }
        if last.has([.title, .person]), kind != .place, keys.count == 1 || !last.has(.body) { return [] }
        return [Name(words: first..<end, kind: kind, keys: keys, isPossessive: last.isPossessive)]
    }

    /// The kind that most words have, the first of equals.
    private func majority(_ run: Range<Int>) -> Name.Kind {
        var counts: [(kind: Name.Kind, count: Int)] = []
        for index in run {
            guard let kind = Name.Kind(words[index].name) else { continue }
            if let known = counts.firstIndex(where: { $0.kind == kind }) {
                counts[known].count += 1
            } else {
                counts.append((kind, 1))
            }
        }
        let most = counts.map(\.count).max() ?? 0
        return counts.first { $0.count == most }?.kind ?? .unknown
    }

    /// The name of a person without titles and honours, or nil for a bare title.
    private func person(_ range: Range<Int>) -> Name? {
        // "Brandt & Kolle" is a firm.
        if range.dropFirst().contains(where: { words[$0].gap.text == " & " }) {
            return Name(
                words: range, kind: .organization, keys: range.map { words[$0].lower },
                isPossessive: words[range.upperBound - 1].isPossessive)
        }
        var first = range.lowerBound
        let end = range.upperBound
        var title: Int?
        var gender: Gender?
        while end - first > 1, isTitle(first, end) {
            title = title ?? first
            gender = words[first].titleGender ?? gender
            first += 1
        }
        guard first < end else { return nil }
        // The Bishop of Carlisle is nobody called Carlisle.
        if end - first == 1, first > 1, words[first - 1].lower == "of", words[first - 2].has(.title),
            words[first].gap.text == " "
        {
            return Name(
                words: first..<end, kind: .place, keys: [words[first].lower], isPossessive: words[first].isPossessive)
        }
        if words[first].has(.keptTitle) { gender = words[first].has(.femaleTitle) ? .feminine : .masculine }
        if end - first == 1, words[first].has(.title) { return nil }
        if title == nil, gender == nil, first > 0, words[first - 1].has([.maleTitle, .femaleTitle]), words.joins(first)
        {
            gender = words[first - 1].has(.femaleTitle) ? .feminine : .masculine
        }
        var stop = end
        while stop - first > 2, SpeakerWords.honours.contains(words[stop - 1].text) { stop -= 1 }
        return Name(
            words: first..<end, kind: isBody(first..<end) ? .organization : .person,
            keys: (first..<stop).map { words[$0].lower.withoutAccents },
            gender: gender,
            isPossessive: words[end - 1].isPossessive, title: title)
    }

    /// Whether what stands behind a name says that it is a body's: "Li Ek, which", "Li Ek, the law firm,".
    private func isBody(_ name: Range<Int>) -> Bool {
        guard Gender(givenName: words[name.lowerBound].lower) == nil else { return false }
        // "Parts maker Li Ek"
        if name.lowerBound > 0, name.count > 1, words[name.lowerBound].gap.text == " " {
            let before = words[name.lowerBound - 1]
            if before.has(.business), !before.has(.person), !before.isCapital, before.lower != "developer" {
                return true
            }
        }
        // "The largest union, Li,"
        if name.lowerBound > 0, words[name.lowerBound].gap.text == ", " {
            let before = words[name.lowerBound - 1]
            if ["company", "firm", "retailer", "union"].contains(before.lower), !before.isPossessive { return true }
        }
        var next = name.upperBound
        guard next < words.count, words[next].gap.text == ", " else { return false }
        if words[next].lower == "which" { return true }
        guard words[next].has(.article) else { return false }
        next += 1
        while next + 1 < words.count, words[next].gap.text == " ", [.adjective, .noun].contains(words[next].part),
            words[next + 1].part == .noun, words[next + 1].gap.text == " "
        {
            next += 1
        }
        guard next < words.count else { return false }
        if ["company", "firm", "maker", "retailer", "union"].contains(words[next].lower) { return true }
        // "Li Ek, the bank, said"; but not "Li Ek, the bank chairman".
        return Self.houses.contains(words[next].lower) && !words[next].isPossessive
            && (next + 1 == words.count || words[next + 1].gap.endsPhrase)
    }

    /// Nouns for bodies alone, which nobody is.
    private static let houses: Set<String> = [
        "agency", "airline", "bank", "brewery", "broadcaster", "carmaker", "charity", "club", "consultancy",
        "drugmaker", "housebuilder", "insurer", "lender", "manufacturer", "newspaper", "retailer", "supermarket",
        "watchdog",
    ]
    /// How words for what somebody does end.
    private static let callings = ["er", "ist", "or", "man", "woman"]
    /// Those that no name ends in.
    private static let trades = ["grocer", "holder", "keeper", "layer", "maker", "owner", "sheriff", "worker"]

    private func isTitle(_ index: Int, _ end: Int) -> Bool {
        if words[index].has(.title) { return true }
        // "Dutchman Bo Ek"
        if SpeakerWords.nationals.contains(words[index].text),
            words[index].lower.hasSuffix("chman")
                || words[index].lower.hasSuffix("shman") || words[index].lower.hasSuffix("woman")
        {
            return true
        }
        // "Midwife Ann Li", "Bricklayer Ann Li" at the start of a sentence
        if end - index > 2, words.opens(index), Gender(givenName: words[index].lower) == nil,
            words[index].has(.person)
                || Self.trades.contains(where: words[index].lower.hasSuffix)
                || Self.callings.contains(where: words[index].lower.hasSuffix)
                    && Gender(givenName: words[index + 1].lower) != nil
        {
            return true
        }
        // "MP for Oslo Bo Ek"
        if end - index > 2, index > 1, words[index - 1].lower == "for",
            SpeakerWords.members.contains(words[index - 2].lower),
            words[index].name == .place || end - index == 3
        {
            return true
        }
        return words[index].has(.keptTitle) && end - index > 2 && words[index + 1].lower != "of"
            && words[index + 2].lower != "of"
    }
}

extension Word {
    /// The gender that a title tells.
    fileprivate var titleGender: Gender? {
        has(.femaleTitle) ? .feminine : has(.maleTitle) ? .masculine : nil
    }
}

extension Name.Kind {
    /// The kind that the model's label is, nil where it is none or a person's.
    fileprivate init?(_ label: Reading.NameKind?) {
        switch label {
        case .organization: self = .organization
        case .place: self = .place
        case .other: self = .other
        default: return nil
        }
    }
}
