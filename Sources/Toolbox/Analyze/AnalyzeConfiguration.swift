import Service

/// What `onrecord analyze` can be told.
struct AnalyzeConfiguration: Selecting {
    var format = AnalysisFormat.text
    var selection = Selection()
    var followLinks = false
    var allowPrivate = false
    /// Files and folders; `-` or none for standard input.
    var paths: [String] = []

    static var command: Command<AnalyzeConfiguration> {
        Command(
            "onrecord analyze", summary: "extract who said what from files, without any service",
            discussion: """
                Reads articles, and shows the quotes and claims in each, in the order of the input. An article is a text \
                file (the first line is the headline), a web page, a JSON file (IPTC ninjs, or an object with uri, headline, language, \
                published, source and body), or a line of a .jsonl file. A folder stands for all such files below it.

                What cannot be analysed is reported on standard error, with its file and line; the others are analysed all \
                the same. With --format jsonl each line is one event with the analysis in "data", as the analyzer publishes it; with \
                csv each row is a claim, with schema.org each line the quotations and claims of an article as JSON-LD.

                Exit codes:
                  0   everything was analysed
                  64  the command line is wrong
                  65  something could not be analysed
                  66  a file or page cannot be had
                """,
            examples: [
                .init("onrecord analyze article.txt", "show who said what in an article"),
                .init("onrecord analyze --format jsonl seeds > analyses.jsonl", "analyse all articles of a folder"),
                .init(
                    "onrecord analyze --format csv --min-check-worthiness 0.8 seeds > claims.csv",
                    "list what is most worth checking, with links to the places"),
                .init("cat news.jsonl | onrecord analyze --format jsonl", "analyse standard input, an article a line"),
            ],
            options: [
                .value("format", "FORMAT", \.format, help: "How to show analyses."),
                .flag("follow-links", \.followLinks, help: "Follow symbolic links out of the folders."),
                .flag("allow-private", \.allowPrivate, help: "Fetch from private addresses, too."),
            ] + Option.selection,
            arguments: Arguments("FILE", \.paths, help: "A file or folder; standard input if there is none, or for -."),
            defaults: AnalyzeConfiguration(), version: Release.version)
    }
}
