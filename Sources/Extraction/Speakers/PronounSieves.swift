import Language
import Wire

/// "She", "who": the likeliest of those spoken of before.
enum PronounSieves {
    /// What speaks for a candidate, beside the model's probability.
    private static let weight = (
        speaker: Float(0.35), near: Float(0.3), gender: Float(1.2), agreement: Float(0.1), group: Float(0.2),
        subject: Float(0.2), unnamed: Float(0.6), introduced: Float(1)
    )
    /// How many mentions back a pronoun reaches.
    private static let reach = 40

    /// "Who", "which": the phrase right before.
    static func relative(_ scene: inout Scene, _ source: Source) -> Int? {
        let end = source.first
        guard source.words.count == 1, end > 0, scene.words[end].has(.relative), !scene.words[end].isUpper else {
            return nil
        }
        let isBody = scene.words[end].lower == "which"
        let wanted: Analysis.EntityType = isBody ? .organization : .person
        let mention: Reading.MentionKind = isBody ? .organization : .person
        var start = end - 1
        while start > 0, end - start < 14, scene.words[start].sentence == scene.words[end].sentence,
            !scene.words[start].isQuoted
        {
            let word = scene.words[start]
            let name = scene.name(at: start)
            if let name, let entity = name.entity, scene.entity(entity).type == wanted,
                start + 1 == end || !name.isPossessive
            {
                return entity
            }
            if word.isPlainVerb, !word.has(.person) { break }
            if word.part == .noun, word.mention == mention || word.has([.person, .group]) {
                let noun = start
                while start > 0, scene.words[start].gap.isOne(of: [" ", "-"]), !scene.words[start - 1].has(.stop),
                    [.noun, .adjective, .properNoun, .numeral, .determiner].contains(scene.words[start - 1].part)
                {
                    start -= 1
                }
                // "Ann Li, a marine ecologist, who"
                if scene.words[start].gap.text == ", ", let name = scene.name(at: start - 1), let entity = name.entity,
                    scene.entity(entity).type == wanted
                {
                    return entity
                }
                return PhraseSieves.headPhrase(&scene, Source(words: start..<end, cut: noun + 1))
            }
            start -= 1
        }
        return nil
    }

    /// "He", "she", "they", "it": by the model, by nearness, by gender.
    static func pronoun(_ scene: inout Scene, _ source: Source) -> Int? {
        let word = scene.words[source.first]
        // "I" within somebody's words
        if word.has(.speaking), source.words.count == 1 { return word.isQuoted ? scene.lastPerson : nil }
        guard word.has([.male, .female, .plural, .neuter]),
            source.words.count == 1 || ["own", "both", "all"].contains(scene.words[source.end - 1].lower)
        else { return nil }
        if let found = best(&scene, at: source.first) { return found }
        guard word.has([.male, .female]), !word.isQuoted else { return nil }
        // Nobody yet: the next to be named.
        for index in source.first..<min(source.first + reach, scene.words.count) {
            if scene.words[index].isQuoted { continue }
            if let name = scene.name(at: index), name.kind == .person { return name.entity }
        }
        return nil
    }

    /// The best candidate for the pronoun at `index`, or nil.
    static func best(_ scene: inout Scene, at index: Int, isPerson: Bool = false) -> Int? {
        let here = scene.words[index]
        let gender: Gender? = here.has(.male) ? .masculine : here.has(.female) ? .feminine : nil
        let model = scene.antecedents(of: index)
        var best: (entity: Int, score: Float)?
        var seen = Set<Int>()
        for mention in scene.mentions.suffix(reach).reversed()
        where mention.word < index && mention.entity != scene.speaking {
            guard seen.insert(mention.entity).inserted else { continue }
            let entity = scene.entity(mention.entity)
            let sentences = here.sentence - scene.words[mention.word].sentence
            var score = (model[mention.entity] ?? 0) + weight.near / Float(1 + max(0, sentences))
            if mention.entity == scene.lastSpeaker, !isPerson {
                score += weight.speaker
                // "A worker, who asked not to be named, said …. “Everybody knew,” he said."
                if gender != nil, !entity.isNamed, sentences == 1, scene.words[mention.word].paragraph == here.paragraph
                {
                    score += weight.unnamed
                }
            }
            // "Next came Ann Li, a nurse. “It is late,” she said."
            if let gender, entity.gender ?? gender == gender, sentences == 1, scene.introduces(mention) {
                score += weight.introduced
            }
            if let gender {
                guard entity.type == .person else { continue }
                if let known = entity.gender { score += known == gender ? weight.agreement : -weight.gender }
            } else if isPerson {
                guard entity.type == .person, entity.isNamed else { continue }
                if scene.isSubject(mention) { score += weight.subject }
            } else if here.has(.plural) {
                if scene.isModifier(mention) { continue }
                // "A spokesperson said …. They added …"
                let isOne =
                    entity.type == .person && !entity.isNamed && entity.gender == nil && sentences <= 1
                    && mention.entity == scene.lastSpeaker
                guard entity.type != .person || isOne, entity.type != .document else { continue }
                if isOne { score += weight.unnamed }
                if entity.type == .group { score += weight.group }
            } else if entity.type == .person || entity.type == .group {
                continue
            }
            if score > best?.score ?? 0 { best = (mention.entity, score) }
        }
        if let best, let gender, scene.entity(best.entity).gender == nil {
            scene.updateCast { $0.update(best.entity) { $0.gender = gender } }
        }
        return best?.entity
    }
}
