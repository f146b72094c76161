internal import HTTP
internal import Sink
internal import Wire

/// What of the sink a page shows, as its address says.
struct BoardQuery: Sendable {
    /// How many articles a page has.
    static let articles = 20
    /// Bytes of a value, and of a person's whole name.
    private static let (longest, longestName) = (300, 4_000)
    /// Words that are looked for at once.
    private static let mostWords = 16
    private static let days = "a day such as 2024-05-31, or a time such as 2024-05-31T12:00:00Z"

    /// The values as they were given, without those that are empty.
    private(set) var values: [String: String] = [:]
    private(set) var search = SinkSearch()
    /// Only what arrived before this.
    private(set) var before: Int64?

    /// Names of what may be asked for.
    static let names = ["q", "speaker", "kind", "act", "source", "language", "since", "until", "least", "before"]
    /// What `kind` may be, in words.
    static let kinds = [
        ("quote", "quotes"), ("direct", "direct quotes"), ("mixed", "mixed quotes"), ("indirect", "indirect quotes"),
        ("claim", "claims"),
    ]
    /// What `act` may be, in words.
    static let acts = [
        ("statement", "said"), ("belief", "believed"), ("intention", "planned"), ("evidence", "shown"),
        ("decree", "decided"), ("denial", "denied"), ("silence", "not said"), ("question", "asked"),
    ]

    /// Reads a query.
    /// - Parameters:
    ///   - query: Names and values.
    ///   - other: Names that mean something to the page itself.
    /// - Throws: `BoardError` that says what is wrong.
    init(_ query: [(name: String, value: String)], besides other: [String] = []) throws(BoardError) {
        try self.init(query, only: Self.names + other)
    }

    /// Reads a query of a page that knows these names alone.
    /// - Throws: `BoardError` that says what is wrong.
    init(_ query: [(name: String, value: String)], only known: [String]) throws(BoardError) {
        search.limit = Self.articles
        for (name, value) in query {
            guard known.contains(name) else {
                throw .bad(
                    known.isEmpty
                        ? "This page takes no query."
                        : "There is no ‘\(name)’ to ask for, only \(known.joined(separator: ", ")).")
            }
            guard values[name] == nil else { throw .bad("‘\(name)’ is given twice.") }
            let longest = name == "name" ? Self.longestName : Self.longest
            guard value.utf8.count <= longest else { throw .bad("‘\(name)’ is longer than \(longest) bytes.") }
            // A name is what it is, others are typed.
            let value = name == "name" ? value : value.trimmed
            if !value.isEmpty { values[name] = value }
        }
        search.words = (values["q"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        guard search.words.count <= Self.mostWords else { throw .bad("Look for \(Self.mostWords) words at most.") }
        search.speaker = values["speaker"]
        search.source = values["source"]
        if let kind = values["kind"] {
            try Self.check("kind", kind, among: Self.kinds)
            search.kind = kind == "claim" ? kind : "quote"
            search.form = kind == "quote" || kind == "claim" ? nil : kind
        }
        if let act = values["act"] {
            try Self.check("act", act, among: Self.acts)
            search.act = act
        }
        if let language = values["language"] {
            guard language.utf8.count <= 35,
                language.utf8.allSatisfy({
                    $0 == 0x2D || UnicodeScalar($0).properties.isAlphabetic || (0x30...0x39).contains($0)
                })
            else { throw .bad("‘language’ is a tag such as en or en-GB, not ‘\(language)’.") }
            search.language = language
        }
        if let least = values["least"] {
            guard let number = Double(least), (0...1).contains(number) else {
                throw .bad("‘least’ is a number from 0 to 1, not ‘\(least)’.")
            }
            search.least = number
        }
        if let since = values["since"] { search.since = try Self.moment("since", since, endOfDay: false) }
        if let until = values["until"] { search.until = try Self.moment("until", until, endOfDay: true) }
        if let text = values["before"] {
            guard let key = Int64(text), key > 0 else { throw .bad("‘before’ is no number of an article.") }
            before = key
        }
    }

    /// Whether something is left out.
    var isNarrowed: Bool { values.keys.contains { $0 != "before" && $0 != "name" } }

    /// What narrows the search beside its words, in words, with the address of the same without it.
    func filters(_ path: String) -> [(words: String, without: String)] {
        let named =
            [
                ("kind", { kind in "only \(Self.kinds.first { $0.0 == kind }?.1 ?? kind)" }),
                ("act", { act in "only what was \(Self.acts.first { $0.0 == act }?.1 ?? act)" }),
                ("speaker", { "by \($0)" }), ("source", { "from \($0)" }),
                ("language", { "in \($0)" }),
                ("least", { "score at least \($0)" }), ("since", { "since \($0)" }), ("until", { "until \($0)" }),
            ] as [(String, (String) -> String)]
        var others = self
        others.values["before"] = nil
        return named.compactMap { name, words in
            values[name].map { (words($0), others.address(path, with: name, nil)) }
        }
    }

    /// The address of a page with the same query but for one value.
    func address(_ path: String, with name: String, _ value: String?) -> String {
        var values = values
        values[name] = value
        let pairs = values.sorted { $0.key < $1.key }.map { "\($0.key)=\(HTTPRequest.encoded($0.value))" }
        return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }

    private static func check(_ name: String, _ value: String, among known: [(String, String)]) throws(BoardError) {
        guard !known.contains(where: { $0.0 == value }) else { return }
        throw .bad("‘\(name)’ is one of \(known.map(\.0).joined(separator: ", ")), not ‘\(value)’.")
    }

    private static func moment(_ name: String, _ text: String, endOfDay: Bool) throws(BoardError) -> String {
        if let moment = Timestamp.parse(text) { return Timestamp.format(moment) }
        guard let day = Timestamp.parse("\(text)T00:00:00Z") else {
            throw .bad("‘\(name)’ is \(days), not ‘\(text)’.")
        }
        return Timestamp.format(endOfDay ? day + 86_400_000 : day)
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
