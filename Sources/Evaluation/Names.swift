/// Names as they are compared: words in lower case, without an article in front.
enum Names {
    static func words(_ name: String?) -> [String] {
        let words = (name ?? "").lowercased().unicodeScalars.split { !$0.isOfWord }.map(String.init)
        return Array(words.drop { ["the", "a", "an"].contains($0) })
    }

    /// Whether two names are the same to the word.
    static func areEqual(_ a: String?, _ b: String?) -> Bool {
        let (a, b) = (words(a), words(b))
        return !a.isEmpty && a == b
    }

    /// Whether the last words are the same, and one's words are all among the other's.
    static func areAlike(_ a: String?, _ b: String?) -> Bool {
        let (a, b) = (words(a), words(b))
        guard let last = a.last, last == b.last else { return false }
        return Set(a).isSubset(of: b) || Set(b).isSubset(of: a)
    }

    /// Likeness of two phrases by their words.
    static func likeness(_ a: String?, _ b: String?) -> Double {
        let (a, b) = (Set(words(a)), Set(words(b)))
        let all = a.union(b).count
        return all > 0 ? Double(a.intersection(b).count) / Double(all) : 0
    }
}
