import Wire

extension Cast {
    /// Joins the names of bodies, places and whatever else is no person.
    struct Bodies {
        private(set) var cast: Cast
        private let byShortName: [People.ShortName: Int]
        /// Beginnings and ends of names; nil where two bodies share one.
        private var starts: [[String]: Int?] = [:]
        private var ends: [[String]: Int?] = [:]
        private var initials: [String: Int] = [:]
        private var owner: [[String]: Int] = [:]
        /// First word of the name by which an entity was added.
        private var introduced: [Int: Int] = [:]

        init(_ cast: Cast, byShortName: [People.ShortName: Int]) {
            self.cast = cast
            self.byShortName = byShortName
        }

        mutating func join() {
            var forms: [[String]: [Int]] = [:]
            for index in cast.names.indices where cast.names[index].entity == nil {
                forms[cast.names[index].keys, default: []].append(index)
            }
            let brackets = abbreviationsInBrackets()
            let phrases = phrasesBeforeBrackets()
            let ordered = forms.sorted { ($1.key.count, $0.value[0]) < ($0.key.count, $1.value[0]) }
            for (keys, mentions) in ordered {
                join(keys, mentions, bracketed: brackets[keys], phrase: phrases[keys])
            }
        }

        /// "Tax Office (TO)": TO to the name before it.
        private func abbreviationsInBrackets() -> [[String]: [String]] {
            var found: [[String]: [String]] = [:]
            for (before, name) in zip(cast.names, cast.names.dropFirst())
            where before.end == name.first && cast.words[name.first].gap.text == " (" && name.keys.count == 1
                && before.entity == nil
            {
                found[name.keys] = before.keys
            }
            return found
        }

        /// "anti-terrorism court (ATC)": the words before it that ATC stands for, where they are no name.
        private func phrasesBeforeBrackets() -> [[String]: Range<Int>] {
            var found: [[String]: Range<Int>] = [:]
            for name in cast.names where name.keys.count == 1 && name.words.count == 1 && name.entity == nil {
                let word = cast.words[name.first]
                guard word.isUpper, word.gap.text == " (", found[name.keys] == nil else { continue }
                var letters = word.text.lowercased()
                var start = name.first
                while !letters.isEmpty, start > 0, start == name.first || cast.words[start].gap.isOne(of: [" ", "-"]) {
                    let parts = cast.words[start - 1].lower.split(separator: "-").compactMap(\.first)
                    if letters.hasSuffix(String(parts)) {
                        letters.removeLast(parts.count)
                    } else if !cast.words[start - 1].has(.small.union(.connector)) {
                        break
                    }
                    start -= 1
                }
                if letters.isEmpty, word.text.count > 1 { found[name.keys] = start..<name.first }
            }
            return found
        }

        private mutating func join(_ keys: [String], _ mentions: [Int], bracketed: [String]?, phrase: Range<Int>?) {
            let first = cast.names[mentions[0]]
            let kind = kind(of: mentions)
            let entity = known(keys, first, kind, bracketed) ?? add(keys, first, kind)
            if bracketed == nil, let phrase, kind != .person {
                let name = cast.text(
                    from: cast.words[phrase.lowerBound].place.lowerBound,
                    to: cast.words[phrase.upperBound - 1].place.upperBound)
                cast.update(entity) { $0.name = name }
            } else if kind != .person, mentions.contains(where: { cast.ownsArticle(cast.names[$0]) }) {
                cast.update(entity) { if !$0.name.hasPrefix("The ") { $0.name = "The " + $0.name } }
            }
            let letters = keys.filter { !SpeakerWordClass.of($0).contains(.connector) }.compactMap(\.first)
            // "HC" for "Oslo High Court"
            for start in 0..<max(0, letters.count - 1) where initials[String(letters[start...])] == nil {
                initials[String(letters[start...])] = entity
            }
            owner[keys] = entity
            cast.update(entity) { body in
                body.nouns.formUnion(keys.filter { SpeakerWordClass.of($0).contains(.body) })
                body.nouns.formUnion(keys.suffix(1))
            }
            for mention in mentions { cast.meet(mention, entity) }
        }

        private func kind(of mentions: [Int]) -> Name.Kind {
            let kinds = mentions.map { cast.names[$0].kind }.filter { $0 != .unknown }
            var counts: [Name.Kind: Int] = [:]
            for kind in kinds { counts[kind, default: 0] += 1 }
            let most = counts.values.max()
            return kinds.first { counts[$0] == most } ?? .unknown
        }

        private func known(_ keys: [String], _ first: Name, _ kind: Name.Kind, _ bracketed: [String]?) -> Int? {
            if let bracketed, let entity = owner[bracketed] { return entity }
            let word = cast.words[first.first]
            if keys.count == 1, word.isUpper {
                return initials[word.text.lowercased().filter { $0 != "." }]
            }
            guard kind != .place, kind != .other else { return nil }
            var entity = starts[keys] ?? nil
            // Whoever is named first: the Villa of a headline is Aston Villa and not Villa Park.
            if keys.count == 1, let known = entity, let other = ends[keys] ?? nil,
                introduced[other] ?? .max < introduced[known] ?? .max
            {
                entity = other
            }
            // A short name follows its full one, save in the headline.
            if let known = entity, keys.count == 1,
                SpeakerWordClass.of(keys[0]).contains(.body)
                    || first.first < introduced[known] ?? 0 && word.paragraph > 0
            {
                entity = nil
            }
            if entity == nil, let last = keys.last, SpeakerWordClass.of(last).contains(.body) {
                entity = ends[keys] ?? nil
            }
            return entity
        }

        private mutating func add(_ keys: [String], _ first: Name, _ kind: Name.Kind) -> Int {
            let entity = cast.add(
                Entity(
                    name: cast.written(first), keys: keys,
                    type: kind == .person ? .person : isText(keys) ? .document : .organization,
                    isPlace: kind == .place))
            introduced[entity] = first.first
            guard kind != .place, kind != .person, keys.count > 1 else { return entity }
            for split in 1..<keys.count {
                Self.enter(entity, Array(keys[..<split]), in: &starts)
                Self.enter(entity, Array(keys[split...]), in: &ends)
            }
            return entity
        }

        /// Whether a name is that of a text: "Treaty 17", "the Harbour Bank Survey".
        private func isText(_ keys: [String]) -> Bool {
            guard keys.count > 1, let noun = keys.last(where: { !$0.allSatisfy(\.isNumber) }) else { return false }
            return ["act", "bill", "census", "report", "study", "survey", "treaty"].contains(noun)
        }

        private static func enter(_ entity: Int, _ form: [String], in table: inout [[String]: Int?]) {
            if let known = table[form] {
                table[form] = .some(known == entity ? entity : nil)
            } else {
                table[form] = entity
            }
        }
    }
}
