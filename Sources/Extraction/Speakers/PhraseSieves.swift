import Language
import Wire

/// People, groups and documents without a name: their head phrase.
enum PhraseSieves {
    /// The phrase without determiner, participles and clauses, with an identifying of, for, from or at.
    static func headPhrase(_ scene: inout Scene, _ source: Source) -> Int? {
        let words = scene.words
        // A pronoun that nobody fits stays open.
        guard source.words.contains(where: { !words[$0].has(.small) }) else { return nil }
        var (first, end) = (source.first, source.cut)
        let counts =
            end < source.end && words[end].lower == "of"
            && (words[end - 1].has(.counter) || words[end - 1].lower == "all")
        if counts || words[first].lower == "all" {
            // "a number of senators": the senators
            let rest = Range.between(words[first].lower == "all" ? first + 1 : end + 1, source.end)
            if !rest.isEmpty { return headPhrase(&scene, Source(words: rest, cut: scene.cut(of: rest))) }
        }
        while first < end - 1, words[first].has(.determiner) || leading.contains(words[first].lower) {
            first += 1
        }
        let noun = head(first..<end, words)
        let border =
            Range.between(first + 1, noun + 1).first {
                isParticiple($0, words) || isTime($0, words) || isClause($0, words)
            } ?? noun + 1
        let isWhole = border == end
        end = border
        let type = type(of: first..<end, scene)
        // "Sources close to the inquiry"
        if end + 1 < source.end, words[end].lower == "close", words[end + 1].lower == "to", words[end + 1].gap.isSpace {
            end = identifiedEnd(after: end + 1, source, scene)
        } else if isWhole, end < source.end, identifies(words[end].lower, type, isOneWord: end == first + 1) {
            end = identifiedEnd(after: end, source, scene)
        }
        return unnamed(&scene, source, first..<max(end, first + 1), type)
    }

    /// Adjectives that tell nobody apart.
    private static let leading: Set<String> = ["estimated", "latest", "new", "own", "recent"]

    private static func head(_ range: Range<Int>, _ words: [Word]) -> Int {
        var noun = range.upperBound - 1
        while noun > range.lowerBound,
            [.adjective, .adverb, .verb, .auxiliary, .pronoun, .adposition].contains(words[noun].part),
            !words[noun].has(.noun)
        {
            noun -= 1
        }
        // "Not everyone"
        return words[noun].has(.small) ? range.upperBound - 1 : noun
    }

    /// A verb behind a noun begins a clause: "people living in Oslo", but not "leading experts".
    private static func isParticiple(_ index: Int, _ words: [Word]) -> Bool {
        let (before, word) = (words[index - 1], words[index])
        return (word.part == .verb || word.part == .auxiliary) && !word.has(.noun)
            && (before.part == .noun || before.part == .properNoun) && !before.isPossessive
            && (!word.lower.hasSuffix("ing") || before.lower.hasSuffix("s"))
    }

    /// "The form | his employer sent".
    private static func isClause(_ index: Int, _ words: [Word]) -> Bool {
        words[index].has(.determiner) && words[index - 1].part == .noun && !words[index - 1].isPossessive
            && words[index].gap.text == " "
    }

    /// "A departmental audit | last year".
    private static func isTime(_ index: Int, _ words: [Word]) -> Bool {
        words[index].name == .time && ["last", "this", "next"].contains(words[index].lower)
    }

    private static func identifies(_ link: String, _ type: Analysis.EntityType, isOneWord: Bool) -> Bool {
        switch type {
        case .document: link == "from" || link == "by"
        case .organization: ["of", "for", "from", "at", "in"].contains(link)
        case .group: ["of", "for", "from", "at"].contains(link) || link == "in" && isOneWord
        case .person: ["of", "for", "from", "at"].contains(link)
        default: false
        }
    }

    private static func identifiedEnd(after link: Int, _ source: Source, _ scene: Scene) -> Int {
        let words = scene.words
        var end = link + 1
        while end < source.end {
            let word = words[end]
            if word.gap.endsList || word.has(.relative) || word.part == .verb || word.part == .auxiliary { break }
            if word.has(.stop), word.lower != "of", word.lower != "and", scene.name(at: end) == nil { break }
            end += 1
        }
        while end > source.first + 1, words[end - 1].has(.small) { end -= 1 }
        return end
    }

    /// What the head of the phrase is by its meaning.
    ///
    /// Where that tells nothing or several things, it is what the model takes most of the phrase for.
    private static func type(of range: Range<Int>, _ scene: Scene) -> Analysis.EntityType {
        let words = scene.words
        // "The office | of the mayor", "a union | representing staff"
        let end = range.dropFirst().first { words[$0].has(.stop) || words[$0].part == .verb } ?? range.upperBound
        switch words[end - 1].classes.intersection(.noun) {
        case .body: return .organization
        case .document: return .document
        case .group: return .group
        case .person: return .person
        default: break
        }
        var total = SIMD8<Float>()
        for index in range { total += scene.pieces[words[index].piece].source }
        switch Reading.SourceKind.allCases.dropLast().max(by: { total[$0.rawValue] < total[$1.rawValue] }) {
        case .person: return .person
        case .organization: return .organization
        case .group: return .group
        case .document: return .document
        case .unknown, nil: return .other
        }
    }

    /// The entity of a phrase.
    static func unnamed(_ scene: inout Scene, _ source: Source, _ range: Range<Int>, _ type: Analysis.EntityType) -> Int
    {
        let words = scene.words
        if range.count > 1, let body = scene.cast.body(named: range.map { words[$0].lower }) { return body }
        var name = scene.text(range)
        let last = words[range.upperBound - 1]
        if last.isPossessive, range.upperBound < source.end {
            name = scene.document.text(from: words[range.lowerBound].place.lowerBound, to: last.place.upperBound + 2)
        }
        let keys = ["~"] + range.map { words[$0].lower }
        let cut = range.dropFirst().first { words[$0].has(.stop) } ?? range.upperBound
        let nouns: Set<String> = keys.contains("and") ? [] : [words[cut - 1].lower]
        // "Residents" are no body.
        let isPlural = words[cut - 1].lower.singular.map { SpeakerWordClass.of($0).contains(.person) } ?? false
        let type = type == .organization && isPlural && words[cut - 1].part == .noun ? .group : type
        let entity = scene.updateCast { cast in
            cast.unnamed(keys) { Cast.Entity(name: name, keys: keys, type: type, isNamed: false, nouns: nouns) }
        }
        scene.mean(entity, in: range)
        return entity
    }
}
