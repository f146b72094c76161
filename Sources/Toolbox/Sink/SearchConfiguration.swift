import Service
import Sink
import Wire

/// What `onrecord search` can be told.
struct SearchConfiguration: Sendable {
    var search = SinkSearch()
    /// Whether names are listed instead of passages.
    var speakers = false
    var format = OutputFormat.text
    /// The database and the words.
    var words: [String] = []

    static var command: Command<SearchConfiguration> {
        Command(
            "onrecord search", summary: "find who said what in a database of onrecord sink",
            discussion: """
                Shows quotes and claims that hold all the words given, the newest first: as they stand now, without versions \
                that were replaced and what was taken back. Capitals and accents do not matter; a word with * at its end \
                stands for all that begin so. --speaker takes words of a name in the same way, so that 'trudeau' finds \
                everyone of that name. --person finds one person under all names that are certainly theirs: with and without \
                accents, titles and middle initials, or with an initial where a source has one such person; --speakers shows \
                the names and by which rule each is joined, and the table 'override' of the database changes that.

                With --format jsonl each line is an object with kind, speaker, person, rule, role, form, act, \
                score, text, date, headline, source, uri and id.

                Exit codes:
                  0   something was found
                  1   nothing was found
                  64  the command line is wrong
                  66  this is no such database
                  75  the database's server is away
                  77  the database may not be read
                """,
            examples: [
                .init("onrecord search analyses.db ferry", "all that is said about ferries"),
                .init("onrecord search analyses.db --speaker lindqvist --since 2024-05-01", "what one said since May"),
                .init("onrecord search analyses.db --person 'mara lindqvist'", "what is said under all names of hers"),
                .init("onrecord search analyses.db --kind claim --least 0.7", "what is most worth a check"),
                .init("onrecord search analyses.db bribes --act denial", "who denied that of bribes"),
                .init("onrecord search analyses.db --speakers", "who says most"),
            ],
            options: [
                .value("speaker", "NAME", \.search.speaker, help: "Only what these words name as its speaker."),
                .value(
                    "person", "NAME", \.search.person,
                    help: "Only what a person of this name says, or of a part of it, whatever they are called there."),
                .value("kind", "KIND", \.search.kind, help: "Only quotes (quote), or only claims (claim)."),
                .value(
                    "act", "ACT", \.search.act,
                    help: "Only quotes in which somebody does that: \(Selection.Act.choices.joined(separator: ", "))."),
                .value("source", "NAME", \.search.source, help: "Only articles of this publisher."),
                .value(
                    "since", "TIME", \.search.since,
                    help: "Only articles published at that day or time, or later.",
                    parse: { try Selection.moment($0, endOfDay: false).map(Timestamp.format) }, show: { $0 }),
                .value(
                    "until", "TIME", \.search.until,
                    help: "Only articles published before that time, or on that day or before.",
                    parse: { try Selection.moment($0, endOfDay: true).map(Timestamp.format) }, show: { $0 }),
                .value(
                    "least", "P", \.search.least,
                    help: "Only with this confidence, or check-worthiness, at least: from 0 to 1.",
                    parse: Selection.probability, show: { $0?.description }),
                .value("limit", "N", \.search.limit, help: "At most so many."),
                .flag("speakers", \.speakers, help: "List names, with how much each said."),
                .value("format", "FORMAT", \.format, help: "How to show what is found."),
            ],
            arguments: Arguments(
                "FILE WORD", \.words, count: 1...100,
                help: "The database, as a file or postgres://…, and words that are said."),
            defaults: SearchConfiguration(), version: Release.version,
            check: { configuration in
                if let mistake = SinkPlace(path: configuration.words.first ?? "").mistake { return mistake }
                if configuration.search.limit < 1 { return "--limit must be at least 1" }
                if let act = configuration.search.act, Selection.Act(rawValue: act) == nil {
                    return "--act: '\(act)' is not one of \(Selection.Act.choices.joined(separator: ", "))"
                }
                guard let kind = configuration.search.kind, kind != "quote", kind != "claim" else { return nil }
                return "--kind: '\(kind)' is neither quote nor claim"
            })
    }
}
