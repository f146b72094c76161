import Service

/// What `onrecord bench extraction` can be told.
struct BenchConfiguration: Sendable {
    var format = OutputFormat.text
    var time = Duration.seconds(5)
    var threads = 1
    /// Files and folders; `-` or none for standard input.
    var paths: [String] = []

    static var command: Command<BenchConfiguration> {
        Command(
            "onrecord bench extraction", summary: "measure how fast this machine reads",
            discussion: """
                Reads articles as 'onrecord analyze' does, and analyses them again and again, each time with the JSON that \
                the analyzer would publish; loading the weights and reading the files are not part of the times. Says how \
                many words (what stands between spaces) and articles a second that makes, how long an article takes, how \
                much memory the process holds, and how much of what this processor can multiply at most the encoder's \
                products make up.

                Exit codes:
                  0   measured
                  64  the command line is wrong
                  65  there was no article to measure with
                """,
            examples: [
                .init("onrecord bench extraction seeds", "measure with all articles of a folder"),
                .init("taskset -c 1 onrecord bench extraction --format jsonl news.jsonl", "one core, for a program"),
            ],
            options: [
                .value(
                    "time", "DURATION", \.time, help: "How long to measure; each article is analysed once at least."),
                .value("threads", "NUMBER", \.threads, help: "How many articles to analyse at once."),
                .value("format", "FORMAT", \.format, help: "How to show the result."),
            ],
            arguments: Arguments("FILE", \.paths, help: "A file or folder; standard input if there is none, or for -."),
            defaults: BenchConfiguration(), version: Release.version,
            check: { (1...256).contains($0.threads) ? nil : "--threads is a number from 1 to 256" })
    }
}
