/// The people who speak in some analyses, by name and source, with the first and last date of each.
struct SightedPeople {
    /// A name in a source.
    struct Place: Hashable {
        var name: String
        var source: String
    }

    private(set) var dates: [Place: (first: String, last: String)] = [:]

    /// Adds the people of an analysis.
    mutating func see(_ analysis: SinkAnalysis) {
        let date = analysis.reference.published ?? analysis.time
        for passage in analysis.passages where passage.type == "person" {
            guard let name = passage.speaker else { continue }
            see(name, in: analysis.reference.source ?? "", from: date, to: date)
        }
    }

    /// Adds a name that stands in a source at these dates.
    mutating func see(_ name: String, in source: String, from first: String, to last: String) {
        // What is too long for a name, or for the key of an index, is nobody's.
        guard name.utf8.count <= 400, source.utf8.count <= 400 else { return }
        let place = Place(name: name, source: source)
        let known = dates[place] ?? (first, last)
        dates[place] = (min(known.first, first), max(known.last, last))
    }
}
