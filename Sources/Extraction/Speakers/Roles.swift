import Language

/// Roles and titles beside a name.
extension [Word] {
    /// The nouns of a stretch by which whoever has it as a role can be called.
    func roleNouns(in range: Range<Int>) -> Set<String> {
        Set(
            range.filter { index in
                let word = self[index]
                guard !word.isPossessive, !["first", "former", "name", "surname"].contains(word.lower),
                    word.name != .organization || word.has([.person, .title, .body])
                else {
                    return false
                }
                return word.has([.person, .title, .body])
                    || (word.mention == .person || word.mention == .organization) && word.part == .noun
                    || word.mention == .person && word.part == .properNoun && word.name == nil
            }.map { self[$0].lower })
    }

    /// The initials of titles of several words, by which their bearers are called: PM for a Prime Minister.
    func acronyms(in range: Range<Int>) -> [String] {
        range.split { !self[$0].has(.title) || self[$0].has(.shortTitle) }.filter { $0.count > 1 }
            .map { titles in String(titles.compactMap { self[$0].lower.first }) }
    }

    /// "Culture Secretary", "the mayor of Oslo," before a name, or nil.
    func role(before name: Name) -> Range<Int>? {
        let end = name.first
        let title = name.title ?? end
        let isNoun = { (word: Word) in word.has(.person) || word.mention == .person && word.part == .noun }
        let followsComma =
            end > 0 && self[end].gap.text == ", " && isNoun(self[end - 1])
            || title > 0 && self[title].gap.text == ", "
        // "According to the Energy Agency, Iran has …"
        if self[title].gap.text == ", ", title > 0, self[title - 1].name == .organization, !self[title - 1].has(.person)
        {
            return nil
        }
        // "Asked by lawyer Bo Ek, Ms Li …"
        if self[title].gap.text == ", ", title > 1, self[title - 1].name == .person,
            self[title - 2].name == .person || self[title - 2].has(.person)
        {
            return nil
        }
        var start = end
        while start > Swift.max(0, end - 12), extends(start, end, title, followsComma) { start -= 1 }
        while start < end, self[start].has(.small) { start += 1 }
        let stop = title > start && self[title].gap.text == ", " ? title : end
        // "A nurse in the audience, Ann Li,", "Cabinet member for culture Cllr Ann Li": nobody is an audience.
        var before = start - 1
        if before >= 0, self[before].has(.article) { before -= 1 }
        if before >= 0, start < end, self[before].has(.stop) || self[before].lower == "by", self[before].lower != "and",
            !self[before].has(.relative),
            before + 1 == start || self[start].gap.text == " ",
            Range.between(start, stop).contains(where: { !self[$0].has(.title) }),
            !Range.between(start, stop).contains(where: {
                self[$0].has([.person, .title]) && !self[$0].has(.shortTitle)
                    || self[$0].mention == .person && !["in", "at", "on", "behind"].contains(self[before].lower)
            })
        {
            return nil
        }
        // "A father of two of the girls, Ann Li,": she is no girls.
        if stop > start, stop == title || stop == end, before >= 0, self[before].has(.stop),
            self[title].gap.text == ", ",
            self[stop - 1].lower.singular.map({ SpeakerWordClass.of($0).contains(.person) }) ?? false
        {
            return nil
        }
        if isFronted(start, before: name) { return nil }
        // "On her behalf, Ms Li"
        guard start < end, !followsComma || !roleNouns(in: start..<stop).isEmpty else { return nil }
        return start..<end
    }

    /// Whether the word before `start` belongs to a role.
    private func extends(_ start: Int, _ end: Int, _ title: Int, _ followsComma: Bool) -> Bool {
        let (word, gap) = (self[start - 1], self[start].gap.text)
        let isComma = followsComma && gap == ", " && (start == end || start == title)
        let isNumber = gap == "," && word.text.last?.isNumber == true && self[start].text.first?.isNumber == true
        guard [" ", ". ", "-", " & ", " “", "” "].contains(gap) || isComma || isNumber else { return false }
        // "Chief of the Defence Staff Gen. Ann Li"
        let ofThe =
            word.lower == "the" && start > 2 && start < end && self[start - 2].lower == "of"
            && self[start - 3].has([.title, .person]) && self[start - 3].isCapital
        // "The chairman of the club, Chief Bo Ek", "Counsel for the defendant, Ann Li"
        let isOffices =
            followsComma && start > 2 && word.has(.article) && ["of", "for"].contains(self[start - 2].lower)
            && self[start].gap.text == " " && self[start - 3].has([.person, .title])
        if word.has(.determiner.union(.pronoun)), !ofThe, !isOffices { return false }
        // "Ann Li and Bo Ek" are two.
        if word.lower == "and", start > 1, self[start - 2].name == .person, !self[start - 2].has([.title, .person]) {
            return false
        }
        if [.verb, .auxiliary, .adverb, .subordinatingConjunction, .pronoun].contains(word.part), !word.isCapital,
            !word.has([.title, .person])
        {
            return false
        }
        // "Shot back leader Ann Li"
        if word.relation == "compound:prt" || ["back", "out"].contains(word.lower) { return false }
        // "Secretary of State Ann Li"
        let isOffice =
            word.lower == "of" && start < end && start > 1 && self[start - 2].has([.title, .person])
            && self[start - 2].isCapital
            // "Secretary of State for Health Ann Li", "MP for Oslo Bo Ek"
            || word.lower == "for" && start < end && start > 1 && self[start - 2].isCapital
                && (self[start - 2].has(.title) || SpeakerWords.members.contains(self[start - 2].lower)
                    || start > 3 && self[start - 3].lower == "of" && self[start - 4].has(.title))
        if word.has(.small), word.lower != "and", !isOffice, !ofThe, !isOffices,
            !(followsComma && ["of", "for", "to", "in", "at"].contains(word.lower))
        {
            return false
        }
        // "Editing and producer Ann Li"
        if word.lower == "and", start > 1, !self[start - 2].isCapital, self[start - 2].mention != .person,
            !self[start - 2].has([.title, .person]), self[start - 2].part != .adjective
        {
            return false
        }
        return gap != ". " || word.has(.shortTitle) || word.isUpper && word.text.contains(".")
    }

    /// ", the mayor of Oslo" or " (mayor of Oslo" behind a name, or nil.
    func role(behind name: Name) -> Range<Int>? {
        let start = name.end
        guard start < count, self[start].gap.isOne(of: [", ", " ("]), !self[start].isQuoted,
            !["without", "with", "after", "before", "during"].contains(self[start].lower)
        else { return nil }
        var end = start
        while end < Swift.min(count, start + 16) {
            let word = self[end]
            if end > start {
                guard word.gap.isOne(of: [" ", "-", ". ", " & ", " “", "” ", "’ ", "' "]),
                    word.gap.text != ". " || self[end - 1].has(.shortTitle) || self[end - 1].text.contains(".")
                else { break }
            }
            // "a new site at Harrow Lane, the authority said", "according to Ann Li, 67 families left"
            if word.isPlainVerb,
                Range.between(start, end).contains(where: { isSubject($0, of: end) })
            {
                return nil
            }
            // "A delivery driver we met"
            if word.has(.pronoun), !word.has(.possessive), end > start { break }
            if word.has(.relative) || word.isPlainVerb && !word.has(.person) { break }
            end += 1
        }
        guard end > start else { return nil }
        let head = Range.between(start + 1, end).first { self[$0].has(.stop) } ?? end
        return roleNouns(in: start..<head).isEmpty ? nil : start..<end
    }

    /// Whether a word stands in a headline: a first line that does not end as sentences do.
    func isHeadline(_ word: Word) -> Bool {
        guard word.paragraph == 0, let next = first(where: { $0.paragraph > 0 }) else { return false }
        return !next.gap.contains([".", "!", "”", "\""])
    }

    /// The role with the body that it is held in: "Ann Li, chief economist, | Harbour Bank: “…”".
    func withBody(_ role: Range<Int>, of name: Name, among names: [Name]) -> Range<Int> {
        guard role.lowerBound == name.end, role.upperBound < count, self[role.upperBound].gap.text == ", ",
            let body = names.first(where: { $0.first == role.upperBound && $0.kind == .organization }),
            body.end == count || self[body.end].gap.contains([":"])
                || self[body.end].paragraph > self[body.first].paragraph
        else { return role }
        return role.lowerBound..<body.end
    }

    // MARK: - By what stands around them

    /// The longest role, in words.
    private static var longestRole: Int { 16 }

    /// Whether a word may be what somebody is: a noun that is no name of a person, place or time, and none of several.
    private func isOffice(_ word: Int) -> Bool {
        let (noun, name) = (self[word].lower, self[word].name)
        // "Told a briefing Oslo had lied"
        return !SpeakerWords.noOffices.contains(noun)
            && [.noun, .properNoun].contains(self[word].part)
            && ![.person, .place, .time, .quantity].contains(name)
            && (!noun.hasSuffix("s") || noun.hasSuffix("ss") || noun.hasSuffix("us"))
    }

    /// The first noun of a phrase, before a preposition or a clause, if it may be an office.
    private func office(in phrase: Range<Int>) -> Int? {
        let head = phrase.dropFirst().first { self[$0].has(.stop) } ?? phrase.upperBound
        return (phrase.lowerBound..<head).last { [.noun, .properNoun].contains(self[$0].part) }
            .flatMap { isOffice($0) ? $0 : nil }
    }

    /// A phrase with an article between commas behind a name: ", 47, the area coroner for Severnside,", or nil.
    func apposition(behind name: Name) -> (noun: Int, words: Range<Int>)? {
        let start = isAge(name.end) ? name.end + 1 : name.end
        guard start + 1 < count, self[start].gap.isOne(of: [", ", " ("]), !self[start].isQuoted,
            self[start].has(.article) || self[start].lower == "one" || start > name.end && !self[start].isPlainVerb,
            !self[start].has(.relative)
        else { return nil }
        var end = start + 1
        while end < Swift.min(count, start + Self.longestRole), self[end].gap.isOne(of: [" ", "-", "’ ", "' "]) {
            if self[end].has(.relative) { break }
            // "A driver we met in Oslo"
            if self[end].has(.pronoun), !self[end].has(.possessive) {
                return office(in: start + 1..<end).map { ($0, start + 1..<end) }
            }
            if Range.between(start, end).contains(where: { isSubject($0, of: end) }) { return nil }
            end += 1
        }
        let isClosed = end == count || self[end].gap.endsPhrase || self[end].sentence != self[start].sentence
        guard isClosed || self[end].has(.relative) else { return nil }
        if self[start].lower == "one", start + 1 < end, self[start + 1].lower == "of" { return (start, start..<end) }
        let phrase = self[start].has(.article) ? start + 1..<end : start..<end
        return office(in: phrase).map { ($0, phrase) }
    }

    /// A whole phrase before a comma and a name: "The head of the harbour office, Ann Li, said", or nil.
    func apposition(before name: Name) -> (noun: Int, words: Range<Int>)? {
        var title = name.first
        while title > 0, self[title].gap.isOne(of: [" ", ". "]), self[title - 1].has(.title.union(.shortTitle)) {
            title -= 1
        }
        // "Its then chairman, the late Sir Bo Ek,"
        if title > 1, self[title - 1].lower == "late", self[title].gap.isSpace, self[title - 2].has(.article) {
            title -= 2
        }
        guard title > 0, self[title].gap.text == ", ", !self[title].isQuoted,
            name.end == count || self[name.end].gap.endsPhrase || self[name.end].sentence > self[name.first].sentence
        else { return nil }
        var start = title - 1
        var inner: Int?
        while start > 0, title - start < Self.longestRole, self[start].gap.isOne(of: [" ", "-"]) {
            if self[start].has(.article.union(.possessive)) {
                guard self[start - 1].has(.stop) || self[start - 1].part == .adposition, goesOn(start - 1) else {
                    break
                }
                inner = inner ?? start
            }
            // "A lawyer hired by the families, Ann Li,"
            if self[start].isPlainVerb, !self[start].has(.person), self[start].relation != "acl" { break }
            start -= 1
        }
        if self[start].has(.article.union(.possessive)) {
            return office(in: start + 1..<title).map { ($0, start + 1..<name.first) }
        }
        // "Counsel for the harbour office, Ann Li, said"
        let opening = start + (self[start].part == .coordinatingConjunction ? 1 : 0)
        if opening < title, start == 0 || self[start].sentence != self[start - 1].sentence, self[opening].has(.person),
            !self[opening].isPossessive, name.kind == .person
        {
            return office(in: opening..<title).map { ($0, opening..<name.first) }
        }
        // "to its contractor, Li & Sons, which"; but not "in the second half, Ann Li, who".
        guard let inner, let noun = office(in: inner + 1..<title),
            self[noun].has(.noun.union(.title)) || [.person, .organization].contains(self[noun].mention)
        else { return nil }
        return (noun, inner + 1..<name.first)
    }

    /// Whether the phrase behind a preposition belongs to what stands before it: "the head | of", "a lawyer hired | by".
    ///
    /// In "a sharp answer | from the mayor" and "sent to the minister | by a lawyer" it does not.
    private func goesOn(_ preposition: Int) -> Bool {
        guard preposition > 0 else { return false }
        let before = self[preposition - 1]
        switch self[preposition].lower {
        case "by": return before.relation == "acl"
        case "from", "to", "with": return before.relation == "acl" || before.has([.person, .title])
        default: return true
        }
    }

    /// What the tree of the sentence puts in apposition behind a name, or a name behind it, or nil.
    func apposition(byTree name: Name) -> (noun: Int, words: Range<Int>)? {
        let stop = Swift.min(count, name.end + Self.longestRole)
        if name.end < stop, self[name.end].gap.isOne(of: [", ", " ("]), !self[name.end].has(.relative),
            let noun = (name.end..<stop).first(where: { index in
                self[index].relation == "appos" && self[index].head.map(name.words.contains) ?? false
            }), isOffice(noun), depends(name.end, on: noun)
        {
            var end = name.end + 1
            while end < stop, depends(end, on: noun), !self[end].gap.endsPhrase { end += 1 }
            return end > noun ? (noun, name.end..<end) : nil
        }
        guard let first = name.words.first(where: { self[$0].head.map { !name.words.contains($0) } ?? false }),
            ["appos", "flat", "compound"].contains(self[first].relation), let noun = self[first].head,
            noun < name.first, name.first - noun < Self.longestRole, isOffice(noun),
            self[name.title ?? name.first].gap.isSpace || self[name.title ?? name.first].gap.text == ", ",
            Range.between(noun + 1, name.first).allSatisfy({
                depends($0, on: noun) && !self[$0].has(.relative) || self[$0].has(.title)
            })
        else { return nil }
        var start = noun
        while start > 0, depends(start - 1, on: noun), self[start].gap.isSpace,
            !["case", "det", "cc"].contains(self[start - 1].relation), noun - start < Self.longestRole
        {
            start -= 1
        }
        return isFronted(start, before: name) ? nil : (noun, start..<name.first)
    }

    /// Whether the words before a name end a clause that stands before its sentence: "Launching the | scheme | Mr Li said".
    private func isFronted(_ start: Int, before name: Name) -> Bool {
        guard start > 0, start < name.first, self[start - 1].has(.determiner), self[start].gap.isSpace,
            !self[start..<name.first].contains(where: { $0.has([.person, .title]) && !$0.has(.shortTitle) }),
            name.end < count, self[name.end].isPlainVerb
        else { return false }
        let opening = partitioningIndex { $0.sentence >= self[start].sentence }
        return opening < start && self[opening].lower.hasSuffix("ing")
            && Range.between(opening + 1, name.first + 1).allSatisfy { !self[$0].gap.endsPhrase }
    }

    /// Whether the age of whoever was named stands here, between commas.
    func isAge(_ word: Int) -> Bool {
        word + 1 < count && self[word].gap.text == ", " && self[word].part == .numeral
            && self[word + 1].gap.text == ", "
    }

    private func isSubject(_ word: Int, of verb: Int) -> Bool {
        self[word].relation.hasPrefix("nsubj") && self[word].head == verb
    }

    /// Whether a word belongs to the phrase that `noun` heads, by the tree of the sentence.
    private func depends(_ word: Int, on noun: Int) -> Bool {
        var at = word
        for _ in 0..<Self.longestRole where at != noun {
            guard let head = self[at].head else { return false }
            at = head
        }
        return at == noun
    }

    /// The words before a name that depend on it: "Midwife Ann Li", or nil.
    func modifiers(before name: Name) -> (noun: Int, words: Range<Int>)? {
        var start = name.first
        while start > 0, name.first - start < 6, self[start].gap.isOne(of: [" ", "-", ". "]),
            ["compound", "flat", "amod", "nmod", "appos"].contains(self[start - 1].relation),
            name.words.contains(where: { depends(start - 1, on: $0) }), self[start - 1].name != .person
        {
            start -= 1
        }
        guard start < name.first, isOffice(name.first - 1), !self[name.first - 1].isPossessive,
            !isFronted(start, before: name)
        else { return nil }
        // "The income | Li & Sons | reported"
        let last = self[name.first - 1]
        guard name.kind == .person || last.has(.body) || last.mention == .organization else { return nil }
        return (name.first - 1, start..<name.first)
    }

    /// What somebody does or is, in a clause behind the name, or nil.
    ///
    /// "Who sells fruit on the corner" is it without "who", "who is the mayor of Oslo" without "who is".
    func occupation(behind name: Name) -> Range<Int>? {
        let verb = name.end + 1
        guard verb + 1 < count, self[verb - 1].lower == "who", self[verb - 1].gap.text == ", ", !self[verb].isQuoted
        else { return nil }
        if self[verb].lower == "is" { return office(behind: verb) }
        guard SpeakerWords.occupations.contains(self[verb].lower) else { return nil }
        let object = phrase(behind: verb) { self[$0].lower == "and" }
        return object.isEmpty ? nil : verb..<object.upperBound
    }

    /// What a sentence says that somebody is: "Ann Li is | professor of history at Oslo University | and …", or nil.
    func office(toldOf name: Name) -> Range<Int>? {
        let verb = name.end
        guard verb + 1 < count, self[verb].lower == "is", self[verb].gap.isSpace, !self[verb].isQuoted,
            let office = office(behind: verb),
            office.contains(where: { self[$0].has(.title) || ["at", "for", "of"].contains(self[$0].lower) })
        else { return nil }
        return office
    }

    /// The office behind "is".
    private func office(behind verb: Int) -> Range<Int>? {
        // "The head of Arts | and | Sciences", "the mayor | and lives in Oslo"
        let complement = phrase(behind: verb) {
            self[$0].lower == "and" && !($0 + 1 < count && self[$0 + 1].isCapital)
        }
        let end = complement.upperBound
        guard
            end == count || self[end].gap.endsPhrase || self[end].lower == "and"
                || self[end].sentence > self[verb].sentence,
            let noun = office(in: complement), self[noun].has([.person, .title])
        else { return nil }
        return complement
    }

    private func phrase(behind verb: Int, until ends: (Int) -> Bool) -> Range<Int> {
        var end = verb + 1
        while end < Swift.min(count, verb + Self.longestRole), self[end].gap.isSpace, !ends(end) { end += 1 }
        return verb + 1..<end
    }
}
