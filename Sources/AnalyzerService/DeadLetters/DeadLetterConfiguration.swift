import Service

/// What the commands of `analyzer dlq` can be told.
struct DeadLetterConfiguration: Sendable {
    var state = AnalyzerConfiguration().state
    var journal: String?
    var all = false
    var json = false
    var numbers: [String] = []

    static let list = command(
        "list", "show dead letters, one a line",
        """
        Shows the number, the time, the state and the reason of each dead letter that nothing was ordered about. States are \
        open, waiting (requeued, and not yet analysed again), requeued, dropped, and erased with the article.
        """,
        examples: [
            .init("analyzer dlq list", "what waits for a decision"),
            .init("analyzer dlq list --all --json", "all dead letters that are kept, for a script"),
        ],
        options: [
            .flag("all", \.all, help: "Those that were requeued, dropped or erased, too."),
            .flag("json", \.json, help: "One JSON object a line."),
        ])

    static let show = command(
        "show", "show dead letters with all attempts and the article, as JSON", "",
        examples: [.init("analyzer dlq show 3", "why the third one died")], options: [], takesNumbers: true)

    static let requeue = command(
        "requeue", "have articles analysed again",
        """
        The analyzer of the journal, or the next one to be started, analyses the article again, as often as a new one. It then \
        stands in the stream res, or again in dlq with the history of all its attempts.
        """,
        examples: [
            .init("analyzer dlq requeue 3 4", "try two articles again"),
            .init("analyzer dlq requeue --all", "try all again, such as after a repair"),
        ], options: [.flag("all", \.all, help: "All that are open.")], takesNumbers: true)

    static let drop = command(
        "drop", "give articles up for good",
        "They are no longer listed as open. The dead letters themselves stay in the stream dlq for as long as it is kept.",
        examples: [.init("analyzer dlq drop 3", "give up one")],
        options: [.flag("all", \.all, help: "All that are open.")], takesNumbers: true)

    private static let exitCodes = """
        Exit codes:
          0   done
          64  the command line is wrong
          65  there is no such dead letter, or what is there is no journal
          66  there is no journal
          75  not now: the same can be done later
          77  the journal may not be used
          78  the journal cannot be opened
        """

    private static func command(
        _ word: String, _ summary: String, _ discussion: String,
        examples: [Command<DeadLetterConfiguration>.Example], options: [Option<DeadLetterConfiguration>],
        takesNumbers: Bool = false
    ) -> Command<DeadLetterConfiguration> {
        Command(
            "analyzer dlq \(word)", summary: summary,
            discussion: (discussion.isEmpty ? "" : discussion + "\n\n") + exitCodes, examples: examples,
            options: [
                .value("state", "DIR", \.state, completion: .folders, help: "The folder of the analyzer's journal."),
                .value("journal", "URL", \.journal, help: "The analyzer's journal in PostgreSQL."),
            ] + options,
            arguments: takesNumbers
                ? Arguments("NUMBER", \.numbers, help: "Numbers of dead letters in the stream dlq.") : nil,
            defaults: DeadLetterConfiguration(), version: Release.version,
            check: { configuration in
                if let wrong = configuration.numbers.first(where: { Int64($0).map { $0 < 1 } ?? true }) {
                    return "'\(wrong)' is not the number of a dead letter"
                }
                guard takesNumbers, configuration.numbers.isEmpty == !configuration.all else { return nil }
                return configuration.all
                    ? "--all and numbers contradict each other" : "name dead letters by their numbers"
            })
    }
}
