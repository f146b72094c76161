/// The people of a sink, by name and source.
struct KnownPeople {
    /// A name, and whose it is.
    struct Entry: Hashable {
        var name: String
        var source: String
        var person: String
        var rule: String
        /// The name without capitals and accents.
        var fold: String
    }

    var entries: [Entry] = []

    /// All names of those who have one that holds these words.
    func named(_ words: String) -> [Entry] {
        let wanted = People.fold(words).split(separator: " ").map { " \($0) " }
        guard !wanted.isEmpty else { return [] }
        func holds(_ fold: String) -> Bool { wanted.allSatisfy(fold.contains) }
        let persons = Set(
            entries.filter { holds($0.fold) || $0.person != $0.name && holds(People.fold($0.person)) }.map(\.person))
        return entries.filter { persons.contains($0.person) }
    }

    /// Speakers of what was counted by name and source.
    func speakers(
        _ counts: [(name: String, source: String, isPerson: Bool, quotes: Int, claims: Int, last: String)], limit: Int
    ) -> [SinkSpeaker] {
        let known = Dictionary(entries.map { (SightedPeople.Place(name: $0.name, source: $0.source), $0) }) {
            first, _ in
            first
        }
        var found: [String: SinkSpeaker] = [:]
        for count in counts {
            let entry = count.isPerson ? known[SightedPeople.Place(name: count.name, source: count.source)] : nil
            let name = entry?.person ?? count.name
            var speaker = found[name] ?? SinkSpeaker(speaker: name, quotes: 0, claims: 0, last: "", spellings: [])
            speaker.quotes += count.quotes
            speaker.claims += count.claims
            speaker.last = max(speaker.last, count.last)
            if let entry {
                speaker.spellings?.append(
                    SinkSpeaker.Spelling(name: entry.name, source: entry.source, rule: entry.rule))
            }
            found[name] = speaker
        }
        return found.values.sorted {
            let (left, right) = ($0.quotes + $0.claims, $1.quotes + $1.claims)
            return left == right ? $0.speaker < $1.speaker : left > right
        }.prefix(limit).map { speaker in
            var speaker = speaker
            let spellings = (speaker.spellings ?? []).sorted { ($0.name, $0.source) < ($1.name, $1.source) }
            speaker.spellings = Set(spellings.map(\.name)).count > 1 ? spellings : nil
            return speaker
        }
    }
}
