import Wire

/// Which names are one person's, as far as that is certain, and by which rules.
///
/// Names of different people are never joined: where two could be meant, none is.
enum People {
    /// A name as a source spells it, and when.
    struct Spelling: Sendable, Hashable {
        var name: String
        /// The publisher; empty where it is not known.
        var source: String
        /// The date of the first passage, in RFC 3339.
        var first: String
        /// The date of the last passage, in RFC 3339.
        var last: String

        init(name: String, source: String, first: String, last: String) {
            (self.name, self.source, self.first, self.last) = (name, source, first, last)
        }
    }

    /// The rules, by the names that are shown.
    enum Rule: String, Sendable, CaseIterable {
        /// The name itself.
        case name
        /// Capitals, accents, hyphens and other marks, or another alphabet.
        case spelling
        /// A title or degree.
        case title
        /// Initials between first and last name; not where two people differ by them.
        case middleInitial = "middle initial"
        /// `Jr.` and the like, in the same source within `days`; not where two people differ by it.
        case suffix
        /// An initial for the first name, where it fits one person alone in the same source, within `days`.
        case initial
    }

    /// Whose name it is.
    struct Join: Sendable, Hashable {
        var spelling: Spelling
        /// The person by their fullest name.
        var person: String
        /// By which rules, joined by commas.
        var rule: String
    }

    /// How many days apart, at most, a source may write two names that a rule joins by where and when they stand.
    static let days: Int64 = 90

    /// The most names of a block that are compared with each other.
    static let largestBlock = 1_000

    /// What names have in common that can be one person's; those of other blocks never are.
    static func block(of name: String) -> String { PersonName(name)?.block ?? "" }

    /// A name's words without capitals and accents, with spaces around each.
    static func fold(_ name: String) -> String { PersonName.fold(name) }

    /// What changes of the names of a block as they were joined before.
    static func changes(to known: [Join]) -> [Join] {
        zip(known, join(known.map(\.spelling))).compactMap { $0 == $1 ? nil : $1 }
    }

    /// Joins the names of a block.
    static func join(_ spellings: [Spelling]) -> [Join] {
        var rows = spellings.map { Row(spelling: $0, name: PersonName($0.name)) }
        assignGroups(&rows)
        joinSuffixes(&rows)
        joinInitials(&rows)
        let groups = Dictionary(grouping: rows.filter { $0.name != nil }, by: \.group)
        let persons = groups.mapValues { fullest($0) }
        return rows.map { row in
            guard let name = row.name, let person = persons[row.group], let full = person.name else {
                return Join(spelling: row.spelling, person: row.spelling.name, rule: Rule.name.rawValue)
            }
            return Join(
                spelling: row.spelling, person: person.spelling.name,
                rule: row.spelling.name == person.spelling.name
                    ? Rule.name.rawValue : rules(from: name, to: full).map(\.rawValue).joined(separator: ", "))
        }
    }
}

/// What is one person for certain.
private struct Group: Hashable {
    /// The words that tell people apart; of a name with an initial for its first, all that there is.
    var core: String
    var initials: [String]
    var suffix: String?
}

private struct Row {
    var spelling: People.Spelling
    /// Nil for one that is not compared.
    var name: PersonName?
    var group = Group(core: "", initials: [], suffix: nil)

    /// Whether both are of one known source, and not too far apart.
    func isNear(_ other: Row) -> Bool {
        func day(_ date: String) -> Int64? { Timestamp.parse(date).map { $0 / 86_400_000 } }
        guard !spelling.source.isEmpty, spelling.source == other.spelling.source,
            let first = day(spelling.first), let last = day(spelling.last),
            let otherFirst = day(other.spelling.first), let otherLast = day(other.spelling.last)
        else { return false }
        return first - otherLast <= People.days && otherFirst - last <= People.days
    }
}

extension People {
    /// Puts names together that differ by how they are spelled, and by middle initials where one person alone has some.
    private static func assignGroups(_ rows: inout [Row]) {
        let plain = Set(rows.compactMap { $0.name }.filter { $0.digraphCore == nil }.map(\.core))
        for index in rows.indices {
            guard let name = rows[index].name else { continue }
            var core = name.core
            if let digraphs = name.digraphCore, plain.contains(digraphs) {
                // Müller between Muller and Mueller is either.
                core = plain.contains(core) ? "\(core) or \(digraphs)" : digraphs
            }
            if !name.leading.isEmpty { core = "\(name.leading.joined(separator: " ")). \(core)" }
            rows[index].group = Group(core: core, initials: name.initials, suffix: name.suffix)
        }
        let groups = Dictionary(grouping: Set(rows.filter { $0.name != nil }.map(\.group))) {
            Group(core: $0.core, initials: [], suffix: $0.suffix)
        }
        for index in rows.indices where rows[index].name != nil && rows[index].group.initials.isEmpty {
            let others = groups[rows[index].group, default: []].filter { !$0.initials.isEmpty }
            if others.count == 1 { rows[index].group = others[0] }
        }
    }

    private static func joinSuffixes(_ rows: inout [Row]) {
        let suffixed = rows.filter { $0.name != nil && $0.group.suffix != nil }
        for index in rows.indices where rows[index].name != nil && rows[index].group.suffix == nil {
            let row = rows[index]
            let others = suffixed.filter {
                $0.group.core == row.group.core
                    && ($0.group.initials == row.group.initials || $0.group.initials.isEmpty
                        || row.group.initials.isEmpty)
            }
            guard let other = others.first, others.allSatisfy({ $0.group == other.group }),
                others.contains(where: row.isNear)
            else { continue }
            rows[index].group = other.group
        }
    }

    private static func joinInitials(_ rows: inout [Row]) {
        let full = rows.filter { $0.name?.given != nil }
        for index in rows.indices {
            guard let name = rows[index].name, !name.leading.isEmpty else { continue }
            let row = rows[index]
            let candidates = full.filter { candidate in
                candidate.spelling.source == row.spelling.source && candidate.name.map { fit(name, $0) } != .no
            }
            guard let one = candidates.first, candidates.allSatisfy({ $0.group == one.group }),
                candidates.contains(where: { candidate in
                    candidate.name.map { fit(name, $0) } == .certain && row.isNear(candidate)
                })
            else { continue }
            rows[index].group = one.group
        }
    }

    private enum Fit { case no, possible, certain }

    /// Whether a name with an initial for its first can be that of a full one.
    private static func fit(_ short: PersonName, _ full: PersonName) -> Fit {
        guard let given = full.given, short.leading.first == String(given.plain.prefix(1)),
            [short.family.plain, short.family.digraph].contains(where: {
                $0 == full.family.plain || $0 == full.family.digraph
            }), short.suffix == nil || full.suffix == nil || short.suffix == full.suffix
        else { return .no }
        let further = Array(short.leading.dropFirst())
        let names =
            full.initials.isEmpty
            ? full.middles.filter { !$0.isParticle }.map { String($0.plain.prefix(1)) } : full.initials
        if !further.isEmpty, !names.isEmpty, further != names { return .no }
        let particles = full.middles.filter(\.isParticle).map(\.plain)
        let isWhole = full.middles.allSatisfy(\.isParticle) || further == names
        return short.middles.map(\.plain) == particles && isWhole && (further.isEmpty || further == names)
            && (short.suffix == nil || short.suffix == full.suffix) ? .certain : .possible
    }

    /// The name that says most, in the same order always.
    private static func fullest(_ rows: [Row]) -> Row {
        func rank(_ row: Row) -> (Int, Int, Int, Int, Int) {
            let name = row.name
            let marks = row.spelling.name.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 0 : 1) }
            let parts = (name?.initials.count ?? 0) + (name?.suffix == nil ? 0 : 1)
            let isInCapitals =
                row.spelling.name.contains(where: \.isUppercase) && !row.spelling.name.contains(where: \.isLowercase)
            return (
                name?.given == nil ? 0 : 1, parts, name?.titles.isEmpty == true ? 1 : 0, isInCapitals ? 0 : 1, marks
            )
        }
        return rows.max { a, b in
            let (left, right) = (rank(a), rank(b))
            return left == right ? a.spelling.name > b.spelling.name : left < right
        } ?? rows[0]
    }

    private static func rules(from name: PersonName, to full: PersonName) -> [Rule] {
        if !name.leading.isEmpty, full.leading.isEmpty { return [.initial] }
        var rules: [Rule] = []
        if name.titles != full.titles { rules.append(.title) }
        if name.initials != full.initials { rules.append(.middleInitial) }
        if name.suffix != full.suffix { rules.append(.suffix) }
        if name.written != full.written || rules.isEmpty { rules.append(.spelling) }
        return rules
    }
}
