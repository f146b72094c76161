/// Sequences of words, looked up by the first.
struct WordSequences {
    private var byFirst: [String: [[String]]] = [:]

    init(_ sequences: [String]) {
        for sequence in sequences {
            let words = sequence.split(separator: " ").map(String.init)
            if let first = words.first { byFirst[first, default: []].append(words) }
        }
    }

    /// Length of the longest sequence that `words` starts with, or nil where it starts with none.
    func prefix(of words: ArraySlice<String>) -> Int? {
        guard let first = words.first, let sequences = byFirst[first] else { return nil }
        return sequences.filter { words.starts(with: $0) }.map(\.count).max()
    }
}
