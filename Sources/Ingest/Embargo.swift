internal import TextInput
internal import Wire

/// Why something is not to be published yet, and until when.
struct Embargo {
    /// What it is under, for a message.
    let reason: String
    /// When it ends, in milliseconds from 1970; nil where nobody says so, or what is said cannot be read.
    let end: Int64?

    /// The widest that clocks are behind UTC: a time without a zone has passed everywhere so much later.
    private static let widest: Int64 = 12 * 3_600_000
    private static let day: Int64 = 86_400_000
    /// What stands where there is none.
    private static let none: Set<String> = ["", "null", "~", "none", "no", "false", "0"]

    /// The embargo of a field of that name, or nil where it says that there is none.
    init?(_ text: String) {
        guard !Self.none.contains(text.lowercased()) else { return nil }
        self.init(until: text)
    }

    /// An embargo until a time, empty where no time is given.
    init(until text: String) {
        let name = TextNormalization.line(text, limit: 40)
        reason = name.isEmpty ? "under embargo" : "under embargo until \(name)"
        end = WrittenTime(text).map {
            // A day alone is embargoed to its end.
            $0.sinceEpoch + ($0.hasTime ? 0 : Self.day) + ($0.hasZone ? 0 : Self.widest)
        }
    }

    /// What is not released before a time, as most say of what they send at once: a day is one from its beginning, a time without a
    /// zone one of UTC, and what cannot be read is none.
    init?(release text: String) {
        guard let time = WrittenTime(text) else { return nil }
        (reason, end) = ("under embargo until \(text)", time.sinceEpoch)
    }

    private init(draft: Void) { (reason, end) = ("a draft", nil) }

    /// That of what is not finished.
    static let draft = Embargo(draft: ())

    /// Whether a field says that it belongs to a draft, as Hugo, Jekyll and others write it.
    static func isDraft(_ key: String, _ value: String) -> Bool {
        switch (key.lowercased(), value.lowercased()) {
        case ("draft", "true"), ("draft", "yes"), ("status", "draft"), ("published", "false"): true
        default: false
        }
    }

    /// Whether a field of this name has an embargo: `embargoed`, `embargo_until`, `embargoDate`.
    static func isNamed(_ key: String) -> Bool {
        names.contains(key.lowercased().filter { $0.isLetter })
    }

    private static let names: Set<String> = [
        "embargo", "embargoed", "embargodate", "embargoeddate", "embargotime", "embargoend", "embargoends",
        "embargountil", "embargoeduntil",
    ]

    /// Whether it stands at a time in milliseconds from 1970.
    func stands(at now: Int64) -> Bool { end.map { now < $0 } ?? true }
}

extension ArticleReader {
    /// Refuses what is under an embargo that stands.
    func heed(_ embargoes: [Embargo]) throws(IngestError) {
        let now = Timestamp.milliseconds()
        guard let embargo = embargoes.first(where: { $0.stands(at: now) }) else { return }
        var error = IngestError(
            .embargoed, "it is \(embargo.reason)", place: place, line: line,
            remedy: "hand it over again when it may be published")
        error.embargoEnd = embargo.end
        throw error
    }
}
