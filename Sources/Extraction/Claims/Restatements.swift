import Glibc
import Wire

/// Finds claims that state what an earlier one states, in other words: a headline and its lead, a quote and its report.
///
/// Rather none than a wrong one: most of what the shorter claim says must stand in the other, all its names and numbers among it, and what
/// it says of them must be stated by the other, too. Claims meet through words that they share, of which each leads to few claims,
/// so that the whole is linear in the text.
struct Restatements {
    /// Claims that a word leads to.
    private static let reach = 8
    /// The least share of the shorter claim's words, weighed by rarity, that stands in the other.
    private static let least = 0.7
    /// The same where they share a number.
    private static let leastWithNumber = 0.4
    /// The fewest stems that two claims of the same share.
    private static let fewest = 3
    /// From this share on, the words themselves say that the same is stated.
    private static let most = 0.9

    private let claims: [Analysis.Claim]
    private let contents: [Content]
    /// How rare a stem is among the claims.
    private let weights: [String: Double]

    /// What a claim is compared by.
    private struct Content {
        var stems: Set<String>
        /// Words with a capital inside the sentence, in lower case.
        var names: Set<String>
        var words: Set<String>
        var numbers: [Number]
        /// The last word of what it is about, in lower case; nil where that is left open: "it", "they".
        var subject: String?

        /// Whether a word of another claim stands in it.
        func names(_ word: String) -> Bool { holds(words, word) || stems.contains(stem(word)) }
    }

    private struct Number {
        var value: Double
        /// What is counted, or nil where the claim leaves that open.
        var unit: String?

        /// Whether it is one of `others`.
        func isAmong(_ others: [Number]) -> Bool {
            others.contains { $0.value == value && ($0.unit == nil || unit == nil || $0.unit == unit) }
        }
    }

    init(_ claims: [Analysis.Claim]) {
        self.claims = claims
        contents = claims.map(Self.content)
        var counts: [String: Int] = [:]
        for content in contents { for stem in content.stems { counts[stem, default: 0] += 1 } }
        weights = counts.mapValues { log(Double(claims.count + 1) / Double($0)) }
    }

    /// For each claim the index of the first one that states the same, or nil.
    func first() -> [Int?] {
        var holders: [String: [Int]] = [:]
        var firsts = [Int?](repeating: nil, count: claims.count)
        for index in claims.indices {
            var shared: [Int: (count: Int, weight: Double)] = [:]
            for stem in contents[index].stems {
                for other in holders[stem] ?? [] {
                    let sum = shared[other] ?? (0, 0)
                    shared[other] = (sum.count + 1, sum.weight + (weights[stem] ?? 0))
                }
                if holders[stem, default: []].count < Self.reach { holders[stem, default: []].append(index) }
            }
            var best: (share: Double, index: Int)?
            for (other, sum) in shared.sorted(by: { $0.key < $1.key }) where sum.count >= Self.fewest {
                guard let share = share(sum, other, index), share > best?.share ?? 0 else { continue }
                best = (share, other)
            }
            firsts[index] = best.map { firsts[$0.index] ?? $0.index }
        }
        return firsts
    }

    /// The share of the shorter claim that the longer one states, too, or nil where they state different things.
    private func share(_ shared: (count: Int, weight: Double), _ a: Int, _ b: Int) -> Double? {
        let isFirstShort = contents[a].stems.count <= contents[b].stems.count
        let (short, long) = isFirstShort ? (a, b) : (b, a)
        let (content, other) = (contents[short], contents[long])
        let whole = content.stems.reduce(0) { $0 + (weights[$1] ?? 0) }
        let share = shared.weight / whole
        guard whole > 0, share >= Self.leastWithNumber else { return nil }
        guard content.names.allSatisfy({ Self.holds(other.words, $0) }) else { return nil }
        guard content.subject.map({ other.names($0) }) ?? true else { return nil }
        let common = content.numbers.filter { $0.isAmong(other.numbers) }
        if !content.numbers.isEmpty, !other.numbers.isEmpty {
            guard common.count == content.numbers.count || !common.isEmpty && share >= Self.least else { return nil }
        }
        let statement = statement(of: claims[short], in: claims[long])
        if statement == .contrary { return nil }
        if !common.isEmpty { return share }
        guard shared.count > Self.fewest || share >= Self.most, share >= Self.least else { return nil }
        return share >= Self.most || statement == .same ? share : nil
    }

    /// What one claim says of its subject, as another has it.
    private enum Statement { case same, contrary, other }

    private func statement(of claim: Analysis.Claim, in other: Analysis.Claim) -> Statement {
        let stated = Self.stated(by: claim)
        // The most certain one that the other has, too, decides.
        for proposition in stated.prefix(2) {
            let stems = Self.stems(of: proposition.predicate.text)
            let alike = other.propositions.prefix(32).filter {
                let others = Self.stems(of: $0.predicate.text)
                return stems.isEmpty ? others.isEmpty : !stems.isDisjoint(with: others)
            }
            guard !alike.isEmpty else { continue }
            let isSame = alike.contains {
                $0.negated == proposition.negated
                    && ($0.modality == .denied) == (proposition.modality == .denied)
            }
            return isSame ? .same : .contrary
        }
        return .other
    }

    /// What a claim says, without that somebody says it.
    private static func stated(by claim: Analysis.Claim) -> [Analysis.Proposition] {
        claim.propositions.filter { proposition in
            proposition.predicate.spans.contains { $0.count > 0 }
                && proposition.predicate.spans.allSatisfy { predicate in
                    claim.spans.contains { $0.start <= predicate.start && predicate.end <= $0.end }
                }
        }
    }

    // MARK: - Words

    private static func content(of claim: Analysis.Claim) -> Content {
        let words = self.words(of: claim.text)
        let content = words.filter { !stopWords.contains($0.lower) }
        let capital = content.filter { $0.isCapital && $0.place > 0 }
        // In a headline with capitals everywhere they tell nothing.
        let names = 2 * capital.count > words.count ? [] : capital
        let subject = stated(by: claim).first?.subject.map { self.words(of: $0.text) } ?? []
        return Content(
            stems: Set(content.map { stem($0.lower) }), names: Set(names.map(\.lower)), words: Set(words.map(\.lower)),
            numbers: claim.quantities.prefix(32).compactMap(number),
            subject: subject.last { !stopWords.contains($0.lower) }?.lower)
    }

    /// A number that can tell claims apart: neither "one" nor "half" nor "millions" does, nor what may be a year.
    private static func number(of quantity: Analysis.Quantity) -> Number? {
        let isWritten = !quantity.text.contains(where: \.isNumber)
        if isWritten, quantity.value == 1 || quantity.value == 0.5 || quantity.value >= 100 { return nil }
        if quantity.unit == nil, (1900...2100).contains(quantity.value) { return nil }
        let unit = quantity.unit.flatMap { words(of: $0).last }.map { stem($0.lower) }
        return Number(value: quantity.value, unit: quantity.unitCode ?? unit)
    }

    private static func stems(of text: String) -> Set<String> {
        Set(words(of: text).map(\.lower).filter { !stopWords.contains($0) }.map(stem))
    }

    /// A word in lower case, and how it stands in its claim.
    private struct Word {
        var lower: String
        var isCapital: Bool
        var place: Int
    }

    private static func words(of text: String) -> [Word] {
        let scalars = Array(text.unicodeScalars)
        var words: [Word] = []
        for part in scalars.split(whereSeparator: { !$0.isLetterOrDigit && !isInner($0) }) {
            guard let first = part.firstIndex(where: { !isInner($0) }),
                let last = part.lastIndex(where: { !isInner($0) })
            else { continue }
            let lower = String(scalars[first...last]).lowercased()
            words.append(Word(lower: lower, isCapital: scalars[first].isUppercase, place: words.count))
        }
        return words
    }

    /// Whether a sign may stand inside a word or number.
    private static func isInner(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isApostrophe || scalar == "." || scalar == ","
    }

    /// Whether a name is among words, also as "Swedish" for "Sweden".
    private static func holds(_ words: Set<String>, _ name: String) -> Bool {
        if words.contains(name) || words.contains(stem(name)) { return true }
        let opening = name.prefix(4)
        return opening.count == 4 && words.contains { $0.hasPrefix(opening) }
    }

    /// A word without what English adds to it: rough, but the same for both.
    static func stem(_ word: String) -> String {
        var word = word
        for ending in ["'s", "’s"] where word.hasSuffix(ending) { word.removeLast(2) }
        if let ending = endings.first(where: { word.hasSuffix($0) && word.count - $0.count >= ($0.count < 3 ? 3 : 4) })
        {
            word.removeLast(ending.count)
        }
        if word.hasSuffix("e"), word.count > 3 { word.removeLast() }
        return word
    }

    private static let endings = [
        "ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "edly", "ed", "es", "s", "ly",
    ]
    private static let stopWords = Set(
        """
        a an the and or but of in on at to for from by with as is are was were be been being it its he she they them his her their \
        this that these those which who whom whose what when where while will would could should may might can has have had do does \
        did not no than then there here also more most one two about after before over under into out up down said say says told \
        saying according added just still very much many some any all other such so if because during between against through new \
        last year years day days week month people per cent we our us you your i my me cannot don't didn't isn't wasn't
        """.split(separator: " ").map(String.init))
}
