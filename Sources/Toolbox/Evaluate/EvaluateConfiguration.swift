import Service

/// What `onrecord evaluate` can be told.
struct EvaluateConfiguration: Sendable {
    /// How to show the figures; nil for text on a terminal and JSON elsewhere.
    var format: OutputFormat?
    /// Analyses to measure, instead of those made now.
    var analyses: String?
    /// Annotated articles; `-` for standard input.
    var paths: [String] = []

    static var command: Command<EvaluateConfiguration> {
        Command(
            "onrecord evaluate", summary: "measure analyses against annotated articles",
            discussion: """
                Analyses the articles of each file and says how well: quotes (half of the words right, or exact), sources, \
                speakers, sentences worth checking and whose claim they are, web furniture, how often confidence comes true; and \
                quantities, dates and propositions where those are annotated. On a terminal a table, elsewhere a line of JSON \
                for each file with every figure.

                A line of a file is an object with doc (the article's address), text, and annotations with offsets in code points: \
                quotes (content, source, speaker, speaker_type: person, organization, group, document or unknown), people (name, role), \
                sentences (span, label 0 to 2, claimant, boilerplate), or quantities, dates, propositions and published. What does not fit \
                the text is an error.

                Exit codes:
                  0   measured
                  64  the command line is wrong
                  65  a line is no annotated article or no analysis
                  66  a file is missing
                """,
            examples: [
                .init("onrecord evaluate gold.jsonl", "measure this program"),
                .init("onrecord evaluate --analyses theirs.jsonl gold.jsonl", "measure analyses made elsewhere"),
            ],
            options: [
                .value(
                    "format", "FORMAT", \.format,
                    help: "How to show the figures. [default: text on a terminal, jsonl elsewhere]"),
                .value(
                    "analyses", "FILE", \.analyses, completion: .files,
                    help: "Measure these analyses, one a line, alone or in events, instead of making them."),
            ],
            arguments: Arguments("GOLD", \.paths, help: "A file of annotated articles, or - for standard input."),
            defaults: EvaluateConfiguration(), version: Release.version,
            check: { $0.paths.isEmpty ? "name a file of annotated articles" : nil })
    }
}
