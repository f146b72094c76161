import Wire

/// Who appears in the article: every name joined to the person or body it means.
struct Cast {
    /// A person or body with all that the article tells of it.
    struct Member {
        var name: String
        var words: [String]
        var type: Analysis.EntityType?
        var gender: Gender?
        var role: String?
        var mentions: [Span] = []
    }

    /// Where a name stands and whom it means.
    struct Mention {
        var tokens: Range<Int>
        var member: Int
        var isPossessive: Bool
    }

    private(set) var members: [Member] = []
    private(set) var mentions: [Mention] = []
    private var byName: [String: Int] = [:]
    private var byLast: [String: Int] = [:]
    private var byFirst: [String: Int] = [:]
    private var byLastAndGender: [String: Int] = [:]

    /// Joins `runs`: full names first, then the short ones, each to the last full name before it that fits.
    init(_ runs: [NameRun], in document: Document) {
        var full: [Int?] = []
        for run in runs { full.append(run.name.count > 1 ? enter(run, document) : nil) }
        // Short names may stand before the full one, so the first full name holds until another is mentioned.
        byLast.removeAll()
        byFirst.removeAll()
        byLastAndGender.removeAll()
        for index in members.indices.reversed() { index < members.count ? note(index) : () }
        for (run, known) in zip(runs, full) {
            let member: Int
            if let known {
                member = known
                note(known)
            } else {
                member = short(run, document)
            }
            describe(member, run, document)
            if let span = document.span(run.name) {
                let end = run.isPossessive ? span.end - 2 : span.end
                members[member].mentions.append(Span(span.start, end))
            }
            mentions.append(Mention(tokens: run.name, member: member, isPossessive: run.isPossessive))
        }
    }

    /// Adds someone who has no name, such as "most experts", or gives the one already known.
    mutating func unnamed(_ name: String, _ type: Analysis.EntityType?) -> Int {
        let key = "~" + name.lowercased()
        if let known = byName[key] { return known }
        members.append(Member(name: name, words: [], type: type))
        byName[key] = members.count - 1
        return members.count - 1
    }

    /// Records a reference by pronoun or description.
    mutating func refer(to member: Int, at span: Span) { members[member].mentions.append(span) }

    /// Learns a gender from a pronoun.
    mutating func learn(_ gender: Gender, of member: Int) {
        if members[member].gender == nil { members[member].gender = gender }
    }

    /// Learns that a name is a person's from its being spoken of as one.
    mutating func learn(_ type: Analysis.EntityType, of member: Int) {
        if members[member].type == nil { members[member].type = type }
    }

    private func words(_ run: NameRun, _ document: Document) -> [String] {
        run.name.map { document.word(document.tokens[$0]) }
    }

    /// The member that a name of several words is; the longer form of one name wins.
    private mutating func enter(_ run: NameRun, _ document: Document) -> Int {
        let words = words(run, document)
        let key = words.joined(separator: " ")
        if let known = byName[key] { return known }
        let ends = "\(words[0]) … \(words[words.count - 1])"
        if let known = byName[ends], run.type != .organization, words.count <= 4 {
            if words.count > members[known].words.count {
                members[known].words = words
                members[known].name = name(run, document)
            }
            byName[key] = known
            return known
        }
        members.append(Member(name: name(run, document), words: words, type: run.type, gender: run.gender))
        byName[key] = members.count - 1
        if run.type != .organization { byName[ends] = members.count - 1 }
        return members.count - 1
    }

    private mutating func short(_ run: NameRun, _ document: Document) -> Int {
        let word = words(run, document).first ?? ""
        if run.type != .place {
            if let gender = run.gender, let known = byLastAndGender["\(word) \(gender)"] { return known }
            if let known = byLast[word],
                run.gender == nil || members[known].gender == nil || members[known].gender == run.gender
            {
                return known
            }
            if let known = byFirst[word] { return known }
        }
        if let known = byName[word] { return known }
        members.append(Member(name: name(run, document), words: [word], type: run.type, gender: run.gender))
        byName[word] = members.count - 1
        return members.count - 1
    }

    /// Makes a member the one that its short names mean from here on.
    private mutating func note(_ member: Int) {
        let entry = members[member]
        guard entry.type != .organization, entry.type != .place, entry.words.count > 1, let first = entry.words.first,
            let last = entry.words.last(where: { $0 != "jr" && $0 != "sr" })
        else { return }
        byLast[last] = member
        byFirst[first] = member
        if let gender = entry.gender { byLastAndGender["\(last) \(gender)"] = member }
    }

    private mutating func describe(_ member: Int, _ run: NameRun, _ document: Document) {
        if members[member].type == nil { members[member].type = run.type }
        if members[member].gender == nil { members[member].gender = run.gender }
        if members[member].role == nil, let role = document.span(run.role) {
            members[member].role = document.text(role)
        }
    }

    private func name(_ run: NameRun, _ document: Document) -> String {
        guard let span = document.span(run.name) else { return "" }
        let end = run.isPossessive ? span.end - 2 : span.end
        return document.text(Span(span.start, end))
    }
}
