/// The words of English that the rules know, looked up by lower-case form.
enum Lexicon {
    /// The classes of `word`, given in lower case with straight apostrophes; empty where it is unknown.
    static func classes(of word: String) -> WordClass { table[word] ?? [] }

    private static let table: [String: WordClass] = {
        var table: [String: WordClass] = [:]
        for (classes, words) in FunctionWords.table + NounWords.table + GivenNames.table + OtherVerbs.table
            + [(.nounLike, CueVerbs.nounLike)]
        {
            for word in words.split(whereSeparator: \.isWhitespace) {
                table[String(word), default: []].formUnion(classes)
            }
        }
        for verb in CueVerbs.all {
            table[verb.base, default: []].formUnion([verb.classes, .base])
            table[verb.third, default: []].formUnion([verb.classes, .third])
            table[verb.gerund, default: []].formUnion([verb.classes, .gerund])
            for past in verb.past { table[past, default: []].formUnion([verb.classes, .past]) }
            for participle in verb.past.dropFirst() { table[participle, default: []].formUnion(.participle) }
        }
        return table
    }()
}
