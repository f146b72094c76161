/// The words of English that the rules know, looked up by lower-case form.
enum Lexicon {
    /// The classes of `word`, given in lower case with straight apostrophes; empty where it is unknown.
    static func classes(of word: String) -> WordClass { table[word] ?? [] }

    private static let table: [String: WordClass] = {
        var table: [String: WordClass] = [:]
        for (classes, words) in FunctionWords.table + NounWords.table + GivenNames.table {
            for word in words.split(whereSeparator: \.isWhitespace) {
                table[String(word), default: []].formUnion(classes)
            }
        }
        for form in SpeechVerbs.forms { table[form, default: []].formUnion(.speech) }
        return table
    }()
}
