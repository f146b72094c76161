import Language
import Wire

/// Who appears in the article: all names of one person or body are one entity, called by the longest.
struct Cast {
    /// A person, body, group or text that may speak.
    struct Entity {
        /// Its fullest name, or the phrase that stands for it.
        var name: String
        /// The words of the name in lower case.
        var keys: [String]
        var type: Analysis.EntityType
        var role: String?
        var gender: Gender?
        /// It has a name, and is not merely a phrase such as "most experts".
        var isNamed = true
        var isPlace = false
        /// Nouns by which it can be called: those of its role, or its own.
        var nouns: Set<String> = []
    }

    private let document: Document
    let words: [Word]
    /// The names in the text, each with its entity.
    private(set) var names: [Name]
    private(set) var entities: [Entity] = []
    /// Who is meant by the last word of a description that comes before the name.
    private(set) var introduced: [Int: Int] = [:]
    /// The first person to be called by a noun.
    private(set) var byNoun: [String: Int] = [:]
    /// Those who are named together by one surname: "Bo and Ann Li".
    private(set) var partners: [Int: Int] = [:]
    /// The only person whose name an age stands behind: "Ann Li, 58,".
    private(set) var aged: [String: Int] = [:]
    /// Those whose role stands in the headline.
    private var briefly: Set<Int> = []
    /// Nouns by which several people are called.
    private var shared: Set<String> = []
    /// Unnamed entities by the words of their phrase, pairs by their members.
    private var byKey: [[String]: Int] = [:]

    /// Joins `names` to entities.
    static func joining(_ names: [Name], _ words: [Word], in document: Document) -> Cast {
        var people = People(Cast(document: document, words: words, names: names))
        people.join()
        var bodies = Bodies(people.cast, byShortName: people.holder)
        bodies.join()
        var cast = bodies.cast
        for index in names.indices { cast.describe(index) }
        cast.introduce()
        cast.aged = cast.ages().compactMapValues { $0.count == 1 ? $0.first : nil }
        return cast
    }

    private init(document: Document, words: [Word], names: [Name]) {
        self.document = document
        self.words = words
        self.names = names
    }

    /// Bodies and the like by their names.
    private var byName: [[String]: Int] = [:]

    /// The only person to be called by a noun, or nil.
    func only(_ noun: String) -> Int? { shared.contains(noun) ? nil : byNoun[noun] }

    /// Adds an entity.
    mutating func add(_ entity: Entity) -> Int {
        if entity.isNamed, entity.type != .person, byName[entity.keys] == nil { byName[entity.keys] = entities.count }
        entities.append(entity)
        return entities.count - 1
    }

    /// The entity that a phrase without a name means; the same words mean the same.
    mutating func unnamed(_ key: [String], _ make: () -> Entity) -> Int {
        if let known = byKey[key] { return known }
        let entity = add(make())
        byKey[key] = entity
        return entity
    }

    /// The body with a name, in lower case: the "health ministry" of a headline is the Health Ministry.
    func body(named keys: [String]) -> Int? { byName[keys] }

    /// Joins a name to an entity.
    mutating func meet(_ name: Int, _ entity: Int) {
        names[name].entity = entity
        if entities[entity].gender == nil { entities[entity].gender = names[name].gender }
    }

    /// Two people are named together.
    mutating func pair(_ first: Int, _ second: Int) {
        partners[first] = second
        partners[second] = first
    }

    /// Makes a name of a kind that its other mentions have.
    mutating func setKind(_ kind: Name.Kind, of name: Int) { names[name].kind = kind }

    /// Learns more about an entity.
    mutating func update(_ entity: Int, _ body: (inout Entity) -> Void) { body(&entities[entity]) }

    /// The name as it is written, without honours behind it, and of a person not in capitals throughout, as transcripts call them.
    func written(_ name: Name) -> String {
        let text = plain(name)
        let parts = text.split(separator: " ")
        guard name.kind == .person, parts.count > 1 || text.count > Self.longestAcronym,
            !text.contains(where: \.isLowercase)
        else { return text }
        return parts.map { Self.inLowerCase($0) }.joined(separator: " ")
    }

    /// A name of one word and as many letters may be one of letters: "MGK".
    private static let longestAcronym = 4

    /// "Li-Ek" of "LI-EK", "O’Hara", "McLeod".
    private static func inLowerCase(_ word: Substring) -> String {
        var isFirst = true
        var isMc = false
        var written = ""
        for letter in word {
            written += isFirst ? String(letter) : letter.lowercased()
            isMc = written == "Mc"
            isFirst = !letter.isLetter || isMc
        }
        return written
    }

    private func plain(_ name: Name) -> String {
        let last = words[name.first + name.keys.count - 1]
        let end = last.place.upperBound
        let isDotted = ["Jr", "Sr"].contains(last.text) && end < document.scalars.count && document.scalars[end] == "."
        return text(from: words[name.first].place.lowerBound, to: isDotted ? end + 1 : end)
    }

    /// The text between two offsets, without invisible characters and with single spaces.
    func text(from start: Int, to end: Int) -> String { document.text(from: start, to: end) }

    /// Whether the article before a name belongs to it, as a capital inside a sentence tells: "told The Fiji Times".
    func ownsArticle(_ name: Name) -> Bool {
        let article = name.first - 1
        return article >= 0 && words[article].text == "The" && words[name.first].gap.text == " "
            && !words.opens(article)
    }

    /// Takes what stands before the name ("Culture Secretary") and behind it (", the mayor of Oslo,") as a role.
    private mutating func describe(_ index: Int) {
        let name = names[index]
        guard let number = name.entity else { return }
        var before = words.role(before: name)
        // "An economist | retained by the state, |  Ann Li,": she is no state.
        if let part = before, let whole = words.apposition(before: name) ?? words.apposition(byTree: name),
            whole.noun < part.lowerBound, whole.words.upperBound == name.first,
            words[whole.noun + 1...part.lowerBound].allSatisfy({ $0.gap.text != ", " })
        {
            before = whole.words
        }
        let behind = words.role(behind: name).map { words.withBody($0, of: name, among: names) }
        for range in [before, behind].compactMap({ $0 }) {
            var nouns = words.roleNouns(in: range)
            if entities[number].type == .person {
                nouns = nouns.filter { noun in
                    let classes = SpeakerWordClass.of(noun)
                    return !classes.isDisjoint(with: [.person, .title]) || classes.isDisjoint(with: [.body, .group])
                }
                if nouns.isEmpty { continue }
            } else {
                nouns = nouns.filter { SpeakerWordClass.of($0).contains(.body) && !Self.realms.contains($0) }
                // "Senior US officials" is no body's role.
                if words[range].allSatisfy({ $0.part == .adjective || $0.name != nil }) { continue }
            }
            entities[number].nouns.formUnion(nouns)
            entities[number].nouns.formUnion(nouns.compactMap { SpeakerWords.abbreviatedTitles[$0] })
            if entities[number].type == .person { entities[number].nouns.formUnion(words.acronyms(in: range)) }
            if isWithoutRole(number) || isFuller(range, for: number) {
                let role = words[range].drop { $0.has(.article) }
                // "Mr" alone is none.
                if !role.allSatisfy({ Self.courtesies.contains($0.lower) }) { setRole(role, of: number) }
                share(range, of: index)
            }
        }
        describeByPhrase(name, number)
        guard entities[number].type == .person else { return }
        for noun in entities[number].nouns {
            if let known = byNoun[noun] {
                if known != number { shared.insert(noun) }
            } else {
                byNoun[noun] = number
            }
        }
    }

    /// Who is of each age that the text tells.
    private func ages() -> [String: Set<Int>] {
        var ages: [String: Set<Int>] = [:]
        for name in names where words.isAge(name.end) {
            if let entity = name.entity { ages[words[name.end].text, default: []].insert(entity) }
        }
        return ages
    }

    /// Joins a description to the name behind it: "A storekeeper told a court …", and then "Ann Li, 61, said …".
    private mutating func introduce() {
        guard let found = words.introduction(in: names), let number = names[found.name].entity,
            entities[number].type == .person, isWithoutRole(number)
        else { return }
        introduced[found.noun] = number
        let noun = words[found.noun].lower
        entities[number].nouns.insert(noun)
        if byNoun[noun] == nil { byNoun[noun] = number }
        if words[found.noun].has(.person) || words[found.noun].mention == .person, !Self.anybody.contains(noun) {
            setRole(words[found.phrase], of: number)
        }
    }

    /// Nouns that say nothing of what somebody does.
    private static let anybody: Set<String> = [
        "boy", "brother", "client", "customer", "daughter", "father", "friend", "girl", "man", "mother", "neighbour",
        "sister", "somebody", "someone", "son", "suspect", "victim", "wife", "woman",
    ]

    /// "Council members Ann Li and Bo Ek": he is one, too.
    private mutating func share(_ range: Range<Int>, of index: Int) {
        let name = names[index]
        guard range.upperBound == name.first, words[range.upperBound - 1].lower.singular != nil,
            index + 1 < names.count, let number = name.entity, let other = names[index + 1].entity,
            names[index + 1].first == name.end + 1,
            words[name.end].lower == "and", words[name.end].gap.text == " ", entities[other].type == .person,
            isWithoutRole(other)
        else { return }
        entities[other].role = entities[number].role
    }

    /// Takes a phrase beside the name as a role, where no better one is known.
    private mutating func describeByPhrase(_ name: Name, _ number: Int) {
        let isVague = entities[number].role.map { Self.vague.contains($0.lowercased()) } ?? false
        guard isVague || isWithoutRole(number) else { return }
        var found: Range<Int>?
        let clause =
            entities[number].type == .person ? words.occupation(behind: name) ?? words.office(toldOf: name) : nil
        if let phrase = words.apposition(behind: name) ?? words.apposition(before: name)
            ?? words.apposition(byTree: name)
            // "Dr Ann Li, who runs a practice in Oslo"
            ?? words.modifiers(before: name).flatMap({ clause != nil && isTitle($0.words) ? nil : $0 })
        {
            let noun = words[phrase.noun]
            if isVague, !noun.has([.person, .title]) { return }
            // "Li's, the brewery", which Ann Li owns
            if entities[number].type == .person, name.isPossessive, noun.has(.business) { return }
            if entities[number].type != .person, Self.realms.contains(noun.lower) { return }
            found = phrase.words
            entities[number].nouns.insert(words[phrase.noun].lower)
        } else if entities[number].type == .person {
            // "Bricklayer Ann Li"
            let title = name.title.flatMap { words[$0].has([.title, .keptTitle]) ? nil : $0..<name.first }
            found = clause ?? title
        }
        guard let found else { return }
        let role = words[found].drop { $0.has(.article) }
        if !role.allSatisfy(Self.isAddress) { setRole(role, of: number) }
    }

    /// "Mr", "Dr": how somebody is addressed.
    private static func isAddress(_ word: Word) -> Bool { word.has(.shortTitle) || courtesies.contains(word.lower) }

    /// Whether words are how somebody is addressed, or a role only where nothing better is known.
    private func isTitle(_ range: Range<Int>) -> Bool {
        words[range].allSatisfy { Self.isAddress($0) || Self.vague.contains($0.lower) }
    }

    private mutating func setRole(_ role: ArraySlice<Word>, of number: Int) {
        // "His opposite number"
        var role = role.drop { $0.has(.possessive) }
        // "Chief scientist Dr", "then chairman, the late Sir"
        while role.count > 1, let last = role.last,
            ["cllr", "cr", "dr", "late", "prince", "prof", "the"].contains(last.lower)
                || Self.courtesies.contains(last.lower)
                || last.has(.shortTitle) && last.gap.text == ", "
        {
            role.removeLast()
        }
        // "The wife of Governor" is somebody else.
        if let last = role.last, last.isCapital, last.has([.title, .person]),
            let cue = role.indices.dropFirst().first(where: {
                SpeakerWords.principalCues.contains(role[$0].lower)
                    && SpeakerWords.goBetweens.contains(role[$0 - 1].lower)
            })
        {
            role = role[(cue + 1)...]
        }
        guard let first = role.first, let last = role.last, !first.has(.stop), role.map(\.lower) != ["late"],
            !role.allSatisfy({ SpeakerWords.companyEndings.contains($0.lower) || $0.has(.particle) })
        else { return }
        let head = role.prefix { !$0.has(.stop) }.last
        // "A spokesperson for its owner, Li & Sons"
        if entities[number].type != .person, head?.lower.hasPrefix("spokes") ?? false { return }
        if entities[number].type == .person, head.map({ SpeakerWords.noOffices.contains($0.lower) }) ?? false { return }
        var text = document.text(from: first.place.lowerBound, to: last.place.upperBound)
        // "Council members Ann Li and Bo Ek": each is one.
        if entities[number].type == .person, !role.contains(where: { $0.has(.stop) }),
            let singular = last.lower.singular,
            SpeakerWordClass.of(singular).contains(.person), text.lowercased().hasSuffix(last.lower)
        {
            text = text.dropLast(last.lower.count) + singular
        }
        entities[number].role = text
        if words.isHeadline(first) { briefly.insert(number) } else { briefly.remove(number) }
    }

    /// Whether a phrase says more of somebody than the headline does: "Singer Ann Li", "veteran folk singer Ann Li".
    private func isFuller(_ phrase: Range<Int>, for number: Int) -> Bool {
        guard briefly.contains(number), let role = entities[number].role, !words.isHeadline(words[phrase.lowerBound])
        else { return false }
        return phrase.count > role.split(separator: " ").count
    }

    private func isWithoutRole(_ number: Int) -> Bool { entities[number].role.map(Self.isShortTitle) ?? true }

    private static let courtesies: Set<String> = ["mr", "mrs", "ms", "miss", "sir", "dame", "madam"]
    /// Titles that are a role only where nothing better is known.
    private static let vague: Set<String> = [
        "alhaji", "brother", "chief", "comrade", "father", "hajia", "justice", "malam", "otunba", "sister",
    ]

    /// What a body belongs to: "the state Harbour Board".
    private static let realms: Set<String> = ["city", "council", "county", "government", "parliament", "state", "town"]

    /// Short titles that are offices.
    private static let offices: Set<String> = ["gov", "rep", "sen"]

    private static func isShortTitle(_ role: String) -> Bool {
        role.lowercased().split { !$0.isLetter && !$0.isNumber }
            .allSatisfy { SpeakerWordClass.of(String($0)).contains(.shortTitle) && !offices.contains(String($0)) }
    }
}

extension Document {
    /// The text between two offsets, without invisible characters and with single spaces.
    func text(from start: Int, to end: Int) -> String {
        var text: [Unicode.Scalar] = []
        for scalar in scalars[start..<max(start, end)] where !scalar.isHidden {
            if scalar.isSpace {
                if text.last != " " { text.append(" ") }
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
