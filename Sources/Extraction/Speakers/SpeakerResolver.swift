import Wire

/// Tells who the source of each quote is: a name, a pronoun, a description or a text.
///
/// Goes through the narration once from the start and remembers, sentence by sentence, who was spoken of.
struct SpeakerResolver {
    private let document: Document
    private(set) var cast: Cast
    /// Persons of the last sentences, the nearest sentence last; few are kept.
    private var recent: [[Int]] = []
    /// The last body that spoke or was named, and the number of the sentence.
    private var lastOrganization: (member: Int, sentence: Int)?
    private var sentence = 0
    private var lastGroup: Int?
    private var lastDocumentOwner: Int?
    /// Who was last called by each role: "the minister".
    private var byRole: [String: Int] = [:]

    /// How many sentences back a pronoun reaches.
    private static let memory = 6

    init(_ document: Document, _ cast: Cast) {
        self.document = document
        self.cast = cast
    }

    /// The member of the cast behind each attribution's source, or nil where it cannot be told.
    mutating func resolve(_ attributions: [Attribution], sentences: [Sentence], quotations: [Quotation]) -> [Int?] {
        var sources: [Int: [Int]] = [:]
        /// Quotes without a source, by the token where they start.
        var unsourced: [Int: Int] = [:]
        for (index, attribution) in attributions.enumerated() {
            if attribution.source.isEmpty, let token = document.token(at: attribution.start) {
                unsourced[token] = index
            }
            if let source = attribution.source.first, let token = document.token(at: source.start) {
                sources[token, default: []].append(index)
            }
        }
        var speakers = [Int?](repeating: nil, count: attributions.count)
        var mention = 0
        for (number, sentence) in sentences.enumerated() {
            self.sentence = number
            recent.append([])
            if recent.count > SpeakerResolver.memory { recent.removeFirst() }
            for unit in sentence.units {
                guard case .token(let index) = unit else {
                    if case .quotation(let quotation) = unit,
                        let attribution = unsourced[quotations[quotation].tokens.lowerBound]
                    {
                        speakers[attribution] = lastSpokenOf()
                    }
                    continue
                }
                while mention < cast.mentions.count, cast.mentions[mention].tokens.lowerBound < index { mention += 1 }
                // A source is resolved before its own name counts as mentioned.
                for attribution in sources[index] ?? [] {
                    guard let span = attributions[attribution].source.first else { continue }
                    speakers[attribution] = speaker(of: span, from: index, mention)
                }
                if mention < cast.mentions.count, cast.mentions[mention].tokens.lowerBound == index {
                    remember(cast.mentions[mention].member)
                } else if document.tokens[index].has([.masculine, .feminine]), sources[index] == nil,
                    let member = person(for: document.tokens[index])
                {
                    remember(member)
                }
            }
        }
        return speakers
    }

    private mutating func remember(_ member: Int) {
        let entry = cast.members[member]
        switch entry.type {
        case .person, nil:
            if recent.isEmpty { recent.append([]) }
            if recent[recent.count - 1].count < 4, !recent[recent.count - 1].contains(member) {
                recent[recent.count - 1].append(member)
            }
            if let role = entry.role?.split(separator: " ").last { byRole[role.lowercased()] = member }
        case .organization: lastOrganization = (member, sentence)
        case .group: lastGroup = member
        default: break
        }
    }

    private mutating func speaker(of span: Span, from start: Int, _ mention: Int) -> Int? {
        var end = start
        while end < document.tokens.count, Int(document.tokens[end].start) < span.end { end += 1 }
        let range = Range.between(start, end)
        let first = document.tokens[start]
        if range.count == 1, first.isPronounSubject, !first.has(.determiner) || first.has([.masculine, .feminine]) {
            return pronoun(first, at: start)
        }
        let head = headEnd(range)
        let named = cast.mentions[mention...].prefix { $0.tokens.lowerBound < end }.filter { !$0.isPossessive }
        if let person = named.last(where: { $0.tokens.upperBound == head })
            ?? named.first(where: { isNameOf(range, head, $0) })
        {
            return joint(range, head, named.map(\.member)) ?? spoke(person.member)
        }
        return described(
            range, head, span, owner: cast.mentions[mention...].prefix(1).first { $0.tokens.lowerBound < head }?.member)
    }

    /// "Biden and Trump": more than one speaks, so the two together do.
    private mutating func joint(_ range: Range<Int>, _ head: Int, _ named: [Int]) -> Int? {
        guard named.count > 1, range.lowerBound < head,
            Range.between(range.lowerBound, range.upperBound).contains(where: {
                document.word(document.tokens[$0]) == "and"
            }),
            Range.between(range.lowerBound, head).contains(where: { document.tokens[$0].has(.coordinator) }),
            let span = document.span(range)
        else { return nil }
        return cast.unnamed(document.text(withoutArticle(span, range)), .group)
    }

    private mutating func spoke(_ member: Int) -> Int {
        if cast.members[member].type == nil { cast.learn(.person, of: member) }
        if cast.members[member].type == .place { lastOrganization = (member, sentence) } else { remember(member) }
        return member
    }

    /// A name in apposition: "the team's coach, Ann Li", or "Ann Li, the coach".
    private func isNameOf(_ range: Range<Int>, _ head: Int, _ mention: Cast.Mention) -> Bool {
        guard cast.members[mention.member].type != .place else { return false }
        if mention.tokens.lowerBound == range.lowerBound { return mention.tokens.upperBound >= head }
        if mention.tokens.upperBound == range.upperBound,
            document.tokens[.between(range.lowerBound, head)].contains(where: { $0.has(.role) })
        {
            return true
        }
        let before = document.tokens[mention.tokens.lowerBound - 1]
        return (before.isComma || before.has(.role))
            && document.tokens[.between(range.lowerBound, mention.tokens.lowerBound)].contains { $0.has(.role) }
    }

    /// The end of the noun phrase's first part, before a comma, a preposition or a clause.
    private func headEnd(_ range: Range<Int>) -> Int {
        for index in range.dropFirst() {
            let token = document.tokens[index]
            if token.isComma || token.isSign("(") || token.isDash && token.shape.contains(.spaceBefore) { return index }
            if !token.isCapitalized, token.has([.preposition, .relative, .subordinator]), !token.has(.role) {
                // "University of Oslo" is one name.
                if index + 1 < range.upperBound, cast.mentions.contains(spanning: index) { continue }
                return index
            }
        }
        return range.upperBound
    }

    private mutating func described(_ range: Range<Int>, _ head: Int, _ span: Span, owner: Int?) -> Int? {
        guard head > range.lowerBound else { return nil }
        let noun = document.tokens[head - 1]
        let isDefinite = document.word(document.tokens[range.lowerBound]) == "the"
        if noun.has(.document), !noun.has(.role) {
            if let owner, cast.members[owner].type != .person {
                lastDocumentOwner = owner
                return owner
            }
            if isDefinite, range.count == 2, let lastDocumentOwner { return lastDocumentOwner }
        }
        if isDefinite, range.count <= 3, let known = byRole[document.word(noun)] { return known }
        let name = document.text(withoutArticle(span, range))
        let member = cast.unnamed(name, type(of: range, noun))
        if cast.members[member].type == .group { lastGroup = member }
        if cast.members[member].type == .organization { lastOrganization = (member, sentence) }
        cast.refer(to: member, at: span)
        return member
    }

    private func type(of range: Range<Int>, _ noun: Token) -> Analysis.EntityType {
        if noun.has(.organization) { return .organization }
        if noun.has(.group) || noun.has(.role) && noun.shape.contains(.plural) { return .group }
        if noun.has(.role) { return .person }
        if noun.has(.document) { return .document }
        if noun.isCapitalized { return .organization }
        return noun.shape.contains(.plural) || document.tokens[range].contains { $0.has(.numberWord) } ? .group : .other
    }

    private func withoutArticle(_ span: Span, _ range: Range<Int>) -> Span {
        let word = document.word(document.tokens[range.lowerBound])
        guard range.count > 1, word == "the" || word == "a" || word == "an" else { return span }
        return Span(Int(document.tokens[range.lowerBound + 1].start), span.end)
    }

    private mutating func pronoun(_ token: Token, at index: Int) -> Int? {
        if token.has([.masculine, .feminine]) {
            guard let member = person(for: token) else { return nil }
            cast.refer(to: member, at: token.span)
            return spoke(member)
        }
        if token.has(.relative) { return antecedent(of: index) }
        if token.has(.plural) { return lastGroup }
        if token.has(.neuter) {
            return lastOrganization.flatMap { sentence - $0.sentence <= 2 ? $0.member : nil }
        }
        return nil
    }

    /// Who the sentence before a quote without a cue is about, if it names one person alone.
    private func lastSpokenOf() -> Int? {
        let persons = (recent.dropLast().last ?? []).filter { cast.members[$0].type == .person }
        return persons.count == 1 ? persons[0] : nil
    }

    /// The nearest sentence's first person of the right gender.
    private mutating func person(for token: Token) -> Int? {
        let gender: Gender = token.has(.feminine) ? .feminine : .masculine
        for sentence in recent.reversed() {
            let candidates = sentence.filter { cast.members[$0].gender == gender || cast.members[$0].gender == nil }
            let sure = candidates.first { cast.members[$0].type == .person }
            if let member = sure ?? candidates.first {
                cast.learn(gender, of: member)
                cast.learn(.person, of: member)
                return member
            }
        }
        return nil
    }

    /// The name right before "who".
    private func antecedent(of index: Int) -> Int? {
        let before = index > 0 && document.tokens[index - 1].isComma ? index - 1 : index
        return cast.mentions.ending(at: before)
    }
}

extension Document {
    /// The token that starts at `offset` or is the first behind it.
    func token(at offset: Int) -> Int? {
        let index = tokens.partitioningIndex { Int($0.start) >= offset }
        return index < tokens.count ? index : nil
    }
}

extension [Cast.Mention] {
    private func firstIndex(endingAfter token: Int) -> Int {
        partitioningIndex { $0.tokens.upperBound > token }
    }

    /// Whether a mention covers `token`.
    func contains(spanning token: Int) -> Bool {
        let index = firstIndex(endingAfter: token)
        return index < count && self[index].tokens.contains(token)
    }

    /// The member whose mention ends right before `token`.
    func ending(at token: Int) -> Int? {
        let index = firstIndex(endingAfter: token - 1)
        guard index < count, self[index].tokens.upperBound == token else { return nil }
        return self[index].member
    }
}
