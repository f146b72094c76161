import Language
import Wire

/// "The minister", "the company", "his statement": someone known, described.
enum DescriptionSieves {
    /// How many mentions back a description reaches.
    private static let reach = 60
    /// Sentences after which a mention of a body counts half.
    private static let halfway: Float = 3
    /// The model's probability from which a description is whom it names.
    private static let surely: Float = 0.8
    /// The one from which a body may be a business of a kind that only a description tells.
    private static let likely: Float = 0.3

    /// "A storekeeper", whom the next sentence names.
    static func introduced(_ scene: inout Scene, _ source: Source) -> Int? {
        scene.cast.introduced[source.cut - 1]
    }

    /// "His statement", "Li's report", "a tweet by Li": a person's text is the person.
    static func ownedDocument(_ scene: inout Scene, _ source: Source) -> Int? {
        guard scene.words[source.cut - 1].has(.document) else { return nil }
        if scene.words[source.first].has([.male, .female]) { return PronounSieves.best(&scene, at: source.first) }
        if let name = scene.name(at: source.first), name.isPossessive, name.kind == .person { return name.entity }
        let words = scene.words
        var at = source.first
        while at < source.end {
            guard let name = scene.name(at: at) else {
                at += 1
                continue
            }
            var before = name.title ?? name.first
            while before > source.first,
                words[before - 1].has([.title, .article, .person]) || words[before - 1].isCapital
            {
                before -= 1
            }
            if name.kind == .person, before > source.first, words[before - 1].lower == "by",
                name.end >= source.end || words[name.end].gap.text != " "
            {
                return name.entity
            }
            at = name.end
        }
        return nil
    }

    /// "A White House statement", and later "the statement": a statement speaks for the body that it names.
    static func statement(_ scene: inout Scene, _ source: Source) -> Int? {
        let head = source.cut - 1
        guard scene.words[head].lower == "statement", head > source.first else { return nil }
        if let name = scene.name(at: head - 1), name.kind != .person, let body = name.entity,
            scene.entity(body).type == .organization
        {
            scene.updateCast { $0.update(body) { $0.nouns.insert("statement") } }
            return body
        }
        guard scene.words[source.first].isDefinite, source.words.count == 2 else { return nil }
        return scene.mentions.suffix(reach).last { mention in
            scene.entity(mention.entity).isNamed && scene.entity(mention.entity).nouns.contains("statement")
        }?.entity
    }

    /// "The minister": who was last called one, or whoever is called one at all; in the headline "president" too.
    static func roleHolder(_ scene: inout Scene, _ source: Source) -> Int? {
        let (first, head) = (scene.words[source.first], scene.words[source.cut - 1])
        // "The ex-governor" was one.
        let office = head.lower.hasPrefix("ex-") ? String(head.lower.dropFirst(3)) : head.lower
        guard head.has([.person, .title]) || head.mention == .person, !head.has(.group) else { return nil }
        if first.has(.possessive) || first.isPossessive {
            // "His lawyer" is the one lawyer of whom the article speaks, and not himself.
            let owner = scene.name(at: source.first)?.entity ?? PronounSieves.best(&scene, at: source.first)
            // "Bo and Ann Li won. Her husband said"
            if ["husband", "partner", "wife"].contains(office), let partner = owner.flatMap({ scene.cast.partners[$0] })
            {
                return partner
            }
            guard let known = scene.cast.only(office) else { return nil }
            return known == owner ? nil : known
        }
        // "A nurse denied it" is not the nurse who saw it.
        let isAnybody = ["a", "an"].contains(first.lower) || first.paragraph == 0 && source.words.count == 1
        if isAnybody, !head.has(.title), isDefence(scene.words[source.end...].prefix(3)) { return nil }
        let isDefinite = first.isDefinite
        let length = source.cut - source.first
        if isDefinite, length <= 4 {
            let known = scene.mentions.suffix(reach).last { mention in
                let entity = scene.entity(mention.entity)
                return mention.entity != scene.speaking && entity.type == .person && entity.nouns.contains(office)
                    && !isOther(entity, than: source, office, scene)
            }
            if let known { return known.entity }
        }
        guard isDefinite && length <= 2 || first.paragraph < 3, let holder = scene.cast.byNoun[office],
            !isOther(scene.entity(holder), than: source, office, scene)
        else { return nil }
        // Later than in the beginning, whoever is to come is not yet meant.
        return first.paragraph < 3 || scene.hasMet(holder) ? holder : nil
    }

    /// Whether somebody's office is another one: "the prime minister" is not the minister for health.
    private static func isOther(_ entity: Cast.Entity, than source: Source, _ office: String, _ scene: Scene) -> Bool {
        let role = (entity.role ?? "").lowercased().split { !$0.isLetter }
        guard role.count > 1, role.contains(where: { $0 == office }) else { return false }
        return Range.between(source.first, source.cut - 1).contains { index in
            let word = scene.words[index]
            let tellsApart = word.part == .noun || SpeakerWords.ranks.contains(word.lower)
            return tellsApart && !role.contains { $0 == word.lower }
        }
    }

    /// What the accused do.
    private static let defences: Set<String> = ["admits", "admitted", "denied", "denies", "pleaded", "pleads"]

    /// Whether some words are what an accused does.
    static func isDefence(_ words: some Sequence<Word>) -> Bool { words.contains { defences.contains($0.lower) } }

    /// "The auditors" after "legislative auditors": the same unnamed people again.
    static func sameNoun(_ scene: inout Scene, _ source: Source) -> Int? {
        guard source.cut == source.end, source.words.count <= 3 else { return nil }
        let words = scene.words
        let noun = words[source.cut - 1].lower
        guard words[source.first].isDefinite || words[source.first].has(.possessive) else { return nil }
        return scene.mentions.suffix(reach).last { mention in
            let entity = scene.entity(mention.entity)
            return !entity.isNamed && entity.nouns.contains(noun)
                && Range.between(source.first + 1, source.cut).allSatisfy { entity.keys.contains(words[$0].lower) }
        }?.entity
    }

    /// "The 19-year-old", "the Frenchman": whoever of those spoken of before is likeliest.
    static func aged(_ scene: inout Scene, _ source: Source) -> Int? {
        let head = scene.words[source.cut - 1]
        guard scene.words[source.first].isDefinite, source.cut - source.first == 2,
            head.lower.hasSuffix("-year-old") || SpeakerWords.nationals.contains(head.text)
        else { return nil }
        if let told = scene.cast.aged[String(head.lower.prefix(while: \.isNumber))], scene.hasMet(told) { return told }
        return PronounSieves.best(&scene, at: source.cut - 1, isPerson: true)
    }

    /// "One of them", "another", after "three diplomats": a diplomat.
    static func member(_ scene: inout Scene, _ source: Source) -> Int? {
        // Up to a comma: "one of them, an engineer,"
        let words = source.words.prefix { $0 == source.first || scene.words[$0].gap.text == " " }
            .map { scene.words[$0].lower }
        guard ["one", "another", "one of them", "another of them"].contains(words.joined(separator: " ")) else {
            return nil
        }
        let sentence = scene.words[source.first].sentence
        guard
            let group = scene.mentions.suffix(reach).last(where: { $0.isTold && scene.entity($0.entity).type == .group }
            ),
            sentence - scene.words[group.word].sentence <= 3, !scene.entity(group.entity).isNamed,
            let noun = scene.entity(group.entity).nouns.compactMap(\.singular).min()
        else { return nil }
        let keys = ["~", words[0], String(group.entity)]
        return scene.updateCast { cast in
            cast.unnamed(keys) { Cast.Entity(name: noun, keys: keys, type: .person, isNamed: false, nouns: [noun]) }
        }
    }

    /// "The Ballymena-born actor", "the Sri Lanka head coach": whom the model takes it for.
    ///
    /// "The judge" alone is not whoever happens to be the only one named: the model says so of nearly any noun.
    static func described(_ scene: inout Scene, _ source: Source) -> Int? {
        let words = scene.words[source.first..<source.cut]
        guard let head = words.last, words.count > 2, words[source.first].isDefinite,
            head.has(.person) || head.mention == .person, !head.has(.group), head.lower.singular == nil,
            !words.contains(where: \.isPossessive)
        else { return nil }
        return scene.antecedents(of: source.cut - 1)
            .filter { $0.value >= surely && scene.entity($0.key).type == .person && $0.key != scene.speaking }
            .filter { !isOther(scene.entity($0.key), than: source, head.lower, scene) }
            .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// "The court", "the company": the body with the noun in its name or role, or else the one most spoken of.
    static func bodyNoun(_ scene: inout Scene, _ source: Source) -> Int? {
        let head = scene.words[source.cut - 1]
        let isBased = scene.base(of: source.words) != nil
        // With a clause: "the group, which owns two chains,"
        // "The Oslo-based company"
        let modifiers = scene.words[source.first..<source.cut].dropFirst().dropLast()
        guard scene.words[source.first].isDefinite,
            modifiers.isEmpty || modifiers.count == 1 && modifiers.allSatisfy({ $0.lower.hasSuffix("-based") })
                || isBased,
            source.cut - source.first >= 2,
            source.cut == source.end || scene.words[source.cut].gap.text == ", "
        else { return nil }
        let bodies = scene.mentions.suffix(2 * reach)
            .filter { scene.entity($0.entity).type == .organization && scene.entity($0.entity).isNamed }.suffix(reach)
        // "The Moline, Illinois-based company" of the only body so far
        if isBased {
            let all = Set(bodies.filter { !scene.entity($0.entity).isPlace }.map(\.entity))
            return all.count == 1 ? all.first : nil
        }
        let known = bodies.last { mention in
            let body = scene.entity(mention.entity)
            // "Nordbank": "the bank"
            let isOwn = head.lower.count > 3 && body.keys.last.map { $0.hasSuffix(head.lower) } ?? false
            return head.has([.body, .business]) && (isOwn || body.nouns.contains(head.lower))
                || body.keys.last == head.lower || isCalled(body, head.lower)
        }
        if let known { return known.entity }
        guard head.has(.business) else { return nil }
        let model = scene.antecedents(of: source.cut - 1)
        var scores: [(entity: Int, score: Float)] = []
        for mention in bodies {
            let body = scene.entity(mention.entity)
            guard !body.isPlace, body.nouns.isDisjoint(with: SpeakerWords.noBusinesses),
                !isOtherBusiness(body, than: head.lower, (model[mention.entity] ?? 0) >= likely)
            else { continue }
            let sentences = head.sentence - scene.words[mention.word].sentence
            let near = halfway / (halfway + Float(max(0, sentences)))
            if let index = scores.firstIndex(where: { $0.entity == mention.entity }) {
                scores[index].score += near
            } else {
                scores.append((mention.entity, near + 3 * (model[mention.entity] ?? 0)))
            }
        }
        return scores.max { $0.score < $1.score }?.entity
    }

    /// Whether a body is a business of another kind than a noun says, as "the airline" is no supermarket chain.
    ///
    /// Of a body about which the text tells nothing it depends on whether the model holds it to be `likely`.
    private static func isOtherBusiness(_ body: Cast.Entity, than noun: String, _ isLikely: Bool) -> Bool {
        guard let kind = SpeakerWords.trades.first(where: { $0.contains(noun) }) else { return false }
        let known = SpeakerWords.trades.filter { trade in
            trade.contains { body.nouns.contains($0) || isCalled(body, $0) }
        }
        return known.isEmpty ? !isLikely : !known.contains(kind)
    }

    /// Whether a body's name ends in what a noun stands for, in one or two words: Harbour Airways is an airline.
    private static func isCalled(_ body: Cast.Entity, _ noun: String) -> Bool {
        let endings = SpeakerWords.otherNouns[noun]
        return [1, 2].contains { endings?.contains(body.keys.suffix($0).joined(separator: " ")) ?? false }
    }
}

extension Word {
    /// The, this, that, these, those.
    fileprivate var isDefinite: Bool { lower == "the" || has(.demonstrative) }
}

extension String {
    /// The singular of an English plural in lower case, or nil.
    var singular: String? {
        if self == "people" { return "person" }
        if hasSuffix("men") { return dropLast(2) + "an" }
        if hasSuffix("ies"), count > 4 { return dropLast(3) + "y" }
        if ["ches", "shes", "sses", "xes"].contains(where: hasSuffix) { return String(dropLast(2)) }
        return hasSuffix("s") && !hasSuffix("ss") ? String(dropLast()) : nil
    }
}
