import Language
import Wire

/// Tells who the source of each attribution is: a name, a pronoun, a description or a text.
///
/// Passes over names, pronouns and attributions in the order of the text, each source through `sieves`; what is resolved is
/// itself a mention. The sieves look back over a bounded number of mentions, so the whole is linear in the text.
struct SpeakerResolver {
    /// The sieves in order; the first that answers decides, and `Fitted.speakers` knows how often each is right.
    private static let sieves: [(name: String, find: @Sendable (inout Scene, Source) -> Int?)] = [
        ("introduced", DescriptionSieves.introduced), ("relative", PronounSieves.relative),
        ("pronoun", PronounSieves.pronoun),
        ("aged", DescriptionSieves.aged), ("coordinated", GroupSieves.coordinated), ("name", NameSieves.head),
        ("apposition", NameSieves.apposition),
        ("body in apposition", NameSieves.bodyInApposition), ("owned document", DescriptionSieves.ownedDocument),
        ("statement", DescriptionSieves.statement), ("role holder", DescriptionSieves.roleHolder),
        ("same noun", DescriptionSieves.sameNoun), ("member", DescriptionSieves.member),
        ("body noun", DescriptionSieves.bodyNoun), ("described", DescriptionSieves.described),
        ("head phrase", PhraseSieves.headPhrase),
    ]

    private(set) var scene: Scene
    /// For each entity the stretches of words that mention it.
    private(set) var mentions: [Int: [Span]] = [:]

    init(_ scene: Scene) { self.scene = scene }

    private enum Event {
        case name(Int)
        case source(Int, Range<Int>)
        case pronoun
        /// "The mayor", who does not speak here.
        case description
        /// "Researchers at Oslo University", who do something here.
        case group
    }

    /// Who speaks, and how sure that is.
    struct Answer {
        var entity: Int
        /// The sieve that answered.
        var sieve: String
        /// From 0 to 1: the share of its answers that are right in the development articles.
        var confidence: Double { Fitted.speakers[sieve] ?? 0.5 }
    }

    /// The entity behind each attribution's source, or nil where it cannot be told.
    ///
    /// - Parameters:
    ///   - attributions: In the order of the text.
    ///   - outer: For each the attribution within whose words it stands.
    /// - Returns: One for each.
    mutating func resolve(_ attributions: [Attribution], within outer: [Int?]) -> [Answer?] {
        var speakers = [Answer?](repeating: nil, count: attributions.count)
        /// Who has a label in a transcript: the same throughout.
        var labelled: [String: Answer] = [:]
        for (word, event) in events(attributions) {
            switch event {
            case .name(let index): meet(scene.cast.names[index])
            case .pronoun:
                guard let entity = PronounSieves.best(&scene, at: word) else { continue }
                scene.mean(entity, in: word..<word + 1, replacing: true)
                scene.mention(entity, at: word)
                note(entity, word..<word + 1)
            case .description:
                let source = Source(words: word - 1..<word + 1, cut: word + 1)
                guard let entity = DescriptionSieves.roleHolder(&scene, source), scene.hasMet(entity) else { continue }
                scene.mention(entity, at: word)
            case .group:
                guard let entity = PhraseSieves.headPhrase(&scene, scene.phrase(around: word)) else { continue }
                scene.mention(entity, at: word, isTold: false)
            case .source(let index, let words):
                let source = Source(words: words, cut: scene.cut(of: words))
                let label =
                    attributions[index].isTurn ? scene.document.text(attributions[index].source).lowercased() : nil
                // "Li said he …" may be Li, but not “He …”.
                scene.speaking = outer[index].flatMap { outer in
                    words.contains { scene.words[$0].isQuoted } || attributions[outer].isTurn
                        ? speakers[outer]?.entity : nil
                }
                defer { scene.speaking = nil }
                let known =
                    label.flatMap { labelled[$0] ?? initials($0) } ?? reply(attributions, index, speakers)
                    ?? answer(source)
                guard let answer = known ?? label.map({ _ in self.label(source) }) else { continue }
                if let label { labelled[label] = answer }
                speakers[index] = answer
                let found = answer.entity
                scene.mean(found, in: source.first..<source.cut)
                scene.mention(found, at: source.end - 1)
                if words.allSatisfy({ scene.name(at: $0) == nil }) { note(found, source.first..<source.cut) }
                if outer[index] == nil { scene.speak(found) }
            }
        }
        for (old, new) in laterNames(attributions, speakers) {
            for index in speakers.indices where speakers[index]?.entity == old { speakers[index]?.entity = new }
            mentions[new, default: []] += mentions.removeValue(forKey: old) ?? []
        }
        for index in attributions.indices where attributions[index].isReply {
            let aloud = (0..<index).suffix(Self.exchange).map { outer[$0] == nil ? speakers[$0] : nil }
            speakers[index] = partner(in: aloud)
        }
        if let first = attributions.first(where: \.isAnswer), let entity = interviewee(before: first.start) {
            for index in attributions.indices where attributions[index].isAnswer {
                speakers[index] = Answer(entity: entity, sieve: "interviewee")
            }
        }
        for index in attributions.indices
        where speakers[index] == nil && attributions[index].cue.isEmpty && attributions[index].source.isEmpty
            && !attributions[index].isTurn
        {
            let (start, end) = (attributions[index].start, attributions[index].end)
            speakers[index] =
                introduced(before: start) ?? signed(behind: end)
                ?? continued(attributions, index, speakers) ?? spokenOf(before: start)
        }
        for (index, original) in RepeatedQuotes(scene.document).originals(of: attributions) {
            speakers[index] = speakers[index] ?? speakers[original]
        }
        // A label may stand in what looked like furniture.
        for index in attributions.indices where attributions[index].isTurn && speakers[index] == nil {
            let label = scene.document.text(attributions[index].source).lowercased()
            let name = label.prefix { $0 != "," && $0 != "(" }.split(separator: " ").last
            speakers[index] =
                labelled[label]
                ?? labelled.filter { $0.key.split(separator: " ").last == name }.min { $0.key < $1.key }?.value
        }
        // "She told me" within a woman's words is another one.
        for (index, outer) in outer.enumerated() {
            guard let outer, let own = speakers[index], own.entity == speakers[outer]?.entity, own.sieve == "pronoun",
                let first = scene.range(of: attributions[index].source).first, scene.words[first].isQuoted,
                scene.words[first].has([.male, .female])
            else { continue }
            speakers[index] = nil
        }
        // "I" is whoever is speaking.
        for (index, outer) in outer.enumerated() {
            let source = scene.range(of: attributions[index].source)
            guard let outer, source.count == 1, scene.words[source.lowerBound].has([.speaking, .speakingPlural]) else {
                continue
            }
            speakers[index] = speakers[outer]
        }
        return speakers
    }

    /// Whoever the short sentence before a quotation in its paragraph is about: Li disagreed. “It is late.”
    private func introduced(before offset: Int) -> Answer? {
        let end = scene.range(of: [Span(offset, offset + 1)]).lowerBound
        guard end > 0, end < scene.words.count, scene.words[end].paragraph == scene.words[end - 1].paragraph else {
            return nil
        }
        let sentence = scene.words[end - 1].sentence
        var first = end - 1
        while first > 0, scene.words[first - 1].sentence == sentence, end - first <= Self.introduction { first -= 1 }
        guard end - first <= Self.introduction else { return nil }
        if first > 0, scene.words[first].has(.shortTitle) { first += 1 }
        let name = scene.name(at: first)
        let others = (first..<end).contains { scene.name(at: $0).map { $0.entity != name?.entity } ?? false }
        guard let name, let entity = name.entity, scene.entity(entity).type == .person, !others, name.end < end,
            scene.words[name.end].part == .verb || scene.words[name.end].part == .auxiliary
        else { return nil }
        return Answer(entity: entity, sieve: "introduced")
    }

    /// Whoever signs a quotation behind a dash, as letters to the editor are signed.
    private func signed(behind offset: Int) -> Answer? {
        let next = scene.range(of: [Span(offset, offset + 1)]).upperBound
        guard next < scene.words.count, scene.words[next].gap.hasDash, !scene.words[next].gap.text.contains("\n"),
            let name = scene.name(at: next), name.kind == .person, let entity = name.entity,
            name.end == scene.words.count || !scene.words[name.end].gap.isSpace
                || scene.words[name.end].gap.text.contains("\n")
        else { return nil }
        return Answer(entity: entity, sieve: "introduced")
    }

    /// Who spoke right before, in the same paragraph or in one whose quotation is left open.
    private func continued(_ attributions: [Attribution], _ index: Int, _ speakers: [Answer?]) -> Answer? {
        let start = attributions[index].start
        let near = Range.between(max(0, index - 6), index).filter { attributions[$0].end <= start }
        guard let before = near.max(by: { attributions[$0].end < attributions[$1].end }),
            let speaker = speakers[before]?.entity, Mark(scene.document.scalars[start]) != nil,
            let last = attributions[before].content.last, Mark(scene.document.scalars[last.start]) != nil
        else { return nil }
        let gap = scene.document.scalars[attributions[before].end..<start]
        guard gap.allSatisfy({ $0.properties.isWhitespace || Mark($0) != nil || [".", "!", "?"].contains($0) }) else {
            return nil
        }
        let isNew = gap.contains("\n")
        let isClosed =
            gap.contains { Mark($0) != nil } || Mark(scene.document.scalars[attributions[before].end - 1]) != nil
        return isNew && isClosed ? nil : Answer(entity: speaker, sieve: "introduced")
    }

    /// Whoever does what the sentence before a quotation's paragraph tells: Li watched her roof land on the beach.
    private func spokenOf(before offset: Int) -> Answer? {
        guard Mark(scene.document.scalars[offset]) != nil else { return nil }
        let end = scene.range(of: [Span(offset, offset + 1)]).lowerBound
        guard end > 0, end < scene.words.count, scene.words[end].paragraph == scene.words[end - 1].paragraph + 1,
            !scene.words[end - 1].isQuoted
        else { return nil }
        let sentence = scene.words[end - 1].sentence
        let first = scene.words.partitioningIndex { $0.sentence >= sentence }
        let subject = (first..<end).first { index in
            let word = scene.words[index]
            return word.relation == "nsubj" && word.head.map { scene.words[$0].head == nil } ?? false
        }
        guard let subject else { return nil }
        // "Retired nurse | Ann Li | was washing up"
        let named = Range.between(subject + 1, end).prefix {
            scene.words[$0].head == subject || scene.name(at: $0) != nil
        }
        .first { scene.name(at: $0)?.kind == .person }
        guard let entity = named.flatMap({ scene.meaning(of: $0) }) ?? scene.meaning(of: subject),
            scene.entity(entity).type == .person
        else { return nil }
        return Answer(entity: entity, sieve: "introduced")
    }

    /// The longest sentence that introduces a quotation, in words.
    private static let introduction = 8

    /// Whoever a headline calls by a noun that the text says more of: "police" are the Kent Police that speak later.
    private func laterNames(_ attributions: [Attribution], _ speakers: [Answer?]) -> [(Int, Int)] {
        var found: [(Int, Int)] = []
        // A text without a headline may be one paragraph of any length.
        for index in attributions.indices.prefix(Self.headline) {
            guard let word = scene.range(of: attributions[index].source).first, scene.words[word].paragraph == 0,
                let speaker = speakers[index]?.entity, !found.contains(where: { $0.0 == speaker })
            else { continue }
            let short = scene.entity(speaker)
            guard !short.isNamed, let noun = short.keys.last, short.keys.first == "~" else { continue }
            // "Nurse denies it" is not the nurse who saw it.
            let cue = scene.words[scene.range(of: attributions[index].cue)]
            if short.type == .person, !SpeakerWordClass.of(noun).contains(.title), DescriptionSieves.isDefence(cue) {
                continue
            }
            let bodies = Set(speakers[index...].compactMap { $0?.entity }).filter {
                scene.entity($0).isNamed && scene.entity($0).type == .organization && !scene.entity($0).isPlace
            }
            // "Airline says no data leaked" of the only body that speaks
            if SpeakerWordClass.of(noun).contains(.business), bodies.count == 1, let only = bodies.first {
                found.append((speaker, only))
                continue
            }
            let later = speakers[index...].lazy.compactMap { $0?.entity }.first { other in
                let full = scene.entity(other)
                return other != speaker && full.type == short.type && full.nouns.contains(noun)
                    && !["all", "many", "most", "several", "some"].contains(full.keys.dropFirst().first)
                    && (full.isNamed && short.keys.count == 2
                        || full.keys.count > short.keys.count && short.keys.allSatisfy(full.keys.contains))
            }
            if let later { found.append((speaker, later)) }
        }
        return found
    }

    /// Whoever the quote right before is addressed to, where this one replies to it.
    ///
    /// “Did you know?” Li asked Holt. “No,” she replied.
    private func reply(_ attributions: [Attribution], _ index: Int, _ speakers: [Answer?]) -> Answer? {
        let source = scene.range(of: attributions[index].source)
        guard index > 0, source.count == 1, let word = source.first, scene.words[word].has([.male, .female]),
            !scene.words[word].isQuoted, let speaker = speakers[index - 1]?.entity,
            scene.words[scene.range(of: attributions[index].cue)].contains(where: { Self.replying.contains($0.lower) })
        else { return nil }
        let cue = scene.range(of: attributions[index - 1].cue)
        guard !cue.isEmpty, cue.upperBound < word,
            scene.words[word].sentence - scene.words[cue.lowerBound].sentence <= 2
        else { return nil }
        let gender: Gender = scene.words[word].has(.male) ? .masculine : .feminine
        let listener = Range.between(cue.upperBound, min(word, cue.upperBound + Self.address))
            .prefix { scene.words[$0].sentence == scene.words[cue.lowerBound].sentence && !scene.words[$0].isQuoted }
            .first { scene.name(at: $0)?.kind == .person }
        guard let entity = listener.flatMap({ scene.name(at: $0)?.entity }), entity != speaker,
            scene.entity(entity).gender ?? gender == gender
        else { return nil }
        return Answer(entity: entity, sieve: "reply")
    }

    private static let replying: Set<String> = [
        "answered", "answers", "countered", "replied", "replies", "responded", "responds", "retorted", "retorts",
    ]
    /// How far behind the cue whoever is spoken to begins, in words: "told the young councillor | Ann Li".
    private static let address = 4

    /// Who spoke last before whoever asks, within a few quotes.
    private func partner(in speakers: [Answer?]) -> Answer? {
        guard let asking = speakers.last.flatMap({ $0 })?.entity else { return nil }
        let other = speakers.compactMap { $0?.entity }.last {
            $0 != asking && scene.entity($0).type == .person
        }
        return other.map { Answer(entity: $0, sieve: "reply") }
    }

    /// The most quotes that a headline holds.
    private static let headline = 8

    /// How far back the other one of two who speak in turn is looked for, in quotes.
    private static let exchange = 6

    /// Whoever a label such as "HOST" stands for, if it is no name.
    private mutating func label(_ source: Source) -> Answer {
        Answer(entity: PhraseSieves.unnamed(&scene, source, source.words, .person), sieve: "head phrase")
    }

    /// The first person with such initials: NH for Noor Halvorsen.
    private func initials(_ label: String) -> Answer? {
        guard (2...4).contains(label.count) else { return nil }
        return scene.cast.entities.firstIndex { entity in
            entity.type == .person && entity.isNamed && String(entity.keys.compactMap(\.first)) == label
        }.map { Answer(entity: $0, sieve: "name") }
    }

    /// Whom an interview introduces: the person named most often before it begins, the first of several.
    private func interviewee(before offset: Int) -> Int? {
        var counts: [Int: Int] = [:]
        var best: Int?
        for name in scene.cast.names where scene.words[name.first].place.lowerBound < offset {
            guard let entity = name.entity, scene.entity(entity).type == .person else { continue }
            counts[entity, default: 0] += 1
            if best.map({ counts[entity, default: 0] > counts[$0, default: 0] }) ?? true { best = entity }
        }
        return best
    }

    private mutating func answer(_ source: Source) -> Answer? {
        let principals = scene.principals(in: source)
        for (name, find) in Self.sieves {
            if let entity = find(&scene, source), !principals.contains(entity) {
                return Answer(entity: entity, sieve: name)
            }
        }
        return nil
    }

    /// What happens, in the order of the text; of what happens at one word, names come before sources.
    private func events(_ attributions: [Attribution]) -> [(word: Int, event: Event)] {
        var events: [(word: Int, order: Int, event: Event)] = []
        var inSource = Set<Int>()
        for (index, attribution) in attributions.enumerated() {
            let source = scene.whole(scene.range(of: attribution.source))
            // Whoever spoke last is right for one quotation without a source in six: better nobody.
            if source.isEmpty { continue }
            events.append((source.lowerBound, 1, .source(index, source)))
            inSource.formUnion(source)
        }
        for (index, name) in scene.cast.names.enumerated() { events.append((name.first, 0, .name(index))) }
        for (index, word) in scene.words.enumerated()
        where index > 0 && scene.words[index - 1].lower == "the" && word.gap.text == " " && word.has([.person, .title])
            && !word.isCapital && !word.isQuoted && !inSource.contains(index)
        {
            events.append((index, 3, .description))
        }
        for (index, word) in scene.words.enumerated()
        where word.has([.male, .female]) && !word.isQuoted && !inSource.contains(index) {
            events.append((index, 3, .pronoun))
        }
        for (index, word) in scene.words.enumerated()
        where word.part == .noun && word.relation.hasPrefix("nsubj") && !word.isQuoted && !inSource.contains(index)
            && scene.name(at: index) == nil
            && word.lower.singular.map({ SpeakerWordClass.of($0).contains(.person) || word.mention == .person })
                ?? false
        {
            events.append((index, 3, .group))
        }
        return events.enumerated()
            .sorted { ($0.element.word, $0.element.order, $0.offset) < ($1.element.word, $1.element.order, $1.offset) }
            .map { ($0.element.word, $0.element.event) }
    }

    private mutating func meet(_ name: Name) {
        guard let entity = name.entity else { return }
        scene.mean(entity, in: name.words, replacing: true)
        // "A Japanese journal" is no word of a body called Japanese.
        let isAdjective = name.kind != .person && scene.words[name.end - 1].part == .adjective
        if !scene.words[name.first].isQuoted, !isAdjective { scene.mention(entity, at: name.first) }
        note(entity, name.words)
    }

    private mutating func note(_ entity: Int, _ words: Range<Int>) {
        let span = Span(
            scene.words[words.lowerBound].place.lowerBound, scene.words[words.upperBound - 1].place.upperBound)
        if mentions[entity]?.contains(span) != true { mentions[entity, default: []].append(span) }
    }
}
