import Language
import Wire

/// The mention of whoever says something, in words.
struct Source {
    /// Its words; empty where a quotation has none.
    var words: Range<Int>
    /// Where its first part ends: before a comma, a preposition or a clause.
    var cut: Int

    var first: Int { words.lowerBound }
    var end: Int { words.upperBound }
}

/// What the sieves look at, and what is known so far.
struct Scene {
    /// Someone spoken of.
    struct Mention {
        var word: Int
        var entity: Int
        /// Says something, or is named.
        var isTold = true
    }

    let document: Document
    let pieces: [Reading.Labels]
    let words: [Word]
    private(set) var cast: Cast
    /// For each word whom it means, once that is known.
    private var meant: [Int?]
    /// For each word the name that it belongs to.
    private let nameAt: [Int?]
    /// For each piece its word.
    private let wordOf: [Int?]
    /// Who was spoken of so far, in the order of the text.
    private(set) var mentions: [Mention] = []
    /// For each entity the word where it was spoken of first.
    private var met: [Int: Int] = [:]
    private(set) var lastSpeaker: Int?
    private(set) var lastPerson: Int?
    /// Within whose words the sieves look: "he" is somebody else there.
    var speaking: Int?

    init(_ document: Document, _ reading: Reading, without furniture: Furniture) {
        self.document = document
        pieces = reading.pieces
        let words = WordFinder.words(in: document, reading, without: furniture)
        cast = .joining(NameFinder.names(in: words), words, in: document)
        var nameAt = [Int?](repeating: nil, count: words.count)
        for (index, name) in cast.names.enumerated() {
            for word in name.words { nameAt[word] = index }
        }
        self.nameAt = nameAt
        var wordOf = [Int?](repeating: nil, count: pieces.count)
        for (index, word) in words.enumerated() {
            let stop = index + 1 < words.count ? words[index + 1].piece : pieces.count
            for piece in Range.between(word.piece, stop) { wordOf[piece] = index }
        }
        self.wordOf = wordOf
        self.words = words
        meant = [Int?](repeating: nil, count: words.count)
    }

    /// The words that some spans touch.
    func range(of spans: [Span]) -> Range<Int> {
        guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max() else { return 0..<0 }
        let first = words.partitioningIndex { $0.place.upperBound > start }
        return .between(first, words.partitioningIndex { $0.place.lowerBound >= end })
    }

    /// Some words with the whole of the names that they begin and end within, and with the noun of "from her own director".
    func whole(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first, let last = range.last else { return range }
        let (start, end) = (name(at: first)?.first ?? first, name(at: last)?.end ?? range.upperBound)
        if start < first || end > range.upperBound { return min(start, first)..<max(end, range.upperBound) }
        guard range.count == 1, words[first].has(.possessive), first > 0,
            ["by", "from"].contains(words[first - 1].lower)
        else { return range }
        var noun = first + 1
        while noun + 1 < words.count, words[noun].gap.text == " ", [.adjective, .noun].contains(words[noun].part),
            words[noun + 1].part == .noun, words[noun + 1].gap.text == " "
        {
            noun += 1
        }
        guard noun < words.count, words[noun].gap.text == " ",
            words[noun].has(.person) || words[noun].mention == .person
        else { return range }
        return first..<noun + 1
    }

    func entity(_ number: Int) -> Cast.Entity { cast.entities[number] }

    /// The name that the word at `index` belongs to, or nil; the index may lie outside the text.
    func name(at index: Int) -> Name? {
        guard words.indices.contains(index), let name = nameAt[index] else { return nil }
        return cast.names[name]
    }

    /// Names that begin in the source, without those that only own something, or for whom or as whose somebody else speaks.
    func names(in source: Source) -> [Name] {
        named(in: source).filter {
            (!$0.isPossessive || $0.end >= source.end) && !isPrincipal($0, in: source)
        }
    }

    /// Those for whom or as whose somebody else speaks.
    func principals(in source: Source) -> [Int] {
        named(in: source).filter { isPrincipal($0, in: source) }.compactMap(\.entity)
    }

    private func named(in source: Source) -> [Name] {
        var found: [Name] = []
        var at = source.first
        while at < source.end {
            guard let name = name(at: at), name.first >= source.first else {
                at += 1
                continue
            }
            found.append(name)
            at = name.end
        }
        return found
    }

    /// Whether another speaks for somebody, or is only told by them: "a lawyer representing Governor | Ann Li", "the wife of Bo Ek".
    private func isPrincipal(_ name: Name, in source: Source) -> Bool {
        guard name.kind == .person else { return false }
        var start = name.title ?? name.first
        func isOffice(_ index: Int) -> Bool { words[index].isCapital && words[index].has([.title, .person]) }
        // "District Attorney": what stands before an office belongs to it.
        while start > source.first + 2, words[start].gap.isSpace,
            isOffice(start - 1) || words[start - 1].isCapital && (isOffice(start) || name.title == start)
        {
            start -= 1
        }
        guard start > source.first + 1, words[start].gap.isSpace, words[start - 1].gap.isSpace else { return false }
        return SpeakerWords.principalCues.contains(words[start - 1].lower)
            && SpeakerWords.goBetweens.contains(words[start - 2].lower)
    }

    /// How likely the model holds each entity for what a pronoun or description means.
    func antecedents(of word: Int) -> [Int: Float] {
        var found: [Int: Float] = [:]
        for antecedent in pieces[words[word].piece].antecedents {
            guard let word = wordOf[antecedent.piece], let entity = meant[word] else { continue }
            found[entity, default: 0] += antecedent.probability
        }
        return found
    }

    /// The text of some words.
    func text(_ range: Range<Int>) -> String {
        document.text(from: words[range.lowerBound].place.lowerBound, to: words[range.upperBound - 1].place.upperBound)
    }

    /// The phrase that a noun heads, with what stands behind it in its sentence.
    func phrase(around noun: Int) -> Source {
        var start = noun
        while start > 0, words[start].gap.text == " ", words[start - 1].sentence == words[noun].sentence,
            [.noun, .adjective, .numeral, .determiner].contains(words[start - 1].part)
        {
            start -= 1
        }
        let end = words.partitioningIndex { $0.sentence > words[noun].sentence }
        return Source(words: start..<end, cut: noun + 1)
    }

    /// Where the first part of a source ends.
    func cut(of range: Range<Int>) -> Int {
        let based = base(of: range) ?? range.lowerBound
        for index in range.dropFirst() where index > based {
            if let name = name(at: index), name.first < index { continue }
            if words[index].gap.endsPhrase || words[index].has(.stop) || words[index].lower == "not"
                || words[index].lower.hasSuffix("self")
            {
                return index
            }
        }
        return range.upperBound
    }

    /// Where some words end to tell where a body is, or nil where they do not: "the Moline, Illinois-based | company".
    func base(of range: Range<Int>) -> Int? {
        let last = range.first { words[$0].lower.hasSuffix("-based") }
        return last.flatMap { $0 > range.lowerBound + 1 && words[$0].gap.text == ", " ? $0 : nil }
    }

    // MARK: - What becomes known

    mutating func updateCast<Result>(_ body: (inout Cast) -> Result) -> Result { body(&cast) }

    /// Whether a body only tells where those work who do something: "Doctors at | Leith Hospital | treated 40 people".
    func isModifier(_ mention: Mention) -> Bool {
        guard let name = name(at: mention.word), name.kind != .person, name.first > 1,
            let group = mentions.last(where: { $0.word < mention.word }), !group.isTold,
            words[group.word].sentence == words[name.first].sentence
        else { return false }
        return Range.between(group.word + 1, name.first).allSatisfy {
            words[$0].gap.text == " " && words[$0].part != .verb && words[$0].part != .auxiliary
        }
    }

    /// Someone is spoken of at `word`.
    mutating func mention(_ entity: Int, at word: Int, isTold: Bool = true) {
        mentions.append(Mention(word: word, entity: entity, isTold: isTold))
        if met[entity] == nil { met[entity] = word }
    }

    /// Whether who is spoken of does what the sentence tells, or begins it.
    func isSubject(_ mention: Mention) -> Bool {
        let range = name(at: mention.word)?.words ?? mention.word..<mention.word + 1
        return range.contains { words[$0].relation.hasPrefix("nsubj") }
    }

    /// Whether somebody is named for the first time, in a sentence that speaks of nobody else; a relative is somebody else's.
    func introduces(_ mention: Mention) -> Bool {
        guard met[mention.entity] == mention.word, let name = name(at: mention.word), name.keys.count > 1,
            !words.kinship(of: name).isRelative
        else { return false }
        let sentence = words[mention.word].sentence
        return mentions.reversed().prefix { words[$0.word].sentence >= sentence }.allSatisfy { other in
            words[other.word].sentence > sentence || other.entity == mention.entity
                || entity(other.entity).type != .person
        }
    }

    /// Whether someone was spoken of before.
    func hasMet(_ entity: Int) -> Bool { met[entity] != nil }

    /// The words of `range` that mean nobody yet mean `entity`.
    mutating func mean(_ entity: Int, in range: Range<Int>, replacing: Bool = false) {
        for index in range where replacing || meant[index] == nil { meant[index] = entity }
    }

    /// Whom the word at `index` means, or nil where that is not known.
    func meaning(of index: Int) -> Int? { meant[index] }

    /// Someone speaks.
    mutating func speak(_ entity: Int) {
        lastSpeaker = entity
        if cast.entities[entity].type == .person { lastPerson = entity }
    }
}
