import Service

/// What `onrecord status` can be told.
struct StatusConfiguration: Sendable {
    var format = OutputFormat.text
    /// State folders of producers.
    var folders: [String] = []

    static var command: Command<StatusConfiguration> {
        Command(
            "onrecord status", summary: "show how the feeds of a producer are doing",
            discussion: """
                Shows for each feed that a producer has asked for when it was last read, how often it failed since and why, \
                and where it has moved; those that fail come first.

                With --format jsonl each line is an object with address, movedTo, lastSuccess, errors, error, isGone and \
                entries.

                Exit codes:
                  0   every feed answers
                  64  the command line is wrong
                  65  a folder holds no such memory
                  66  a folder is missing, or no feed was asked for from there
                  69  some feed does not answer
                """,
            examples: [
                .init("onrecord status", "show the feeds of the producer in this folder"),
                .init("onrecord status --format jsonl /var/lib/onrecord/producer", "the same for programs"),
            ],
            options: [.value("format", "FORMAT", \.format, help: "How to show feeds.")],
            arguments: Arguments(
                "DIR", \.folders, help: "A producer's --state; onrecord-state/producer if there is none."),
            defaults: StatusConfiguration(), version: Release.version)
    }
}
