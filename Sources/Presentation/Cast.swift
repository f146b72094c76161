import Wire

/// Who speaks in an article, in the order of how much: what colours its page.
package struct Cast {
    /// A speaker.
    struct Member {
        var name: String
        /// Whether that is the name, and not what stands where there is none.
        var isNamed: Bool
        var role: String?
        /// The quotes, by number.
        var quotes: [Int] = []
        /// One or two letters that stand for the name.
        var initials: String
        /// A class of the style sheet: `s1` to `s8`, and `s0` for all who speak less than the first eight.
        var style = "s0"
    }

    /// How many speakers have a colour of their own.
    package static let colours = 8

    private(set) var members: [Member] = []
    /// For each quote its speaker, by number.
    private(set) var speakers: [Int] = []
    private var byEntity: [String: Int] = [:]

    init(_ analysis: Analysis) {
        let entities = Dictionary(analysis.entities.map { ($0.id, $0) }) { first, _ in first }
        var found: [Member] = []
        var order: [String: Int] = [:]
        var keys: [String] = []
        let spoken = analysis.quotes.map { quote -> Int in
            let known = quote.speaker?.name ?? quote.source?.text
            let name = known ?? "unknown speaker"
            let key = quote.speaker?.entity ?? "?\(name)"
            let index = order[key] ?? found.count
            if index == found.count {
                order[key] = index
                keys.append(key)
                let role = quote.speaker.flatMap { entities[$0.entity]?.role }
                found.append(
                    Member(name: name, isNamed: known != nil, role: role, initials: known.map(Self.initials) ?? "?"))
            }
            return index
        }
        for (quote, speaker) in spoken.enumerated() { found[speaker].quotes.append(quote) }
        let ranked = found.indices.sorted {
            (found[$1].quotes.count, $0) < (found[$0].quotes.count, $1)
        }
        var rank = [Int](repeating: 0, count: found.count)
        for (place, index) in ranked.enumerated() {
            rank[index] = place
            var member = found[index]
            if place < Self.colours { member.style = "s\(place + 1)" }
            members.append(member)
        }
        speakers = spoken.map { rank[$0] }
        byEntity = Dictionary(keys.enumerated().map { ($0.element, rank[$0.offset]) }) { first, _ in first }
    }

    /// The speaker that a claim is of, by number; nil for the article and for who is not quoted.
    func speaker(of claimant: Analysis.Claimant) -> Int? { claimant.entity.flatMap { byEntity[$0] } }

    /// The first letters of the first and the last word of a name that begin with capitals, or of the first words.
    package static func initials(of name: String) -> String {
        let words = name.split { !$0.isLetter && !$0.isNumber && !"'’".contains($0) }
        let capital = words.filter { $0.first?.isUppercase ?? false }
        let chosen =
            capital.isEmpty ? words.prefix(2).map { $0 } : [capital.first, capital.dropFirst().last].compactMap { $0 }
        let letters = chosen.compactMap(\.first).map { String($0).uppercased() }.joined()
        return letters.isEmpty ? "?" : letters
    }
}
