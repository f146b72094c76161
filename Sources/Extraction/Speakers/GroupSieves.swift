import Language
import Wire

/// "Australia and New Zealand": the two together.
enum GroupSieves {
    static func coordinated(_ scene: inout Scene, _ source: Source) -> Int? {
        let words = scene.words
        var first = source.first
        if words[first].lower == "both" || words[first].has(.article), first + 1 < source.cut { first += 1 }
        var link = source.cut
        // "China, Iran and Russia"
        while link < source.end, words[link].gap.text == ", ", let name = scene.name(at: link), !name.isPossessive,
            name.end < source.end, scene.name(at: link - 1) != nil
        {
            link = name.end
        }
        guard link < source.end - 1, link > first, ["and", "or"].contains(words[link].lower) else { return nil }
        let end =
            (link + 1..<source.end).first { index in
                let word = words[index]
                return word.gap.endsList || word.has(.pronoun) && !word.has(.possessive) || word.isPlainVerb
            } ?? source.end
        let (left, last) = (scene.name(at: link - 1), scene.name(at: end - 1))
        if words[link - 1].isPossessive { return nil }
        if (first..<link).contains(where: { ["including", "such", "like"].contains(words[$0].lower) }) { return nil }
        if let last, last.kind == .person, !words[link + 1].has(.determiner), last.first > link + 1,
            left.map({ $0.kind != .person && (link + 1..<last.first).contains { words[$0].has(.title) } }) ?? true
        {
            // "chairman and chief executive Ann Li"
            return nil
        }
        if left == nil, words[link - 1].has([.person, .title]), words[link + 1].has([.person, .title]) { return nil }
        let border = source.cut < link ? source.cut - 1 : link - 1
        if let left, let last, link > 1, last.first > link, left.kind == last.kind, words[border].gap.text != ",",
            source.cut == link, let one = left.entity, let other = last.entity
        {
            // Two names: each at its fullest.
            let name = "\(scene.entity(one).name) and \(scene.entity(other).name)"
            let key = ["&", String(one), String(other)]
            return scene.updateCast { cast in
                cast.unnamed(key) { Cast.Entity(name: name, keys: key, type: .group, isNamed: false) }
            }
        }
        return PhraseSieves.unnamed(&scene, source, first..<end, .group)
    }
}
