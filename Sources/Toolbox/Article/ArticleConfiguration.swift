import Service

/// What `onrecord article` can be told.
struct ArticleConfiguration: Sendable {
    var format = OutputFormat.text
    var followLinks = false
    var allowPrivate = false
    /// Files and folders; `-` or none for standard input.
    var paths: [String] = []

    static var command: Command<ArticleConfiguration> {
        Command(
            "onrecord article", summary: "show what is taken from web pages and other files",
            discussion: """
                Shows the article in each file as it would be analysed and published: headline, authors, date, language, \
                address, publisher and text. Pages are read by their structured data and structure, without what \
                surrounds the article.

                With --format jsonl each line is an object with file, uri, headline, byline (the authors), published, \
                language, publisher and body.

                Exit codes:
                  0   everything was read
                  64  the command line is wrong
                  65  something is no article
                  66  a file or page cannot be had
                """,
            examples: [
                .init("onrecord article page.html", "show the article of a page"),
                .init("onrecord article --format jsonl pages > articles.jsonl", "take the articles out of a folder"),
            ],
            options: [
                .value("format", "FORMAT", \.format, help: "How to show articles."),
                .flag("follow-links", \.followLinks, help: "Follow symbolic links out of the folders."),
                .flag("allow-private", \.allowPrivate, help: "Fetch from private addresses, too."),
            ],
            arguments: Arguments("FILE", \.paths, help: "A file or folder; standard input if there is none, or for -."),
            defaults: ArticleConfiguration(), version: Release.version)
    }
}
