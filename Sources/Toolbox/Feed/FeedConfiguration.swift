import Service

/// How `onrecord feed` shows a feed.
enum FeedFormat: String, CaseIterable, OptionValue, Sendable {
    /// For people.
    case text
    /// For programs: one object.
    case json
}

/// What `onrecord feed` can be told.
struct FeedConfiguration: Sendable {
    var format = FeedFormat.text
    var allowPrivate = false
    /// Files; `-` or none for standard input.
    var paths: [String] = []

    static var command: Command<FeedConfiguration> {
        Command(
            "onrecord feed", summary: "show what is read from a feed",
            discussion: """
                Reads RSS 0.9 to 2.0, RDF, Atom, CDF and JSON Feed, well-formed or not, in any encoding, and shows the feed \
                and its entries.

                With --format json each feed is one object with title, subtitle, link, language, id, author, published and \
                updated, and entries with id, title, link, summary, content, published, updated, author and language.

                Exit codes:
                  0   every feed was read
                  64  the command line is wrong
                  65  something is no feed
                  66  a file is missing
                """,
            examples: [
                .init("onrecord feed news.rss", "show a feed"),
                .init("onrecord feed --format json news.rss | jq '.entries[].link'", "list its addresses"),
            ],
            options: [
                .value("format", "FORMAT", \.format, help: "How to show feeds."),
                .flag("allow-private", \.allowPrivate, help: "Fetch from private addresses, too."),
            ],
            arguments: Arguments(
                "FILE", \.paths, help: "A file or address; standard input if there is none, or for -."),
            defaults: FeedConfiguration(), version: Release.version)
    }
}
