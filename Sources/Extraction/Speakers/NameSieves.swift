import Language

/// A name inside the source.
enum NameSieves {
    /// A name that ends the first part of the source: "fire service spokesman Ann Li, 40".
    static func head(_ scene: inout Scene, _ source: Source) -> Int? {
        let names = scene.names(in: source)
        guard let name = names.first(where: { $0.end == source.cut }) else { return nil }
        // "The senator representing Oslo West, Ann Li,"
        if name.first > source.first + 1, ["representing", "for"].contains(scene.words[name.first - 1].lower),
            let other = names.first(where: { $0.first >= name.end && $0.kind == .person }),
            scene.words[other.title ?? other.first].gap.text == ", ", (other.title ?? other.first) == name.end
        {
            return other.entity
        }
        if name.kind != .person, ["a", "an", "one"].contains(scene.words[source.first].lower) { return nil }
        return name.entity
    }

    /// A person's name that stands for the whole: "its author, Dr Ann Li,", "mayor of Oslo Ann Li".
    static func apposition(_ scene: inout Scene, _ source: Source) -> Int? {
        let words = scene.words
        // "The defendants, brothers Bo and Per Ek," are several.
        let head = words[source.cut - 1]
        let isSeveral =
            head.part == .noun
            && head.lower.singular.map { SpeakerWordClass.of($0).contains(.person) } ?? false
        // "An inquest at the Court House, Huntingdon, heard"
        let isHearing = ["court", "hearing", "inquest", "inquiry", "jury", "tribunal"].contains(head.lower)
        for name in scene.names(in: source) where name.kind == .person {
            if isSeveral || isHearing, name.first >= source.cut { continue }
            let isWhole = name.end >= source.end || !words[name.end].gap.isSpace || words[name.end].has(.stop)
            guard isWhole else { continue }
            if name.first == source.first || isIntroduced(name, source, words) { return name.entity }
            if standsForWhole(name, source, words) { return name.entity }
        }
        return nil
    }

    /// "A woman who gave her name only as Mercy", "one who goes by the name Tank".
    private static func isIntroduced(_ name: Name, _ source: Source, _ words: [Word]) -> Bool {
        var before = Range.between(source.first, name.first).suffix(3).map { words[$0].lower }
        if before.last == "as" {
            before.removeLast()
            if before.last == "only" { before.removeLast() }
            return before.last.map { ["name", "identified", "known"].contains($0) } ?? false
        }
        return before.last.map { ["name", "named", "called", "handle"].contains($0) } ?? false
    }

    private static func standsForWhole(_ name: Name, _ source: Source, _ words: [Word]) -> Bool {
        // Back to the comma, or to the start of the source.
        var start = name.first
        while start > source.first, !words[start].gap.contains([",", "(", "–", ";"]) { start -= 1 }
        let between = Range.between(start > source.first ? start : source.first + 1, name.first)
        if between.contains(where: { words[$0].has(.relative) || words[$0].isPlainVerb && !words[$0].has(.person) }) {
            return false
        }
        let link = between.last { index in
            words[index].has(.stop)
                && (words[index].lower != "and" && words[index].lower != "of"
                    || words[index].lower == "of" && index + 1 == name.first)
        }
        // "a bench of Justices Ann Li and Bo Ek"
        let collection = between.last { words[$0].lower == "of" }
        if let collection, words[collection - 1].has([.body, .group, .counter]) { return false }
        if let link {
            // "minister for culture Dr Ann Li", but not "spokesman for President Ann Li"
            let rest = (link + 1..<name.first).filter { !words[$0].has(.title) }
            let isTitled = words[name.first - 1].has(.title)
            guard let last = rest.last,
                !rest.contains(where: { words[$0].has(.determiner.union(.person)) || words[$0].isPossessive })
            else { return false }
            if isTitled, words[last].name == .place || words[last].name == .other { return false }
            if !isTitled, !words[name.first - 1].isCapital { return false }
        }
        return !(words[name.first - 1].has(.determiner) && start == source.first)
    }

    /// "The state broadcaster, NRK,".
    static func bodyInApposition(_ scene: inout Scene, _ source: Source) -> Int? {
        let words = scene.words
        guard words[source.first].has(.determiner) || words[source.first].lower == "one",
            !words[source.cut - 1].has(.document)
        else { return nil }
        return scene.names(in: source).first { name in
            (name.kind == .organization || name.kind == .unknown) && source.first < name.first
                && words[name.first].gap.text == ", "
                // "The union of seamen, PNO,"
                && !(source.cut..<max(source.cut, name.first)).contains {
                    words[$0].has(.relative) || words[$0].isPlainVerb || words[$0].gap.text == ", "
                }
                && (name.end >= source.end || !words[name.end].gap.isSpace)
        }?.entity
    }
}
