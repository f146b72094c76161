import Service

/// What `producer erase` can be told.
struct EraseConfiguration: Sendable {
    var state = ProducerConfiguration().state
    var journal: String?
    var uris: [String] = []

    static let command = Command(
        "producer erase", summary: "erase articles for good: a person's right, a court's order",
        discussion: """
            Takes the text, headline and all else that an article says out of the journal, in all its versions; what remains is \
            a tombstone under the same number, with URI and version. The journal is rewritten, so that nothing is left in free \
            pages and its write-ahead log; that takes its time, and as much free space as the journal has. Readers are told by a \
            notice, upon which analyzers erase what they made of it. The producer may run or not.

            Backups, replicas, sinks and files at the source are not reached: see deploy/erasure.md. The same text is not \
            published again, another version is.

            Exit codes:
              0   erased, or erased before
              64  the command line is wrong
              65  nothing was ever published under some URI, or it is past retention; or what is there is no journal
              66  there is no journal
              75  erased, but the journal could not be rewritten: run it again
              77  the journal may not be written
              78  the journal cannot be opened
            """,
        examples: [
            .init("producer erase https://news.example/2024/a-name", "erase an article in all its versions")
        ],
        options: [
            .value("state", "DIR", \.state, completion: .folders, help: "The folder of the producer's journal."),
            .value("journal", "URL", \.journal, help: "The producer's journal in PostgreSQL."),
        ],
        arguments: Arguments("URI", \.uris, count: 1...1_000, anyBytes: false, help: "The address of an article."),
        defaults: EraseConfiguration(), version: Release.version)
}
