import Language

/// Finds names: runs of capitals and the model's labels together.
///
/// The model alone is not enough: it cuts names in two, and takes an unknown sheriff's whole title for a body.
struct NameFinder {
    /// The most words of a run.
    private static let longest = 14

    private let words: [Word]
    /// Capitalised words that stand inside a sentence somewhere.
    private let inside: Set<String>
    /// Sentences in which nearly every word has a capital, such as headlines: a capital tells nothing there.
    private let titled: Set<Int>

    /// The names in the text, in order.
    static func names(in words: [Word]) -> [Name] {
        let finder = NameFinder(words)
        var names: [Name] = []
        var at = 0
        while at < words.count {
            guard finder.isNameable(at) else {
                at += 1
                continue
            }
            let end = finder.runEnd(from: at)
            names += NameSplitter(words: words).names(in: at..<end)
            at = end
        }
        return finder.withoutHeadlines(names)
    }

    /// Names in headlines of capitals cut to what the text calls the same: "Orchid Foods Announces Results", but not Ann Li, who is Ann to
    /// some and Li to others.
    private func withoutHeadlines(_ names: [Name]) -> [Name] {
        func isTitled(_ name: Name) -> Bool { titled.contains(words[name.first].sentence) }
        let known = Set(names.filter { !isTitled($0) }.map(\.keys))
        return names.map { name in
            guard isTitled(name), !known.contains(name.keys),
                let length = (1..<max(1, name.keys.count)).last(where: { known.contains(Array(name.keys[..<$0])) }),
                !known.contains(Array(name.keys[length...]))
            else { return name }
            var name = name
            name.words = name.first..<name.first + length
            name.keys = Array(name.keys[..<length])
            name.isPossessive = words[name.end - 1].isPossessive
            return name
        }
    }

    private init(_ words: [Word]) {
        self.words = words
        let titled = Self.titled(words)
        self.titled = titled
        inside = Set(
            words.indices.filter {
                words[$0].isCapital && !words.opens($0)
                    && (words[$0].name != nil || !titled.contains(words[$0].sentence))
            }.map { words[$0].lower })
    }

    private static func titled(_ words: [Word]) -> Set<Int> {
        var counts: [Int: (all: Int, capital: Int)] = [:]
        for word in words where word.text.count > 3 && word.text.unicodeScalars.contains(where: \.isLetter) {
            counts[word.sentence, default: (0, 0)].all += 1
            if word.isCapital { counts[word.sentence, default: (0, 0)].capital += 1 }
        }
        return Set(counts.filter { $0.value.all >= 4 && 10 * $0.value.capital >= 9 * $0.value.all }.keys)
    }

    private func isNameable(_ index: Int) -> Bool {
        let word = words[index]
        if !word.isCapital || (word.name == .time || word.name == .quantity) && !word.isUpper { return false }
        let isInitial = word.text.count == 1 && index + 1 < words.count && words[index + 1].gap.text == ". "
        if isLabel(index) || word.isPrice { return false }
        // "Dean of Arts Ann Li"
        if word.has(.person), word.name == .person || word.name == nil, index + 1 < words.count,
            words[index + 1].lower == "of", index == 0 || !words[index - 1].isCapital
        {
            return false
        }
        // "Farmer Will Li"
        let isGivenName =
            word.name == .person && index + 1 < words.count && words[index + 1].name == .person
            && !words[index + 1].beginsName && words[index + 1].isCapital && words[index + 1].gap.text == " "
        if word.has(.small), !isGivenName, !(word.isUpper && (word.text.count > 1 || isInitial)) { return false }
        // "Brothers Noel and Liam Li"
        if words.opens(index), ["brothers", "cousins", "sisters", "twins"].contains(word.lower),
            index + 2 < words.count, words[index + 1].name == .person, words[index + 2].lower == "and"
        {
            return false
        }
        if word.name == nil, titled.contains(word.sentence), !inside.contains(word.lower), !word.isUpper,
            !word.has(.title)
        {
            return false
        }
        if word.name == nil, words.opens(index), !inside.contains(word.lower) {
            let isAcronym =
                word.isUpper && (2...5).contains(word.text.count)
                && !(index + 1 < words.count && words[index + 1].isUpper)
            // IndiGo
            let isCamel = word.text.dropFirst().contains(where: \.isUppercase) && !word.isUpper
            if !isAcronym, !isCamel {
                let goesOn = index + 1 < words.count && words[index + 1].isCapital && words.joins(index + 1)
                // "Citizens Advice"
                let isCompound =
                    goesOn && word.head == index + 1 && ["compound", "flat", "nmod"].contains(word.relation)
                    && words[index + 1].name == .organization && !word.has([.title, .person])
                return goesOn && word.part == .properNoun || isCompound
            }
        }
        return true
    }

    /// "LIVE: …", "EXCLUSIVE - …" at the start of a paragraph.
    private func isLabel(_ index: Int) -> Bool {
        let (word, next) = (words[index], index + 1 < words.count ? words[index + 1].gap : nil)
        guard word.isUpper, FurnitureWords.labels.contains(word.lower), let next else { return false }
        return next.contains([":", "|"]) || next.hasDash || next.contains(["-", "–"])
    }

    private func runEnd(from start: Int) -> Int {
        var end = start + 1
        while end < words.count, end - start < Self.longest {
            let (before, word) = (words[end - 1], words[end])
            if before.isPossessive {
                let sameName = word.name != nil && word.name == before.name && !word.beginsName
                if !sameName && !SpeakerWords.bodyEndings.contains(word.text) { break }
            }
            if isList(at: end, from: start) {
                end += 3
                continue
            }
            guard words.joins(end) else { break }
            if isNameable(end) || words.isNickname(end)
                || word.isCapital && word.name != nil && word.name == before.name
            {
                end += 1
            } else if let length = linkLength(at: end, from: start) {
                end += length
            } else {
                break
            }
        }
        return min(end, words.count)
    }

    /// Whether a comma goes on a body's name: "Department for Environment, | Food and Rural Affairs".
    private func isList(at: Int, from start: Int) -> Bool {
        guard at + 2 < words.count, words[at].gap.text == ", ", words[at].isCapital, words[at + 1].lower == "and",
            words[at + 2].isCapital, words[at + 1].gap.text == " ", words[at + 2].gap.text == " ",
            ![words[start], words[at], words[at + 2]].contains(where: { $0.name == .person || $0.name == .place })
        else { return false }
        let isOffice = Range.between(start, at).contains { index in
            ["for", "of", "on"].contains(words[index].lower) && words[index - 1].has(.body)
        }
        let isBody = at + 3 < words.count && words[at + 3].gap.text == " " && words[at + 3].has(.body)
        return isOffice || isBody && at == start + 1
    }

    /// How many words go on a run at `at`, where a small word links it to the next capital: "of", "van der".
    private func linkLength(at: Int, from start: Int) -> Int? {
        let (before, word) = (words[at - 1], words[at])
        if at + 1 < words.count, words.joins(at + 1), isNameable(at + 1) {
            let next = words[at + 1]
            // "Labour MP for Oslo Bo Ek" is no body.
            if word.lower == "for", SpeakerWords.members.contains(before.lower) { return nil }
            let isPreposition = ["of", "for", "on"].contains(word.lower)
            if word.has(.particle) && word.name != .time { return 2 }
            // "Rannvá við Keldu"
            if word.name == .person, !word.beginsName, before.name == .person, next.name == .person, !next.beginsName,
                !word.has(.small)
            {
                return 2
            }
            // "Transport for London"
            if word.lower == "for", before.text == "Transport", next.name != .person { return 2 }
            // "Friends of the Earth", "Jamaicans for Justice", "Mothers against Violence"
            if ["for", "against", "without"].contains(word.lower), before.isCapital, before.lower.hasSuffix("s"),
                ![.person, .place].contains(next.name), before.name != .person
            {
                return 2
            }
            // "Baroness Li of Oslo"
            if word.lower == "of", words[start].has(.keptTitle) { return 2 }
            if word.has(.connector), word.name != nil, word.name == before.name, word.name == next.name,
                !word.beginsName
            {
                return 2
            }
            if isPreposition, before.has([.body, .document]), before.name != .person { return 2 }
            let joinsBodies = before.name == .organization && next.name == .organization && !next.beginsName
            if ["and", "of", "for"].contains(word.lower), joinsBodies { return 2 }
            if word.lower == "and", words[start].name == .organization, !next.beginsName,
                next.name == nil || next.name == .organization,
                Range.between(start + 1, at - 1).contains(where: { ["of", "for", "on"].contains(words[$0].lower) })
            {
                return 2
            }
        }
        guard at + 2 < words.count, isNameable(at + 2) else { return nil }
        let next = words[at + 1]
        if word.has(.particle), next.has(.particle) || next.lower == "t" { return 3 }
        if word.lower == "of" || word.lower == "for", next.lower == "the", before.isCapital, before.has(.body),
            word.gap.text == " "
        {
            return 3
        }
        return nil
    }
}

extension [Word] {
    /// Whether a capital at `index` may only be due to its place.
    func opens(_ index: Int) -> Bool {
        index == 0 || self[index].sentence != self[index - 1].sentence
            || self[index].gap.contains(["“", "\"", "‘", ":", "•", "«", "„"])
    }

    /// Whether the word at `index` stands between quotation marks within a name, all in capitals: Ann “Annie” Li,
    /// Bo “The Hammer” Ek.
    func isNickname(_ index: Int) -> Bool {
        guard index > 0, self[index].isCapital else { return false }
        let opens = [" “", " \"", " ‘", " '", " (“", " (\"", " (‘", " ('"]
        let closes = ["” ", "\" ", "’ ", "' ", "”) ", "\") ", "’) ", "') "]
        var (first, next) = (index, index + 1)
        while first > 0, index - first < 2, self[first].gap.text == " ", self[first - 1].isCapital { first -= 1 }
        while next < count, next - index < 3, self[next].gap.text == " ", self[next].isCapital { next += 1 }
        return first > 0 && next < count && next - first <= 3 && self[first].gap.isOne(of: opens)
            && self[next].gap.isOne(of: closes) && self[next].isCapital
    }

    /// Whether the word at `index` and the one before can belong to one name by what stands between them.
    func joins(_ index: Int) -> Bool {
        let (before, word) = (self[index - 1], self[index])
        switch word.gap.text {
        case " ", " & ", "–", "\u{A0}": return true
        // Workers’ Union, Ann ‘Annie’ Li
        case "’ ", "' ":
            return word.name == .person && before.isCapital && before.isQuoted
                || before.name == word.name
                    && (word.name == .person || word.name == .organization && before.text.hasSuffix("s"))
                || before.text.hasSuffix("s") && SpeakerWords.bodyEndings.contains(word.text)
        // Ann “Annie” Li
        case " “", " \"", " ‘", " '", " (“", " (\"", " (‘", " ('": return before.name == .person && isNickname(index)
        case "” ", "\" ", "”) ", "\") ", "’) ", "') ": return before.isCapital && word.name == .person
        case ". ": return before.isAbbreviation && !(before.endsName && word.has(.shortTitle))
        default: return false
        }
    }
}
