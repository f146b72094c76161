import Wire

extension Cast {
    /// Joins the names of people: full names first, the longest before the others, then the short ones.
    struct People {
        private(set) var cast: Cast
        /// Who is called by one word, or by initials, without regard to gender or of a gender.
        private(set) var holder: [ShortName: Int] = [:]

        /// A way to call somebody by one word.
        struct ShortName: Hashable {
            var word: String
            /// Whoever it is, or someone of this gender.
            var gender: Sort = .any

            enum Sort: Hashable {
                case any
                case unknown
                case known(Gender)

                init(_ gender: Gender?) { self = gender.map { .known($0) } ?? .unknown }
            }
        }

        init(_ cast: Cast) { self.cast = cast }

        mutating func join() {
            agree()
            let full = cast.names.indices.filter { cast.names[$0].kind == .person && cast.names[$0].keys.count > 1 }
            joinFull(full)
            for index in full { introduce(index) }
            for (first, second) in zip(cast.names.indices, cast.names.indices.dropFirst()) { share(first, second) }
            for index in cast.names.indices { joinShort(index) }
        }

        /// One word is one kind of name throughout: what most of its mentions are.
        private mutating func agree() {
            func isBare(_ name: Name) -> Bool { name.keys.count == 1 && name.title == nil && name.gender == nil }
            var votes: [String: [Name.Kind]] = [:]
            for name in cast.names where isBare(name) && name.kind != .unknown {
                votes[name.keys[0], default: []].append(name.kind)
            }
            var decided: [String: Name.Kind] = [:]
            for (key, kinds) in votes {
                var counts: [Name.Kind: Int] = [:]
                for kind in kinds { counts[kind, default: 0] += 1 }
                let most = counts.values.max()
                decided[key] = kinds.first { counts[$0] == most }
            }
            for index in cast.names.indices where isBare(cast.names[index]) {
                if let kind = decided[cast.names[index].keys[0]] { cast.setKind(kind, of: index) }
            }
            // "Ilse Li", whom the model takes for a body, and Li for a person
            for index in cast.names.indices where cast.names[index].kind != .person {
                let keys = cast.names[index].keys
                if keys.count == 2, decided[keys[1]] == .person, Gender(givenName: keys[0]) != nil,
                    SpeakerWordClass.of(keys[1]).isDisjoint(with: .body)
                {
                    cast.setKind(.person, of: index)
                }
            }
        }

        private mutating func joinFull(_ full: [Int]) {
            /// Every way to call a person by two words or more.
            var forms: [[String]: Int] = [:]
            func rank(_ index: Int) -> Int {
                2 * cast.names[index].keys.count + (cast.names[index].keys.last?.contains("-") ?? false ? 1 : 0)
            }
            let byLength = full.sorted { (rank($0), $1) > (rank($1), $0) }
            for index in byLength {
                let keys = cast.names[index].keys
                let ends = [keys[0], keys[keys.count - 1]]
                let known =
                    forms[keys] ?? forms[ends]
                    ?? cast.add(
                        Entity(
                            name: cast.written(cast.names[index]), keys: keys, type: .person,
                            gender: Gender(givenName: keys[0]) ?? cast.words.kinship(of: cast.names[index]).gender))
                if forms[ends] == nil { forms[ends] = known }
                for form in otherForms(of: keys) where forms[form] == nil { forms[form] = known }
                for start in 0..<(keys.count - 1) {
                    let form = Array(keys[start...])
                    if forms[form] == nil { forms[form] = known }
                }
                cast.meet(index, known)
            }
        }

        /// "Bo and Ann Li" have one surname.
        private mutating func share(_ first: Int, _ second: Int) {
            let (given, full) = (cast.names[first], cast.names[second])
            guard given.entity == nil, given.kind == .person, given.keys.count == 1, given.title == nil,
                full.kind == .person, full.keys.count == 2, full.first == given.end + 1,
                cast.words[given.end].lower == "and", cast.words[given.end].gap.text == " ",
                let gender = Gender(givenName: given.keys[0]), Gender(givenName: full.keys[0]) != nil,
                holder[ShortName(word: given.keys[0])] == nil, let partner = full.entity
            else { return }
            let surname = cast.words[full.end - 1]
            let entity = add(
                first, cast.text(from: surname.place.lowerBound, to: surname.place.upperBound), full.keys[1], gender)
            cast.pair(entity, partner)
            holder[ShortName(word: full.keys[1], gender: .known(gender))] =
                holder[ShortName(word: full.keys[1], gender: .known(gender))] ?? entity
        }

        /// "Lord Li" for Lord Li of Oslo, "Ann Li" and "Ann Ek" for Ann Li-Ek.
        private func otherForms(of keys: [String]) -> [[String]] {
            if let of = keys.firstIndex(of: "of"), of >= 2 { return [Array(keys[..<of])] }
            let parts = keys.last?.split(separator: "-").map(String.init).filter { $0.count > 1 } ?? []
            return parts.count > 1 ? parts.map { Array(keys.dropLast()) + [$0] } : []
        }

        /// The first person to come holds each word of the name, and its initials.
        private mutating func introduce(_ index: Int) {
            let name = cast.names[index]
            guard let entity = name.entity, let last = name.keys.last else { return }
            let initials = name.keys.compactMap(\.first).map(String.init).joined(separator: "-")
            let parts = last.split(separator: "-").compactMap(\.first).map(String.init).joined(separator: "-")
            // "Li" for Ann Li-Ek
            let halves = last.split(separator: "-").map(String.init).filter { last.contains("-") && $0.count > 2 }
            for word in name.keys + [initials, parts] + halves where holder[ShortName(word: word)] == nil {
                holder[ShortName(word: word)] = entity
            }
        }

        /// A short name means whoever was last called by the full one, or the first to come.
        private mutating func joinShort(_ index: Int) {
            let name = cast.names[index]
            if let entity = name.entity {
                // "Her husband, Bo Li, died in 1998. Li said" is not he.
                let isAside = cast.words.kinship(of: name).isRelative && cast.words.isLate(name)
                for key in name.keys {
                    for short in [
                        ShortName(word: key), ShortName(word: key, gender: .init(cast.entities[entity].gender)),
                    ]
                    where !isAside || holder[short] == nil {
                        holder[short] = entity
                    }
                }
            } else if name.keys.count == 1 {
                let word = name.keys[0].withoutAccents
                guard var known = holder[ShortName(word: word)] else { return }
                if let gender = name.gender, let other = cast.entities[known].gender, gender != other {
                    known =
                        holder[ShortName(word: word, gender: .known(gender))]
                        ?? holder[ShortName(word: word, gender: .unknown)]
                        ?? relative(of: gender, called: index) ?? known
                } else if name.gender == nil, let gender = cast.words.genderBeside(name),
                    gender != cast.entities[known].gender
                {
                    known = holder[ShortName(word: word, gender: .known(gender))] ?? known
                }
                if name.kind == .person || word == cast.entities[known].keys.last || word.contains("-") {
                    cast.setKind(.person, of: index)
                    cast.meet(index, known)
                }
            }
        }

        /// Someone known by a given name alone until now: "her son, Neil", and then "Mr Li", who is Neil Li.
        private mutating func relative(of gender: Gender, called index: Int) -> Int? {
            let surname = cast.names[index]
            let earlier = cast.names[..<index].suffix(Self.reach)
            guard
                let given = earlier.lastIndex(where: { name in
                    guard name.kind == .person, name.keys.count == 1, name.entity == nil, name.title == nil else {
                        return false
                    }
                    let (isRelative, told) = cast.words.kinship(of: name)
                    return isRelative && told ?? Gender(givenName: name.keys[0]) == gender
                })
            else { return nil }
            let found = cast.names[given]
            let entity = add(given, cast.written(surname), surname.keys[0], gender)
            for other in cast.names.indices[..<index].suffix(Self.reach)
            where cast.names[other].keys == found.keys && cast.names[other].entity == nil {
                cast.meet(other, entity)
            }
            for word in found.keys + surname.keys { holder[ShortName(word: word, gender: .known(gender))] = entity }
            return entity
        }

        /// Adds somebody whose given name and surname stand apart.
        private mutating func add(_ given: Int, _ surname: String, _ key: String, _ gender: Gender) -> Int {
            let name = cast.names[given]
            let entity = cast.add(
                Entity(
                    name: cast.written(name) + " " + surname, keys: name.keys + [key], type: .person, gender: gender))
            cast.meet(given, entity)
            holder[ShortName(word: name.keys[0])] = entity
            return entity
        }

        /// How many names back a relative is looked for.
        private static let reach = 40
    }
}
